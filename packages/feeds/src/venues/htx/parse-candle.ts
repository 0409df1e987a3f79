import {
  parsed,
  type Bar,
  type ContractSize,
  type DurationMs,
  type InstrumentId,
  type MarkBar,
  type Parsed,
  type Price,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { listField } from '../../frame-shape.js';
import { broken, decimalOf, isPlausibleTime, numberOf } from '../../wire-fields.js';
import { oneSided } from './number-fields.js';
import { okBody } from './parse-rest.js';
import type { WireCandle } from './wire.js';

interface Candle {
  readonly eventTime: UnixMs;
  readonly prices: Pick<Bar, 'open' | 'high' | 'low' | 'close'>;
  readonly amount: unknown;
}

/** Closed candles of trades, oldest first. Their sizes are halved, since they count both sides; what takers bought is not said. */
export function parseBars(raw: unknown, id: InstrumentId, durationMs: number, now: UnixMs): Parsed<readonly Bar[]> {
  const candles = closedCandles(raw, 'kline', numberOf, durationMs, now);
  if (!candles.ok) return candles;
  const bars: Bar[] = [];
  for (const { eventTime, prices, amount } of candles.value) {
    const size = oneSided(numberOf(amount));
    if (!(size >= 0)) return broken('bad-number', 'kline.amount', 'a number of at least 0', amount);
    const at = { instrument: id, eventTime, seenTime: eventTime, durationMs: durationMs as DurationMs };
    bars.push({ kind: 'bar', ...at, ...prices, size: size as ContractSize, takerBuySize: undefined });
  }
  return parsed(bars);
}

/** Closed candles of mark prices, oldest first; their prices are texts. */
export function parseMarkBars(
  raw: unknown,
  id: InstrumentId,
  durationMs: number,
  now: UnixMs,
): Parsed<readonly MarkBar[]> {
  const candles = closedCandles(raw, 'mark_price_kline', decimalOf, durationMs, now);
  if (!candles.ok) return candles;
  return parsed(
    candles.value.map(({ eventTime, prices }) => ({
      kind: 'mark-bar',
      instrument: id,
      eventTime,
      seenTime: eventTime,
      durationMs: durationMs as DurationMs,
      ...prices,
    })),
  );
}

function closedCandles(
  raw: unknown,
  field: string,
  priceOf: (raw: unknown) => number,
  durationMs: number,
  now: UnixMs,
): Parsed<readonly Candle[]> {
  const body = okBody(raw);
  if (!body.ok) return body;
  const list = listField(`${field}.data`, body.value['data']);
  if (!list.ok) return list;
  const candles: Candle[] = [];
  for (const item of list.value) {
    const row = item as unknown as WireCandle;
    const start = numberOf(row.id) * 1_000;
    if (!isPlausibleTime(start)) return broken('bad-time', `${field}.id`, 'a time in seconds', row.id);
    const prices = parsePrices(row, field, priceOf);
    if (!prices.ok) return prices;
    const eventTime = (start + durationMs) as UnixMs;
    if (eventTime <= now) candles.push({ eventTime, prices: prices.value, amount: row.amount });
  }
  return parsed(candles.sort((a, b) => a.eventTime - b.eventTime));
}

function parsePrices(
  row: WireCandle,
  field: string,
  priceOf: (raw: unknown) => number,
): Parsed<Pick<Bar, 'open' | 'high' | 'low' | 'close'>> {
  const [open, close] = [priceOf(row.open) as Price, priceOf(row.close) as Price];
  const [high, low] = [priceOf(row.high) as Price, priceOf(row.low) as Price];
  if (!(open > 0)) return broken('bad-number', `${field}.open`, 'a positive price', row.open);
  if (!(close > 0)) return broken('bad-number', `${field}.close`, 'a positive price', row.close);
  if (!(high >= Math.max(open, close))) return broken('bad-number', `${field}.high`, 'the highest price', row.high);
  if (!(low > 0 && low <= Math.min(open, close)))
    return broken('bad-number', `${field}.low`, 'the lowest price', row.low);
  return parsed({ open, high, low, close });
}
