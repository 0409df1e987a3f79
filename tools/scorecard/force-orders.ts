import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { PositionSide } from '@liquidation-heatmap/core';

/** A forced order as Binance's stream told it. */
export interface ForceOrder {
  readonly time: number;
  readonly symbol: string;
  readonly side: PositionSide;
  /** Average fill; where the file has none, undefined: the limit is not where it traded. */
  readonly fill: number | undefined;
  readonly limit: number;
  readonly size: number;
}

/**
 * Reads a file of forced orders, gzip or plain: symbol, side, type, time in force, size, limit, average fill, status, last and
 * filled size, time, USD; no header. Lines that break this are counted, not guessed at.
 */
export function readForceOrders(path: string): { readonly orders: readonly ForceOrder[]; readonly badLines: number } {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  const orders = lines.flatMap((line) => forceOrderOf(line) ?? []);
  return { orders, badLines: lines.length - orders.length };
}

function forceOrderOf(line: string): ForceOrder | undefined {
  const [symbol = '', orderSide, , , , limit, fill, , , filled, time] = line.split(',');
  if (symbol === '' || (orderSide !== 'BUY' && orderSide !== 'SELL')) return undefined;
  const order: ForceOrder = {
    time: Number(time),
    symbol,
    side: orderSide === 'SELL' ? 'long' : 'short',
    fill: fill === 'None' ? undefined : Number(fill),
    limit: Number(limit),
    size: Number(filled),
  };
  const isSound = [order.time, order.limit, order.size, order.fill ?? 1].every(
    (value) => value > 0 && Number.isFinite(value),
  );
  return isSound ? order : undefined;
}
