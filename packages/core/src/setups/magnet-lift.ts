import type { Cluster } from '../model/cluster.js';
import type { MagnetLift, OutcomeSource } from '../model/setup.js';
import type { DurationMs, Fraction, UnixMs } from '../model/units.js';
import { lowerBound, upperBound } from '../numeric/binary-search.js';
import { SeededRandom } from '../numeric/seeded-random.js';
import { distanceTo } from './cluster-reach.js';
import { MIN_CASES, rateOf } from './outcome-rate.js';
import { barBefore, isTouched, trailingRange, type PricePath } from './price-path.js';
import { quantileOf } from './quantile.js';

/** Horizons of the magnet rate: 1, 4 and 24 hours (S34). */
export const MAGNET_HORIZONS_MS = [3_600_000, 14_400_000, 86_400_000] as const;

/** Moments that are compared lie this near: farther away the market is another one. Chosen, not measured. */
const SEARCH_MS = 7 * 86_400_000;
/** Moments count as alike when the hour before moved by this factor more or less. Chosen, not measured. */
const RANGE_FACTOR = 1.25;
/** Equally distant levels looked at for each cluster, and the fewest for it to count. */
const DRAWS = 32;
const MIN_DRAWS = 8;
/** Resamples of the days; 1,000 settle the ends of a 95 % interval to about a twentieth of its width. */
const RESAMPLES = 1_000;
/** Fewer days give an interval that is too narrow, down to no width at all with one. */
const MIN_DAYS = 5;
const MS_PER_DAY = 86_400_000;

/** A cluster as it was archived: when it was known, and where. `ClusterOutcome` fits. */
export type PlacedCluster = Pick<Cluster, 'side' | 'low' | 'high' | 'bornAt'>;

/** One cluster's touch and how often a level at its distance was touched without one. */
export interface MagnetCase {
  readonly seenTime: UnixMs;
  readonly isTouched: boolean;
  readonly nullShare: Fraction;
}

/**
 * Judges clusters against chance. A cluster's level is its edge that faces the price at birth; it is touched when a bar
 * within the horizon reaches it. The null model: the same distance in the same heading from the price at other moments,
 * drawn at random within 7 days before and after, outside the horizon around the birth, with the hour before as lively
 * (within a factor 1.25), since clusters are born in lively hours and lively hours reach farther. Both touches are read
 * from the same bars by the same rule. Clusters the price stood in or had passed, and those with fewer than 8 moments
 * alike, do not count.
 */
export function magnetCases(
  clusters: readonly PlacedCluster[],
  path: PricePath,
  horizonMs: number,
  seed: number,
): readonly MagnetCase[] {
  const random = new SeededRandom(seed);
  const range = trailingRange(path);
  return clusters.flatMap((cluster) => {
    const bar = barBefore(path, cluster.bornAt);
    const price = path.close[bar];
    const distance = price === undefined ? undefined : distanceTo(cluster, price);
    if (distance === undefined || !(distance > 0)) return [];
    const heading = cluster.side === 'long' ? 'down' : 'up';
    const ratio = heading === 'down' ? 1 - distance : 1 + distance;
    const touched = isTouched(path, bar, path.close[bar]! * ratio, heading, horizonMs);
    const nullShare = touchShare(
      momentsAlike(path, range, bar, horizonMs, random).map((moment) =>
        isTouched(path, moment, path.close[moment]! * ratio, heading, horizonMs),
      ),
    );
    if (touched === undefined || nullShare === undefined) return [];
    return [{ seenTime: cluster.bornAt, isTouched: touched, nullShare }];
  });
}

/** Up to 32 bars near a bar, outside its own horizon, whose hour before was as lively. */
function momentsAlike(
  path: PricePath,
  range: Float64Array,
  bar: number,
  horizonMs: number,
  random: SeededRandom,
): readonly number[] {
  const time = path.endTimes[bar]!;
  const usual = range[bar]!;
  const alike: number[] = [];
  const to = upperBound(path.endTimes, time + SEARCH_MS);
  for (let i = lowerBound(path.endTimes, time - SEARCH_MS); i < to; i++) {
    const isApart = Math.abs(path.endTimes[i]! - time) >= horizonMs;
    // NaN compares false: without a whole hour a moment is like no other.
    if (isApart && range[i]! <= usual * RANGE_FACTOR && range[i]! * RANGE_FACTOR >= usual) alike.push(i);
  }
  for (let drawn = 0; drawn < Math.min(DRAWS, alike.length); drawn++) {
    const other = drawn + random.integer(alike.length - drawn);
    [alike[drawn], alike[other]] = [alike[other]!, alike[drawn]!];
  }
  return alike.slice(0, DRAWS);
}

function touchShare(touches: readonly (boolean | undefined)[]): Fraction | undefined {
  const known = touches.filter((touch) => touch !== undefined);
  return known.length < MIN_DRAWS ? undefined : ((known.filter(Boolean).length / known.length) as Fraction);
}

/**
 * How much more often clusters were touched than equally distant levels. The 95 % interval resamples whole days (UTC) of
 * birth, because clusters of one day share its price path and do not count as independent.
 */
export function magnetLift(
  cases: readonly MagnetCase[],
  horizonMs: number,
  source: OutcomeSource,
  seed: number,
): MagnetLift {
  const days = byDay(cases);
  const touched = rateOf(cases, ({ isTouched: hit }) => hit, source);
  const nullRate = cases.length === 0 ? undefined : cases.reduce((sum, one) => sum + one.nullShare, 0) / cases.length;
  const isEnough = cases.length >= MIN_CASES && days.length >= MIN_DAYS;
  const lift = isEnough ? liftOf(days) : undefined;
  const [low95, high95] = lift === undefined ? [undefined, undefined] : intervalOf(days, seed);
  return {
    horizonMs: horizonMs as DurationMs,
    n: cases.length,
    touched,
    nullRate: nullRate as Fraction | undefined,
    lift,
    low95,
    high95,
    source,
  };
}

interface DaySums {
  readonly touches: number;
  readonly expected: number;
}

function byDay(cases: readonly MagnetCase[]): readonly DaySums[] {
  const days = new Map<number, DaySums>();
  for (const { seenTime, isTouched: hit, nullShare } of cases) {
    const day = Math.floor(seenTime / MS_PER_DAY);
    const { touches, expected } = days.get(day) ?? { touches: 0, expected: 0 };
    days.set(day, { touches: touches + (hit ? 1 : 0), expected: expected + nullShare });
  }
  return [...days].sort(([a], [b]) => a - b).map(([, sums]) => sums);
}

/** Touches over expected ones; undefined when none was expected. */
function liftOf(days: readonly DaySums[]): number | undefined {
  const expected = days.reduce((sum, day) => sum + day.expected, 0);
  return expected > 0 ? days.reduce((sum, day) => sum + day.touches, 0) / expected : undefined;
}

function intervalOf(days: readonly DaySums[], seed: number): readonly [number | undefined, number | undefined] {
  const random = new SeededRandom(seed);
  const lifts: number[] = [];
  for (let resample = 0; resample < RESAMPLES; resample++) {
    const lift = liftOf(days.map(() => days[random.integer(days.length)]!));
    // A resample in which no touch was expected has no lift; leaving it out would flatter, so it counts as none.
    lifts.push(lift ?? 0);
  }
  const ascending = Float64Array.from(lifts).sort();
  return [quantileOf(ascending, 0.025), quantileOf(ascending, 0.975)];
}
