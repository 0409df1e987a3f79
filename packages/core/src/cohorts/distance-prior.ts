import { CLASS_COUNT, DISTANCE_CLASSES, PRIOR, STRIP_COUNT, STRIPS } from './distance-classes.js';

/**
 * Prior share of opened notional per strip: the classes' shares, spread so that the density over the logarithm of distance has
 * no steps at their edges. The cumulative share at every class edge is kept to the last bit of what monotone cubic
 * interpolation (Fritsch and Carlson, 1980) allows.
 */
export function smoothPrior(classShares: readonly number[] = PRIOR): Float64Array {
  const x = [...DISTANCE_CLASSES.map(({ from }) => Math.log(from)), Math.log(DISTANCE_CLASSES[CLASS_COUNT - 1]!.to)];
  const y = [0];
  for (const share of classShares) y.push(y.at(-1)! + share);
  const cumulative = monotoneCubic(x, y);
  return Float64Array.from(STRIPS, ({ from, to }) => cumulative(Math.log(to)) - cumulative(Math.log(from)));
}

/** Leverages that venues' order forms offer as steps (slider marks of the large venues, 2024-2026). Which of them are used is learned. */
export const COMMON_LEVERAGES = [3, 5, 10, 20, 25, 50, 75, 100, 125] as const;

/** Leverages between those: any whole number can be typed in. */
export const OTHER_LEVERAGES = [4, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 18, 30, 35, 40, 45, 60, 80] as const;

/**
 * The prior with a share `concentration` of it gathered at common leverages: every strip gives that share to the nearest
 * leverage's strips, so that what is assumed is where positions gather, never how many use which leverage.
 * `distances` are the liquidation distances of those leverages (with maintenance margin), `spread` their half-width.
 */
export function tieredPrior(
  smooth: Float64Array,
  distances: readonly number[],
  spread: number,
  concentration: number,
): Float64Array {
  const reachable = distances.filter((distance) => overlapOf(distance, spread).length > 0).sort((a, b) => a - b);
  const prior = smooth.map((share) => share * (1 - concentration));
  if (reachable.length === 0) return smooth.slice();
  for (let strip = 0; strip < STRIP_COUNT; strip++) {
    const { from, to } = STRIPS[strip]!;
    const at = Math.log(Math.sqrt(from * to));
    const nearest = reachable.reduce((best, d) =>
      Math.abs(Math.log(d) - at) < Math.abs(Math.log(best) - at) ? d : best,
    );
    for (const [target, part] of overlapOf(nearest, spread)) prior[target]! += smooth[strip]! * concentration * part;
  }
  return prior;
}

/** Strips that [distance - spread, distance + spread] touches, with the part of it that lies in each. */
function overlapOf(distance: number, spread: number): readonly (readonly [strip: number, part: number])[] {
  const parts: (readonly [number, number])[] = [];
  STRIPS.forEach(({ from, to }, strip) => {
    const overlap = Math.min(to, distance + spread) - Math.max(from, distance - spread);
    if (overlap > 0) parts.push([strip, overlap]);
  });
  const total = parts.reduce((sum, [, overlap]) => sum + overlap, 0);
  return parts.map(([strip, overlap]) => [strip, overlap / total]);
}

/** Interpolates ascending points without overshoot. */
function monotoneCubic(x: readonly number[], y: readonly number[]): (at: number) => number {
  const slopes = x.slice(1).map((to, i) => (y[i + 1]! - y[i]!) / (to - x[i]!));
  const tangents = x.map((_, i) => {
    const [before, after] = [slopes[i - 1], slopes[i]];
    if (before === undefined || after === undefined) return before ?? after ?? 0;
    return before * after <= 0 ? 0 : (2 * before * after) / (before + after);
  });
  return (at) => {
    let i = 0;
    while (i < slopes.length - 1 && at > x[i + 1]!) i++;
    const width = x[i + 1]! - x[i]!;
    const t = Math.min(1, Math.max(0, (at - x[i]!) / width));
    const [t2, t3] = [t * t, t * t * t];
    return (
      (2 * t3 - 3 * t2 + 1) * y[i]! +
      (t3 - 2 * t2 + t) * width * tangents[i]! +
      (3 * t2 - 2 * t3) * y[i + 1]! +
      (t3 - t2) * width * tangents[i + 1]!
    );
  };
}
