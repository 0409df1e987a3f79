import {
  parsed,
  type Bar,
  type ContractSize,
  type DurationMs,
  type Instrument,
  type InstrumentId,
  type LongShortRatio,
  type MarkBar,
  type Parsed,
  type Price,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { listField } from '../../frame-shape.js';
import type { MissedTrades } from '../../live/venue-rules.js';
import { ratioRow } from '../../ratio-reading.js';
import { broken, decimalOf, isObject, type JsonObject } from '../../wire-fields.js';
import { instrumentOf } from './instruments.js';
import { timeOf } from './parse.js';
import type { WireAccountRatio, WireFill, WireInstrument } from './wire.js';

/** The `data` of an answer; every other code than "00000" was a refusal. */
export function dataOf(raw: unknown): Parsed<unknown> {
  if (isObject(raw) && raw['code'] === '00000') return parsed(raw['data']);
  return broken('rejected', 'code', '"00000"', isObject(raw) ? (raw['msg'] ?? raw['code']) : raw);
}

/** The rows of an answer that is a list of objects. */
export function rowsOf(raw: unknown, field: string): Parsed<readonly JsonObject[]> {
  const data = dataOf(raw);
  return data.ok ? listField(field, data.value) : data;
}

/** `instruments`: perpetuals in USDT that trade. */
export function parseInstruments(raw: unknown): Parsed<readonly Instrument[]> {
  const rows = rowsOf(raw, 'instruments');
  if (!rows.ok) return rows;
  const specs: Instrument[] = [];
  for (const item of rows.value) {
    const row = item as unknown as WireInstrument;
    const isPerpetual = (row.type ?? row.symbolType) === 'perpetual' && row.category === 'USDT-FUTURES';
    if (!isPerpetual || row.quoteCoin !== 'USDT' || row.status !== 'online') continue;
    const { symbol, baseCoin, priceMultiplier: tickSize, quantityMultiplier: sizeStep } = row;
    if (typeof symbol !== 'string' || typeof baseCoin !== 'string')
      return broken('bad-symbol', 'instruments.symbol', 'a text', symbol);
    if (!(decimalOf(tickSize) > 0))
      return broken('bad-number', `instruments.${symbol}.priceMultiplier`, 'a positive decimal', tickSize);
    if (!(decimalOf(sizeStep) > 0))
      return broken('bad-number', `instruments.${symbol}.quantityMultiplier`, 'a positive decimal', sizeStep);
    specs.push(instrumentOf(symbol, `${baseCoin}USDT`, tickSize as string, sizeStep as string));
  }
  return parsed(specs);
}

interface Candle {
  readonly eventTime: UnixMs;
  readonly prices: Pick<Bar, 'open' | 'high' | 'low' | 'close'>;
  readonly size: unknown;
}

/** Closed candles of trades, oldest first, sized in coin; the venue does not say how much takers bought. */
export function parseBars(raw: unknown, id: InstrumentId, durationMs: number, now: UnixMs): Parsed<readonly Bar[]> {
  const candles = closedCandles(raw, durationMs, now);
  if (!candles.ok) return candles;
  const bars: Bar[] = [];
  for (const { eventTime, prices, size: volume } of candles.value) {
    const size = decimalOf(volume) as ContractSize;
    if (!(size >= 0)) return broken('bad-number', 'candles[5]', 'a decimal of at least 0', volume);
    const at = { instrument: id, eventTime, seenTime: eventTime, durationMs: durationMs as DurationMs };
    bars.push({ kind: 'bar', ...at, ...prices, size, takerBuySize: undefined });
  }
  return parsed(bars);
}

/** Closed candles of mark prices, oldest first. */
export function parseMarkBars(
  raw: unknown,
  id: InstrumentId,
  durationMs: number,
  now: UnixMs,
): Parsed<readonly MarkBar[]> {
  const candles = closedCandles(raw, durationMs, now);
  if (!candles.ok) return candles;
  return parsed(
    candles.value.map(({ eventTime, prices }) => {
      const at = { instrument: id, eventTime, seenTime: eventTime, durationMs: durationMs as DurationMs };
      return { kind: 'mark-bar', ...at, ...prices };
    }),
  );
}

/** `account-long-short`: share of longs among all accounts with a position, oldest first. */
export function parseAccountRatio(raw: unknown, id: InstrumentId): Parsed<readonly LongShortRatio[]> {
  const rows = rowsOf(raw, 'account-long-short');
  if (!rows.ok) return rows;
  const events: LongShortRatio[] = [];
  for (const item of rows.value) {
    const { longAccountRatio: long, shortAccountRatio: short, ts } = item as unknown as WireAccountRatio;
    const [longs, shorts, time] = [decimalOf(long), decimalOf(short), timeOf(ts)];
    if (!(longs >= 0)) return broken('bad-number', 'account-long-short.longAccountRatio', 'a share', long);
    if (!(shorts >= 0 && longs + shorts > 0))
      return broken('bad-number', 'account-long-short.shortAccountRatio', 'a share', short);
    if (Number.isNaN(time)) return broken('bad-time', 'account-long-short.ts', 'a time in milliseconds', ts);
    events.push(ratioRow(id, 'all-accounts', time, longs / (longs + shorts)));
  }
  return parsed(events.sort((a, b) => a.eventTime - b.eventTime));
}

/** The newest trades of `fills` as one frame of today's socket, oldest first. They are complete back to the oldest of them. */
export function parseMissedTrades(raw: unknown, ownSymbol: string, from: UnixMs): Parsed<MissedTrades> {
  const rows = rowsOf(raw, 'fills');
  if (!rows.ok) return rows;
  const trades: { readonly time: number; readonly item: object }[] = [];
  for (const row of rows.value) {
    const { execId, price, size, side, ts } = row as unknown as WireFill;
    const time = timeOf(ts);
    if (Number.isNaN(time)) return broken('bad-time', 'fills.ts', 'a time in milliseconds', ts);
    trades.push({ time, item: { i: execId, p: price, v: size, S: side, T: ts } });
  }
  trades.sort((a, b) => a.time - b.time);
  const [oldest] = trades;
  if (oldest === undefined) return parsed({ frames: [], from: Number.NaN });
  const data = trades.filter(({ time }) => time >= from).map(({ item }) => item);
  const arg = { instType: 'usdt-futures', topic: 'publicTrade', symbol: ownSymbol };
  const frame = JSON.stringify({ action: 'update', arg, data, ts: trades.at(-1)!.time });
  return parsed({ frames: data.length === 0 ? [] : [frame], from: Math.max(oldest.time, from) });
}

/** `public/time`: the venue's time. */
export function parseTime(raw: unknown): Parsed<UnixMs> {
  const data = dataOf(raw);
  if (!data.ok) return data;
  const sent = isObject(data.value) ? data.value['serverTime'] : data.value;
  const time = timeOf(sent);
  return Number.isNaN(time)
    ? broken('bad-time', 'time.serverTime', 'a time in milliseconds', sent)
    : parsed(time as UnixMs);
}

/** Rows `[start, open, high, low, close, coin, quote coin]`. */
function closedCandles(raw: unknown, durationMs: number, now: UnixMs): Parsed<readonly Candle[]> {
  const data = dataOf(raw);
  if (!data.ok) return data;
  if (!Array.isArray(data.value)) return broken('bad-payload', 'candles', 'a list of rows', data.value);
  const candles: Candle[] = [];
  for (const row of data.value as readonly unknown[]) {
    if (!Array.isArray(row)) return broken('bad-payload', 'candles', 'a list of rows', row);
    const [start, ...rest] = row as readonly unknown[];
    const time = timeOf(start);
    if (Number.isNaN(time)) return broken('bad-time', 'candles[0]', 'a time in milliseconds', start);
    const prices = parsePrices(rest);
    if (!prices.ok) return prices;
    const eventTime = (time + durationMs) as UnixMs;
    if (eventTime <= now) candles.push({ eventTime, prices: prices.value, size: rest[4] });
  }
  return parsed(candles.sort((a, b) => a.eventTime - b.eventTime));
}

function parsePrices([o, h, l, c]: readonly unknown[]): Parsed<Candle['prices']> {
  const [open, high, low, close] = [o, h, l, c].map(decimalOf) as [Price, Price, Price, Price];
  if (!(open > 0)) return broken('bad-number', 'candles[1]', 'a positive decimal', o);
  if (!(close > 0)) return broken('bad-number', 'candles[4]', 'a positive decimal', c);
  if (!(high >= Math.max(open, close))) return broken('bad-number', 'candles[2]', 'the highest price', h);
  if (!(low > 0 && low <= Math.min(open, close))) return broken('bad-number', 'candles[3]', 'the lowest price', l);
  return parsed({ open, high, low, close });
}
