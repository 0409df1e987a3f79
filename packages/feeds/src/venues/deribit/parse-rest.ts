import {
  parsed,
  type Bar,
  type ContractKind,
  type ContractSize,
  type DurationMs,
  type Instrument,
  type Parsed,
  type Price,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { contractSizeOf } from '../../contract-size.js';
import { listField, objectFault } from '../../frame-shape.js';
import type { MissedTrades } from '../../live/venue-rules.js';
import { decimalText, exactDecimal } from '../../recording/exact-decimal.js';
import { broken, isObject, isPlausibleTime, numberOf } from '../../wire-fields.js';
import { contractOf } from '../../wire-levels.js';
import { instrumentOf } from './instruments.js';

import type { WireCandles, WireInstrument } from './wire.js';

const KIND_OF_TYPE: Readonly<Record<string, ContractKind>> = { reversed: 'inverse', linear: 'linear' };
/** Currencies of prices that count as the dollar. */
const DOLLARS: readonly unknown[] = ['USD', 'USDC', 'USDT'];

/** The `result` of an answer, over REST or the socket; an answer without one was a refusal. */
export function resultOf(raw: unknown): Parsed<unknown> {
  if (!isObject(raw)) return objectFault('answer', raw);
  if (raw['error'] !== undefined) return broken('rejected', 'answer.error', 'absent', raw['error']);
  return raw['result'] === undefined
    ? broken('bad-payload', 'answer.result', 'present', raw['result'])
    : parsed(raw['result']);
}

/** Perpetuals against a dollar that trade, inverse ones first, since they select an asset; options and dated ones are left out. */
export function parseInstruments(raw: unknown): Parsed<readonly Instrument[]> {
  const result = resultOf(raw);
  if (!result.ok) return result;
  const rows = listField('get_instruments', result.value);
  if (!rows.ok) return rows;
  const specs: Instrument[] = [];
  for (const item of rows.value) {
    const row = item as unknown as WireInstrument;
    const isWanted = row.kind === 'future' && row.settlement_period === 'perpetual' && row.is_active === true;
    if (!isWanted || !DOLLARS.includes(row.quote_currency)) continue;
    const spec = parseInstrument(row);
    if (!spec.ok) return spec;
    specs.push(spec.value);
  }
  return parsed([...specs.filter(({ kind }) => kind === 'inverse'), ...specs.filter(({ kind }) => kind === 'linear')]);
}

function parseInstrument(row: WireInstrument): Parsed<Instrument> {
  const { instrument_name: name, instrument_type: type, base_currency: coin } = row;
  if (typeof name !== 'string' || name === '')
    return broken('bad-symbol', 'get_instruments.instrument_name', 'a text', name);
  if (typeof coin !== 'string' || coin === '') return broken('bad-symbol', `${name}.base_currency`, 'a text', coin);
  const kind = typeof type === 'string' && Object.hasOwn(KIND_OF_TYPE, type) ? KIND_OF_TYPE[type] : undefined;
  if (kind === undefined) return broken('bad-type', `${name}.instrument_type`, 'reversed or linear', type);
  const [tick, step] = [numberOf(row.tick_size), numberOf(row.contract_size)];
  if (!(tick > 0)) return broken('bad-number', `${name}.tick_size`, 'a positive number', row.tick_size);
  if (!(step > 0)) return broken('bad-number', `${name}.contract_size`, 'a positive number', row.contract_size);
  const steps = { kind, tickSize: decimalText(exactDecimal(tick)), sizeStep: decimalText(exactDecimal(step)) };
  return parsed(instrumentOf(name, `${coin}USDT`, steps));
}

type Column = 'open' | 'high' | 'low' | 'close' | 'volume' | 'cost';

/**
 * Closed candles of `get_tradingview_chart_data`, oldest first. A size is the amount in USD of an inverse contract and in coin of a linear
 * one; the venue does not say how much takers bought. Minutes without a trade are there too, flat and of size 0.
 */
export function parseBars(raw: unknown, spec: Instrument, durationMs: number, now: UnixMs): Parsed<readonly Bar[]> {
  const result = resultOf(raw);
  if (!result.ok) return result;
  if (!isObject(result.value)) return objectFault('candles', result.value);
  const candles = result.value as unknown as WireCandles;
  if (candles.status === 'no_data') return parsed([]);
  if (candles.status !== 'ok') return broken('bad-type', 'candles.status', 'ok or no_data', candles.status);
  const { ticks } = candles;
  if (!Array.isArray(ticks)) return broken('bad-payload', 'candles.ticks', 'a list', ticks);
  const bars: Bar[] = [];
  for (const [i, start] of (ticks as readonly unknown[]).entries()) {
    if (!isPlausibleTime(start)) return broken('bad-time', `candles.ticks[${i}]`, 'a time in milliseconds', start);
    const bar = parseBar(candles, i, (start + durationMs) as UnixMs, spec, durationMs);
    if (!bar.ok) return bar;
    if (bar.value.eventTime <= now) bars.push(bar.value);
  }
  return parsed(bars.sort((a, b) => a.eventTime - b.eventTime));
}

function parseBar(candles: WireCandles, i: number, close: UnixMs, spec: Instrument, durationMs: number): Parsed<Bar> {
  const cell = (column: Column): unknown =>
    Array.isArray(candles[column]) ? (candles[column] as unknown[])[i] : undefined;
  const place = (column: Column): string => `candles.${column}[${String(i)}]`;
  const price = (column: Column): Price => numberOf(cell(column)) as Price;
  const [open, high, low, last] = [price('open'), price('high'), price('low'), price('close')];
  if (!(open > 0)) return broken('bad-number', place('open'), 'a positive number', cell('open'));
  if (!(last > 0)) return broken('bad-number', place('close'), 'a positive number', cell('close'));
  if (!(high >= Math.max(open, last))) return broken('bad-number', place('high'), 'the highest price', cell('high'));
  if (!(low > 0 && low <= Math.min(open, last)))
    return broken('bad-number', place('low'), 'the lowest price', cell('low'));
  const column = spec.kind === 'inverse' ? 'cost' : 'volume';
  const size = contractSizeOf(numberOf(cell(column)), contractOf(spec).multiplier) as ContractSize;
  if (!(size >= 0)) return broken('bad-number', place(column), 'a number of at least 0', cell(column));
  const at = { instrument: spec.id, eventTime: close, seenTime: close, durationMs: durationMs as DurationMs };
  return parsed({ kind: 'bar', ...at, open, high, low, close: last, size, takerBuySize: undefined });
}

/**
 * The newest trades of a span as one frame of the socket's `trades` channel, oldest first. Where there are more of them than one answer
 * holds they are complete back to the oldest alone.
 */
export function parseMissedTrades(raw: unknown, ownSymbol: string, from: UnixMs): Parsed<MissedTrades> {
  const result = resultOf(raw);
  if (!result.ok) return result;
  if (!isObject(result.value)) return objectFault('get_last_trades', result.value);
  const { trades, has_more: hasMore } = result.value;
  const list = listField('get_last_trades.trades', trades);
  if (!list.ok) return list;
  if (typeof hasMore !== 'boolean') return broken('bad-flag', 'get_last_trades.has_more', 'true or false', hasMore);
  const data = [...list.value].reverse();
  const [first] = data;
  if (first === undefined) return parsed({ frames: [], from: hasMore ? Number.NaN : from });
  const oldest = first['timestamp'];
  if (!isPlausibleTime(oldest))
    return broken('bad-time', 'get_last_trades.timestamp', 'a time in milliseconds', oldest);
  const params = { channel: `trades.${ownSymbol}.100ms`, data };
  const frame = JSON.stringify({ jsonrpc: '2.0', method: 'subscription', params });
  return parsed({ frames: [frame], from: hasMore ? Math.max(oldest, from) : from });
}

/** The venue's time of `get_time`. */
export function parseServerTime(raw: unknown): Parsed<UnixMs> {
  const result = resultOf(raw);
  if (!result.ok) return result;
  return isPlausibleTime(result.value)
    ? parsed(result.value as UnixMs)
    : broken('bad-time', 'get_time', 'a time in milliseconds', result.value);
}
