import { mustMatch } from '../score-bins.js';
import { peaksOf } from '../metrics/cluster-match.js';

/** Clusters that are watched. */
const WATCHED = 5;

/**
 * How far the brightest clusters move between two densities of the same bins: mean distance from each of the first's five
 * highest peaks to the nearest peak of the second, in bins. NaN where the first has no peak; the whole width where only the
 * second has none.
 */
export function clusterShift(before: Float64Array, after: Float64Array): number {
  mustMatch(before, after);
  const from = peaksOf(before).slice(0, WATCHED);
  const to = peaksOf(after);
  const distances = from.map(({ bin }) =>
    to.reduce((least, other) => Math.min(least, Math.abs(other.bin - bin)), before.length),
  );
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
}
