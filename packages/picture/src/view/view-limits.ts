import { LOG_ROW } from '@liquidation-heatmap/core';

/** Shortest and longest time a view may span: five seconds to three years. */
const LEAST_TIME_MS = 5_000;
const MOST_TIME_MS = 3 * 365 * 86_400_000;
/** Price spans as ln(high / low): four lattice rows, below which there is no detail to see, to a factor of eight. */
const LEAST_LOG_PRICE = 4 * LOG_ROW;
const MOST_LOG_PRICE = Math.log(8);

/** A time span within what a view may show, ms. */
export function clampTimeSpan(spanMs: number): number {
  return Math.min(MOST_TIME_MS, Math.max(LEAST_TIME_MS, spanMs));
}

/** A price span ln(high / low) within what a view may show. */
export function clampPriceSpan(logSpan: number): number {
  return Math.min(MOST_LOG_PRICE, Math.max(LEAST_LOG_PRICE, logSpan));
}
