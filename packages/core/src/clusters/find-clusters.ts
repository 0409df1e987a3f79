import { rowOfPrice } from '../grid/price-lattice.js';
import type { PositionSide } from '../model/market-event.js';
import type { ClusterLimits } from './cluster-limits.js';
import type { ClusterMoment, ClusterRows } from './cluster-rows.js';
import { findPeaks, smooth, type Peak } from './peaks.js';
import { shapeOfBand, sharedRows, type RowBand } from './row-band.js';

/** Prominence is told up to here: a row whose estimate claims no deviation would be infinitely prominent. */
const MOST_PROMINENCE = 1_000;

/** A band of rows brighter than its surroundings, as one look at the rows finds it. */
export interface FoundCluster extends RowBand {
  /** Row with the most exposure; of several the one nearest to the mark. */
  readonly peakRow: number;
  /** Positions below which a quarter, half and three quarters of the mass lie. */
  readonly quartiles: readonly [number, number, number];
  readonly mass: number;
  /** Rise of the smoothed density over its surroundings, in standard deviations there. */
  readonly prominence: number;
  /** Reaches the thresholds for a new cluster, not only those for one that stands. */
  readonly isStrong: boolean;
}

/** What a search needs besides the rows. */
export interface ClusterSearch {
  readonly side: PositionSide;
  readonly mark: number;
  readonly openInterest: number;
  readonly medianTrade: number;
  readonly limits: ClusterLimits;
  /** Bands of clusters that stand: they are kept down to the lower thresholds. */
  readonly standing?: readonly RowBand[];
}

/** Searches both sides of a moment, without memory of earlier ones. */
export function findBothSides(
  moment: ClusterMoment,
  limits: ClusterLimits,
): { readonly long: readonly FoundCluster[]; readonly short: readonly FoundCluster[] } {
  const { mark, openInterest, medianTrade } = moment;
  const search = { mark, openInterest, medianTrade, limits };
  return {
    long: findClusters(moment.long, { ...search, side: 'long' }),
    short: findClusters(moment.short, { ...search, side: 'short' }),
  };
}

/**
 * Bands of one side, nearest to the mark first, never overlapping: peaks of the smoothed density that rise by more than
 * `prominence` deviations above what surrounds them, as wide as half that rise, and heavy enough. Longs are looked for at and
 * below the row of the mark, shorts at and above it. Everything is done from the mark outwards, so that both sides are treated
 * alike and the nearer one wins a tie.
 */
export function findClusters(rows: ClusterRows, search: ClusterSearch): FoundCluster[] {
  const outward = outwardFrom(rows, search);
  const { first, count, step } = outward;
  if (count === 0) return [];
  const { limits, standing = [] } = search;
  const heights = smooth(rows.p50, first, count, step);
  const deviations = smooth(rows.deviation, first, count, step);
  const leastProminence = standing.length > 0 ? limits.keptProminence : limits.prominence;
  const peaks = findPeaks(heights, deviations, leastProminence, limits.reachRows);
  const counted = peaksThatCount(peaks, deviations, outward, search);
  const found: FoundCluster[] = [];
  const leastMass = Math.max(limits.massShare * search.openInterest, limits.massTrades * search.medianTrade);
  for (let p = 0; p < counted.length; p++) {
    const band = bandOf(heights, counted, p, rows.p50, outward, limits.edgeShare);
    const shape = shapeOfBand(rows.p50, rows.originRow, band, search.side);
    if (shape === undefined) continue;
    const { low, high } = band;
    const { mass, peakRow, quartiles } = shape;
    const prominence = prominenceOf(counted[p]!, deviations);
    const isStrong = prominence > limits.prominence && mass > leastMass;
    const isKept = mass > leastMass * limits.keptMass && standing.some((other) => sharedRows(band, other) > 0);
    if (isStrong || isKept) found.push({ low, high, peakRow, quartiles, mass, prominence, isStrong });
  }
  return found;
}

