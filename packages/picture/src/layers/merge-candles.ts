import type { ColumnHead, Tile } from '@liquidation-heatmap/core';
import { runsInOrder } from '../heat/heat-runs.js';

/** One candle: `start` and `durationMs` in ms, prices of the reference venue. */
export interface Candle {
  readonly start: number;
  readonly durationMs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/**
 * Candles of one duration from column heads, earliest first: the coarsest resolution that divides the duration wins, as it reaches back
 * farthest; where only coarser columns exist, a candle is as wide as its column. Columns that are covered in part by a finer resolution are
 * left out, columns without a trade do not break a candle.
 */
export function mergeCandles(tiles: readonly Tile[], from: number, to: number, durationMs: number): readonly Candle[] {
  const start = Math.floor(from / durationMs) * durationMs;
  const held = [...new Set(tiles.map((tile) => tile.resolutionMs as number))].sort((a, b) => a - b);
  const finer = held.filter((resolution) => durationMs % resolution === 0).reverse();
  const order = [...finer, ...held.filter((resolution) => resolution > durationMs)];
  const candles: GrowingCandle[] = [];
  for (const run of runsInOrder(tiles, order, { from: start, to }).runs) {
    const { heads, resolutionMs } = run.tile;
    const width = Math.max(durationMs, resolutionMs);
    for (let column = run.firstColumn; column < run.firstColumn + run.columnCount; column++) {
      const head = heads[column]!;
      const isWhole = head.endTime - resolutionMs >= run.from && (head.endTime <= run.to || run.to === to);
      if (isWhole && head.open > 0)
        addHead(candles, head, Math.floor((head.endTime - resolutionMs) / width) * width, width);
    }
  }
  return candles;
}

/** A candle while columns are being added. */
type GrowingCandle = { -readonly [Field in keyof Candle]: Candle[Field] };

function addHead(candles: GrowingCandle[], head: ColumnHead, start: number, durationMs: number): void {
  const last = candles.at(-1);
  if (last?.start !== start || last.durationMs !== durationMs) {
    candles.push({ start, durationMs, open: head.open, high: head.high, low: head.low, close: head.close });
    return;
  }
  if (head.high > last.high) last.high = head.high;
  if (head.low < last.low) last.low = head.low;
  last.close = head.close;
}
