import {
  parsed,
  type Bar,
  type ContractSize,
  type DurationMs,
  type Funding,
  type Index,
  type Instrument,
  type Mark,
  type OpenInterest,
  type Parsed,
  type Price,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { contractSizeOf } from '../../contract-size.js';
import { listField, objectFault } from '../../frame-shape.js';
import type { MissedTrades } from '../../live/venue-rules.js';
import { broken, decimalOf, isObject, isPlausibleTime } from '../../wire-fields.js';
import { contractOf, type Contract } from '../../wire-levels.js';
import { MOST_SIZE_DECIMALS, instrumentOf } from './instruments.js';
import { parseContext } from './parse.js';
import type { WireAsset, WireCandle, WireContext } from './wire.js';

/** Rows of `meta.universe`, in the venue's own order. */
export function assetRows(meta: unknown): Parsed<readonly WireAsset[]> {
  if (!isObject(meta)) return objectFault('meta', meta);
  const rows = listField('meta.universe', meta['universe']);
  return rows.ok ? parsed(rows.value as unknown as readonly WireAsset[]) : rows;
}

/** Contracts of `meta` that trade. */
export function parseInstruments(meta: unknown): Parsed<readonly Instrument[]> {
  const rows = assetRows(meta);
  if (!rows.ok) return rows;
  const specs: Instrument[] = [];
  for (const { name, szDecimals, isDelisted } of rows.value) {
    if (isDelisted === true) continue;
    if (typeof name !== 'string' || name === '') return broken('bad-symbol', 'meta.universe.name', 'a text', name);
    const isCount = typeof szDecimals === 'number' && Number.isInteger(szDecimals) && szDecimals >= 0;
    if (!isCount || szDecimals > MOST_SIZE_DECIMALS)
      return broken('bad-number', `meta.${name}.szDecimals`, `0 to ${String(MOST_SIZE_DECIMALS)} decimals`, szDecimals);
    specs.push(instrumentOf(name, `${name}USDT`, szDecimals));
  }
  return parsed(specs);
}

/** What `metaAndAssetCtxs` says of one contract; the states are in the order of the universe and name no coin. */
export function parseContexts(
  raw: unknown,
  spec: Instrument,
  seenTime: UnixMs,
): Parsed<readonly (Mark | Index | OpenInterest | Funding)[]> {
  const [meta, contexts] = Array.isArray(raw) ? (raw as readonly unknown[]) : [];
  const rows = assetRows(meta);
  if (!rows.ok) return rows;
  const index = rows.value.findIndex(({ name }) => name === spec.ownSymbol);
  const ctx = Array.isArray(contexts) ? (contexts as readonly unknown[])[index] : undefined;
  if (!isObject(ctx)) return objectFault(`metaAndAssetCtxs.${spec.ownSymbol}`, ctx);
  return parseContext(ctx as unknown as WireContext, contractOf(spec), seenTime);
}

/** Closed candles of `candleSnapshot`, oldest first; the venue does not say how much takers bought. */
export function parseBars(raw: unknown, contract: Contract, now: UnixMs): Parsed<readonly Bar[]> {
  const list = listField('candleSnapshot', raw);
  if (!list.ok) return list;
  const bars: Bar[] = [];
  for (const item of list.value) {
    const bar = parseBar(item as unknown as WireCandle, contract);
    if (!bar.ok) return bar;
    if (bar.value.eventTime <= now) bars.push(bar.value);
  }
  return parsed(bars.sort((a, b) => a.eventTime - b.eventTime));
}

function parseBar(raw: WireCandle, contract: Contract): Parsed<Bar> {
  const { t: start, T: end } = raw;
  if (!isPlausibleTime(start)) return broken('bad-time', 'candleSnapshot.t', 'a time in milliseconds', start);
  if (!isPlausibleTime(end) || end < start)
    return broken('bad-time', 'candleSnapshot.T', 'a time in milliseconds after its start', end);
  const [open, close] = [decimalOf(raw.o) as Price, decimalOf(raw.c) as Price];
  const [high, low] = [decimalOf(raw.h) as Price, decimalOf(raw.l) as Price];
  if (!(open > 0)) return broken('bad-number', 'candleSnapshot.o', 'a positive decimal', raw.o);
  if (!(close > 0)) return broken('bad-number', 'candleSnapshot.c', 'a positive decimal', raw.c);
  if (!(high >= Math.max(open, close))) return broken('bad-number', 'candleSnapshot.h', 'the highest price', raw.h);
  if (!(low > 0 && low <= Math.min(open, close)))
    return broken('bad-number', 'candleSnapshot.l', 'the lowest price', raw.l);
  const size = contractSizeOf(decimalOf(raw.v), contract.multiplier) as ContractSize;
  if (!(size >= 0)) return broken('bad-number', 'candleSnapshot.v', 'a decimal of at least 0', raw.v);
  const eventTime = (end + 1) as UnixMs;
  const at = { instrument: contract.id, eventTime, seenTime: eventTime, durationMs: (end + 1 - start) as DurationMs };
  return parsed({ kind: 'bar', ...at, open, high, low, close, size, takerBuySize: undefined });
}

/**
 * The newest trades of `recentTrades` as one frame, oldest first, under a channel of their own: a frame of `trades` could be taken for
 * history. They are complete back to the oldest of them: a hole that began earlier stays open before it.
 */
export function parseMissedTrades(raw: unknown, from: UnixMs): Parsed<MissedTrades> {
  const list = listField('recentTrades', raw);
  if (!list.ok) return list;
  const rows: { readonly time: number; readonly row: object }[] = [];
  for (const row of list.value) {
    const { time } = row;
    if (!isPlausibleTime(time)) return broken('bad-time', 'recentTrades.time', 'a time in milliseconds', time);
    rows.unshift({ time, row });
  }
  rows.sort((a, b) => a.time - b.time);
  const [oldest] = rows;
  if (oldest === undefined) return parsed({ frames: [], from: Number.NaN });
  const data = rows.filter(({ time }) => time >= from).map(({ row }) => row);
  const frames = data.length === 0 ? [] : [JSON.stringify({ channel: 'recentTrades', data })];
  return parsed({ frames, from: Math.max(oldest.time, from) });
}

/** The venue's time, as a book of `l2Book` bears it. */
export function parseServerTime(raw: unknown): Parsed<UnixMs> {
  const time = isObject(raw) ? raw['time'] : undefined;
  return isPlausibleTime(time)
    ? parsed(time as UnixMs)
    : broken('bad-time', 'l2Book.time', 'a time in milliseconds', time);
}