/** One side's rows as seen from the mark: entry 0 is the row of the mark, or the first one that holds anything. */
interface Outward {
  /** Index of entry 0 in the rows, how many there are, and the step from one to the next: 1 upwards, -1 downwards. */
  readonly first: number;
  readonly count: number;
  readonly step: 1 | -1;
  readonly originRow: number;
}

function outwardFrom({ p50, originRow }: ClusterRows, { side, mark }: ClusterSearch): Outward {
  const markIndex = rowOfPrice(mark) - originRow;
  let from = side === 'long' ? 0 : Math.min(p50.length, Math.max(0, markIndex));
  let to = side === 'long' ? Math.min(p50.length, Math.max(0, markIndex + 1)) : p50.length;
  while (from < to && !(p50[from]! > 0)) from++;
  while (to > from && !(p50[to - 1]! > 0)) to--;
  const count = to - from;
  return side === 'long' ? { first: to - 1, count, step: -1, originRow } : { first: from, count, step: 1, originRow };
}

/** Lattice row of an entry. */
function rowOf({ first, step, originRow }: Outward, entry: number): number {
  return originRow + first + step * entry;
}

function prominenceOf({ at, rise }: Peak, deviations: Float64Array): number {
  const deviation = deviations[at]!;
  return deviation * MOST_PROMINENCE > rise ? rise / deviation : MOST_PROMINENCE;
}

/**
 * Prominent peaks, and of each standing band its most prominent one, prominent enough or not: a cluster that stands is kept by
 * less than a new one needs, but is not split by less either.
 */
function peaksThatCount(
  peaks: readonly Peak[],
  deviations: Float64Array,
  outward: Outward,
  { limits, standing = [] }: ClusterSearch,
): readonly Peak[] {
  const isIn = (peak: Peak, { low, high }: RowBand): boolean => {
    const row = rowOf(outward, peak.at);
    return row >= low && row < high;
  };
  const counted = new Set(peaks.filter((peak) => prominenceOf(peak, deviations) > limits.prominence));
  for (const band of standing) {
    const inside = peaks.filter((peak) => isIn(peak, band));
    const [first, ...others] = inside;
    if (first === undefined) continue;
    const prominence = (peak: Peak): number => prominenceOf(peak, deviations);
    counted.add(others.reduce((best, peak) => (prominence(peak) > prominence(best) ? peak : best), first));
  }
  return peaks.filter((peak) => counted.has(peak));
}

/** From a peak outwards and back until the density has fallen by half the rise, or to the valley before the next peak. */
function bandOf(
  heights: Float64Array,
  peaks: readonly Peak[],
  index: number,
  p50: Float64Array,
  outward: Outward,
  edgeShare: number,
): RowBand {
  const { at, height, rise } = peaks[index]!;
  const edge = height - (1 - edgeShare) * rise;
  const nearest = index === 0 ? 0 : valleyBetween(heights, peaks[index - 1]!.at, at) + 1;
  const furthest = index === peaks.length - 1 ? heights.length : valleyBetween(heights, at, peaks[index + 1]!.at) + 1;
  let near = at;
  let far = at + 1;
  while (near > nearest && heights[near - 1]! >= edge) near--;
  while (far < furthest && heights[far]! >= edge) far++;
  // The kernel lends each row's height to its neighbors; rows that hold nothing themselves are no part of the band.
  const { first, step } = outward;
  while (near < at && !(p50[first + step * near]! > 0)) near++;
  while (far - 1 > near && !(p50[first + step * (far - 1)]! > 0)) far--;
  const [a, b] = [rowOf(outward, near), rowOf(outward, far - 1)];
  return a < b ? { low: a, high: b + 1 } : { low: b, high: a + 1 };
}

function valleyBetween(heights: Float64Array, from: number, to: number): number {
  let lowest = from + 1;
  for (let i = from + 2; i < to; i++) if (heights[i]! < heights[lowest]!) lowest = i;
  return lowest;
}
