import {
  parsed,
  type Bar,
  type ContractSize,
  type DurationMs,
  type MarkBar,
  type Parsed,
  type Price,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { contractSizeOf } from '../../contract-size.js';
import { listField } from '../../frame-shape.js';
import type { MissedTrades } from '../../live/venue-rules.js';
import { broken, decimalOf, isObject, isPlausibleTime } from '../../wire-fields.js';
import type { Contract } from '../../wire-levels.js';
import { calendarTimeOf } from './calendar-time.js';
import type { WireCandle, WirePastTrade } from './wire.js';

/** Prices of a closed candle, checked. */
interface Candle {
  readonly eventTime: UnixMs;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
  readonly volume: unknown;
}

/** Closed candles of trades, oldest first; the venue does not say how much takers bought. */
export function parseBars(raw: unknown, contract: Contract, durationMs: number, now: UnixMs): Parsed<readonly Bar[]> {
  const candles = closedCandles(raw, durationMs, now);
  if (!candles.ok) return candles;
  const bars: Bar[] = [];
  for (const { eventTime, volume, ...prices } of candles.value) {
    const size = contractSizeOf(decimalOf(volume), contract.multiplier);
    if (!(size >= 0)) return broken('bad-number', 'candles.volume', 'a decimal of at least 0', volume);
    const at = { instrument: contract.id, eventTime, seenTime: eventTime, durationMs: durationMs as DurationMs };
    bars.push({ kind: 'bar', ...at, ...prices, size: size as ContractSize, takerBuySize: undefined });
  }
  return parsed(bars);
}

/** Closed candles of mark prices, oldest first. */
export function parseMarkBars(
  raw: unknown,
  contract: Contract,
  durationMs: number,
  now: UnixMs,
): Parsed<readonly MarkBar[]> {
  const candles = closedCandles(raw, durationMs, now);
  if (!candles.ok) return candles;
  return parsed(
    candles.value.map(({ eventTime, open, high, low, close }) => ({
      kind: 'mark-bar',
      instrument: contract.id,
      eventTime,
      seenTime: eventTime,
      durationMs: durationMs as DurationMs,
      ...{ open, high, low, close },
    })),
  );
}

/**
 * The newest trades as frames of the socket's `trade` feed, oldest first. They are complete back to the oldest of them: a hole that
 * began earlier stays open before it.
 */
export function parseMissedTrades(raw: unknown, ownSymbol: string, from: UnixMs): Parsed<MissedTrades> {
  const list = listField('history', isObject(raw) ? raw['history'] : undefined);
  if (!list.ok) return list;
  const rows: { readonly time: number; readonly frame: string }[] = [];
  for (const item of list.value) {
    const { uid, side, type, size, price, time: text } = item as unknown as WirePastTrade;
    const time = calendarTimeOf(text);
    if (!isPlausibleTime(time)) return broken('bad-time', 'history.time', 'a time of the calendar', text);
    const qty = decimalOf(size);
    if (!(qty > 0)) return broken('bad-number', 'history.size', 'a positive decimal', size);
    rows.push({
      time,
      frame: JSON.stringify({ feed: 'trade', product_id: ownSymbol, uid, side, type, time, qty, price }),
    });
  }
  rows.sort((a, b) => a.time - b.time);
  const [oldest] = rows;
  if (oldest === undefined) return parsed({ frames: [], from: Number.NaN });
  const frames = rows.filter(({ time }) => time >= from).map(({ frame }) => frame);
  return parsed({ frames, from: Math.max(oldest.time, from) });
}

/** The venue's time, which every body of `derivatives/api/v3` carries. */
export function parseServerTime(raw: unknown): Parsed<UnixMs> {
  const text = isObject(raw) ? raw['serverTime'] : undefined;
  const time = calendarTimeOf(text);
  return isPlausibleTime(time)
    ? parsed(time as UnixMs)
    : broken('bad-time', 'serverTime', 'a time of the calendar', text);
}

function closedCandles(raw: unknown, durationMs: number, now: UnixMs): Parsed<readonly Candle[]> {
  const list = listField('candles', isObject(raw) ? raw['candles'] : undefined);
  if (!list.ok) return list;
  const candles: Candle[] = [];
  for (const item of list.value) {
    const row = item as unknown as WireCandle;
    if (!isPlausibleTime(row.time)) return broken('bad-time', 'candles.time', 'a time in milliseconds', row.time);
    const prices = parsePrices(row);
    if (!prices.ok) return prices;
    const eventTime = (row.time + durationMs) as UnixMs;
    if (eventTime <= now) candles.push({ eventTime, ...prices.value, volume: row.volume });
  }
  return parsed(candles.sort((a, b) => a.eventTime - b.eventTime));
}

function parsePrices(row: WireCandle): Parsed<Pick<Candle, 'open' | 'high' | 'low' | 'close'>> {
  const [open, close] = [decimalOf(row.open) as Price, decimalOf(row.close) as Price];
  const [high, low] = [decimalOf(row.high) as Price, decimalOf(row.low) as Price];
  if (!(open > 0)) return broken('bad-number', 'candles.open', 'a positive decimal', row.open);
  if (!(close > 0)) return broken('bad-number', 'candles.close', 'a positive decimal', row.close);
  if (!(high >= Math.max(open, close))) return broken('bad-number', 'candles.high', 'the highest price', row.high);
  if (!(low > 0 && low <= Math.min(open, close)))
    return broken('bad-number', 'candles.low', 'the lowest price', row.low);
  return parsed({ open, high, low, close });
}
