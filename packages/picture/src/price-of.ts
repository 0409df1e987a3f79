import type { HeatmapFrame, Price } from '@liquidation-heatmap/core';

/** The price that distances are told from: the mark, by which positions are judged, or the last price where no mark is known. */
export function priceOf({ now }: HeatmapFrame): Price | undefined {
  return [now?.mark, now?.lastPrice].find((price) => price !== undefined && price > 0);
}
