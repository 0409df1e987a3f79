import type { HeatmapFrame, Price } from '@liquidation-heatmap/core';
import { clampPriceSpan } from './view-limits.js';

/** Half height of a fitted view is at least this share of the mark. */
const LEAST_HALF = 0.03;
/** ... and this many times the traded range. */
const RANGES = 1.5;

/**
 * Price range around the mark that shows what was traded between two times and where it may go:
 *   half = max(1.5 · (highest - lowest) / mark, 3 %), low = mark / (1 + half), high = mark · (1 + half)
 * Undefined before any price is known.
 */
export function fitPriceRange(
  frame: HeatmapFrame,
  from: number,
  to: number,
): { readonly low: Price; readonly high: Price } | undefined {
  let highest = Number.NEGATIVE_INFINITY;
  let lowest = Number.POSITIVE_INFINITY;
  let latest = Number.NaN;
  for (const tile of frame.tiles) {
    for (const head of tile.heads) {
      if (head.endTime <= from || head.endTime - tile.resolutionMs >= to) continue;
      if (head.high > highest) highest = head.high;
      if (head.low < lowest) lowest = head.low;
      if (!Number.isNaN(head.close)) latest = head.close;
    }
  }
  const center = [frame.now?.mark, frame.now?.lastPrice, latest].find((price) => price !== undefined && price > 0);
  if (center === undefined) return undefined;
  const range = highest > lowest ? (highest - lowest) / center : 0;
  const half = Math.log1p(Math.max(RANGES * range, LEAST_HALF));
  const span = clampPriceSpan(2 * half);
  return { low: (center * Math.exp(-span / 2)) as Price, high: (center * Math.exp(span / 2)) as Price };
}
