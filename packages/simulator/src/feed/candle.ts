import type { Price } from '@liquidation-heatmap/core';

/** A candle that may still change. */
export interface Candle {
  readonly open: number;
  high: number;
  low: number;
  close: number;
}

/** A candle that has seen one price. */
export function candleAt(price: number): Candle {
  return { open: price, high: price, low: price, close: price };
}

/** Takes a step's extremes and its end in. */
export function extendCandle(candle: Candle, high: number, low: number, close: number): void {
  candle.high = Math.max(candle.high, high);
  candle.low = Math.min(candle.low, low);
  candle.close = close;
}

/** The four prices as an event carries them. */
export function pricesOf({ open, high, low, close }: Candle): { open: Price; high: Price; low: Price; close: Price } {
  return { open: open as Price, high: high as Price, low: low as Price, close: close as Price };
}
