import { mustMatch } from '../score-bins.js';
import { smoothed } from './correlation.js';

/** A peak counts when it stands out by this share of the highest bin (chosen, not measured). */
const LEAST_PROMINENCE = 0.15;

/** A local maximum of a density. */
export interface Peak {
  readonly bin: number;
  readonly height: number;
  /** Height over the higher of the two lowest points on the ways to something taller or to the end. */
  readonly prominence: number;
}

/** Peaks of the smoothed bins that stand out, highest first. A flat top counts once, at its middle. */
export function peaksOf(bins: Float64Array): readonly Peak[] {
  const heights = smoothed(bins);
  const highest = heights.reduce((most, height) => Math.max(most, height), 0);
  const peaks: Peak[] = [];
  for (let from = 0; from < heights.length;) {
    let to = from;
    while (to + 1 < heights.length && heights[to + 1] === heights[from]) to++;
    const height = heights[from]!;
    const isPeak = height > (heights[from - 1] ?? 0) && height > (heights[to + 1] ?? 0);
    const prominence = isPeak ? height - Math.max(saddle(heights, from, -1), saddle(heights, to, 1)) : 0;
    if (isPeak && prominence >= LEAST_PROMINENCE * highest) {
      peaks.push({ bin: Math.floor((from + to) / 2), height, prominence });
    }
    from = to + 1;
  }
  return peaks.sort((a, b) => b.height - a.height);
}

/** Lowest height on the way from a peak to the next taller bin in one direction, or to the last bin: a slope that leaves the window is no peak. */
function saddle(heights: Float64Array, from: number, step: -1 | 1): number {
  let lowest = heights[from]!;
  for (let i = from + step; i >= 0 && i < heights.length; i += step) {
    if (heights[i]! > heights[from]!) return lowest;
    lowest = Math.min(lowest, heights[i]!);
  }
  return lowest;
}

/** How well the peaks of an estimate meet those of the truth. */
export interface ClusterMatch {
  /** Share of the estimate's peaks that meet a true one; NaN where it has none. */
  readonly precision: number;
  /** Share of the true peaks that are met; NaN where there is none. */
  readonly recall: number;
}

/** Pairs peaks one to one, nearest first, within `reach` bins. */
export function matchClusters(estimate: Float64Array, truth: Float64Array, reach: number): ClusterMatch {
  mustMatch(estimate, truth);
  const own = peaksOf(estimate);
  const real = peaksOf(truth);
  const pairs = own
    .flatMap((a, i) => real.map((b, j) => ({ i, j, distance: Math.abs(a.bin - b.bin) })))
    .filter(({ distance }) => distance <= reach)
    .sort((a, b) => a.distance - b.distance);
  const [takenOwn, takenReal] = [new Set<number>(), new Set<number>()];
  for (const { i, j } of pairs) {
    if (takenOwn.has(i) || takenReal.has(j)) continue;
    takenOwn.add(i);
    takenReal.add(j);
  }
  return { precision: takenOwn.size / own.length, recall: takenReal.size / real.length };
}
