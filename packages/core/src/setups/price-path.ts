import { lowerBound, upperBound } from '../numeric/binary-search.js';

/** Consecutive mark bars of equal length as columns; `endTimes` ascend. */
export interface PricePath {
  readonly barMs: number;
  readonly endTimes: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly close: ArrayLike<number>;
}

/** Index of the bar whose close is the price at a time: the last one that had ended; -1 when it is not the bar just before. */
export function barBefore(path: PricePath, time: number): number {
  const bar = upperBound(path.endTimes, time) - 1;
  return bar >= 0 && time - path.endTimes[bar]! < path.barMs ? bar : -1;
}

/**
 * Whether the price came to a level after a bar and within a horizon. Undefined where bars are missing within it or are yet to
 * come, also where those that are there touch: who counted touches of horizons that are not over would count no misses of them.
 */
export function isTouched(
  path: PricePath,
  bar: number,
  level: number,
  heading: 'up' | 'down',
  horizonMs: number,
): boolean | undefined {
  const from = path.endTimes[bar];
  if (from === undefined) return undefined;
  const last = lowerBound(path.endTimes, from + horizonMs + 1) - 1;
  if (last - bar !== Math.floor(horizonMs / path.barMs)) return undefined;
  for (let i = bar + 1; i <= last; i++) {
    if (heading === 'down' ? path.low[i]! <= level : path.high[i]! >= level) return true;
  }
  return false;
}

/** Mean height of bars, as log(high / low), over the hour that ends with each bar; NaN where less than an hour is known. */
export function trailingRange(path: PricePath, overMs = 3_600_000): Float64Array {
  const bars = Math.max(1, Math.round(overMs / path.barMs));
  const range = new Float64Array(path.endTimes.length).fill(Number.NaN);
  let sum = 0;
  for (let i = 0; i < range.length; i++) {
    sum += Math.log(path.high[i]! / path.low[i]!);
    if (i >= bars) sum -= Math.log(path.high[i - bars]! / path.low[i - bars]!);
    const isWhole = i >= bars - 1 && path.endTimes[i]! - path.endTimes[i - bars + 1]! === (bars - 1) * path.barMs;
    if (isWhole) range[i] = Math.max(0, sum / bars);
  }
  return range;
}
