import {
  parsed,
  type Bar,
  type ContractSize,
  type Instrument,
  type MarkBar,
  type OpenInterest,
  type Parsed,
  type UnixMs,
} from '@liquidation-heatmap/core';
import type { SequencedSnapshot } from '../../book/sequenced.js';
import { contractSizeOf } from '../../contract-size.js';
import { broken, decimalOf, isPlausibleTime, isSequence } from '../../wire-fields.js';
import { barOf, parseCandle } from './parse-candle.js';
import { parseLevels, type Contract } from '../../wire-levels.js';
import { instrumentOf, type BinanceLine } from './line.js';
import type { WireDepthSnapshot, WireOpenInterest, WireOpenInterestHistory, WireSymbolInfo } from './wire.js';

/** `depth`: up to 1000 levels a side. */
export function parseDepthSnapshot(
  raw: WireDepthSnapshot,
  contract: Contract,
  seenTime: UnixMs,
): Parsed<SequencedSnapshot> {
  if (!isSequence(raw.lastUpdateId)) {
    return broken('bad-id', 'depth.lastUpdateId', 'a non-negative integer', raw.lastUpdateId);
  }
  if (!isPlausibleTime(raw.T)) return broken('bad-time', 'depth.T', 'a time in milliseconds', raw.T);
  const bids = parseLevels(raw.bids, 'depth.bids', contract);
  if (!bids.ok) return bids;
  const asks = parseLevels(raw.asks, 'depth.asks', contract);
  if (!asks.ok) return asks;
  return parsed({
    lastSequence: raw.lastUpdateId,
    snapshot: {
      kind: 'book-snapshot',
      instrument: contract.id,
      eventTime: raw.T as UnixMs,
      seenTime,
      bids: bids.value,
      asks: asks.value,
    },
  });
}

/** `openInterest`: one-sided, base coin or contracts. */
export function parseOpenInterest(raw: WireOpenInterest, contract: Contract, seenTime: UnixMs): Parsed<OpenInterest> {
  const size = contractSizeOf(decimalOf(raw.openInterest), contract.multiplier);
  if (!(size >= 0))
    return broken('bad-number', 'openInterest.openInterest', 'a decimal of at least 0', raw.openInterest);
  if (!isPlausibleTime(raw.time)) return broken('bad-time', 'openInterest.time', 'a time in milliseconds', raw.time);
  return parsed({
    kind: 'open-interest',
    instrument: contract.id,
    eventTime: raw.time as UnixMs,
    seenTime,
    size: size as ContractSize,
  });
}

/** `GET /futures/data/openInterestHist`, oldest first; each row could be known at its own time. */
export function parseOpenInterestHistory(raw: unknown, contract: Contract): Parsed<readonly OpenInterest[]> {
  return eachRow(raw, 'openInterestHist', (row: WireOpenInterestHistory, field) => {
    const size = contractSizeOf(decimalOf(row.sumOpenInterest), contract.multiplier);
    if (!(size >= 0))
      return broken('bad-number', `${field}.sumOpenInterest`, 'a decimal of at least 0', row.sumOpenInterest);
    if (!isPlausibleTime(row.timestamp))
      return broken('bad-time', `${field}.timestamp`, 'a time in milliseconds', row.timestamp);
    const time = row.timestamp as UnixMs;
    return parsed({
      kind: 'open-interest',
      instrument: contract.id,
      eventTime: time,
      seenTime: time,
      size: size as ContractSize,
    });
  });
}

/** `klines`, oldest first: the bars that were closed at `now`. */
export function parseKlines(raw: unknown, contract: Contract, now: UnixMs): Parsed<readonly Bar[]> {
  const bars = eachRow(raw, 'klines', (row: readonly unknown[], field) =>
    barOf(field, { ...candleOfRow(row), v: row[5], V: row[9] }, contract),
  );
  return bars.ok ? parsed(bars.value.filter((bar) => bar.eventTime <= now)) : bars;
}

/** `markPriceKlines`, oldest first: the mark bars that were closed at `now`. */
export function parseMarkPriceKlines(raw: unknown, contract: Contract, now: UnixMs): Parsed<readonly MarkBar[]> {
  const bars = eachRow(raw, 'markPriceKlines', (row: readonly unknown[], field): Parsed<MarkBar> => {
    const candle = parseCandle(field, candleOfRow(row));
    if (!candle.ok) return candle;
    const { closeTime, ...prices } = candle.value;
    return parsed({ kind: 'mark-bar', instrument: contract.id, eventTime: closeTime, seenTime: closeTime, ...prices });
  });
  return bars.ok ? parsed(bars.value.filter((bar) => bar.eventTime <= now)) : bars;
}

/** What of a line tells which contracts are its own. */
type ListedLine = Pick<BinanceLine, 'venue' | 'kind' | 'quoteAsset'>;

/** One symbol of `exchangeInfo`; undefined for what is not a perpetual of the line. */
function parseSymbolInfo(raw: WireSymbolInfo, line: ListedLine): Parsed<Instrument | undefined> {
  if (typeof raw.symbol !== 'string') return broken('bad-symbol', 'exchangeInfo.symbol', 'a text', raw.symbol);
  if (raw.contractType !== 'PERPETUAL' || raw.quoteAsset !== line.quoteAsset) return parsed(undefined);
  const field = `exchangeInfo.${raw.symbol}`;
  const tickSize = filterValue(raw.filters, 'PRICE_FILTER', 'tickSize');
  const sizeStep = filterValue(raw.filters, 'LOT_SIZE', 'stepSize');
  if (!(decimalOf(tickSize) > 0)) return broken('bad-number', `${field}.tickSize`, 'a positive decimal', tickSize);
  if (!(decimalOf(sizeStep) > 0)) return broken('bad-number', `${field}.stepSize`, 'a positive decimal', sizeStep);
  if (line.kind === 'inverse' && !(Number(raw.contractSize) > 0))
    return broken('bad-number', `${field}.contractSize`, 'a positive number', raw.contractSize);
  if (typeof raw.baseAsset !== 'string') return broken('bad-symbol', `${field}.baseAsset`, 'a text', raw.baseAsset);
  const steps = { tickSize: tickSize as string, sizeStep: sizeStep as string, contractUsd: Number(raw.contractSize) };
  return parsed(instrumentOf(line, raw.symbol, `${raw.baseAsset}USDT`, steps));
}

/** `exchangeInfo`: every perpetual of the line. */
export function parseExchangeInfo(raw: unknown, line: ListedLine): Parsed<readonly Instrument[]> {
  const symbols = (raw as { readonly symbols?: unknown } | null)?.symbols;
  const rows = eachRow(symbols, 'exchangeInfo.symbols', (row: WireSymbolInfo) => parseSymbolInfo(row, line));
  return rows.ok ? parsed(rows.value.filter((row) => row !== undefined)) : rows;
}

function candleOfRow(row: readonly unknown[]) {
  return { start: row[0], end: row[6], o: row[1], h: row[2], l: row[3], c: row[4] };
}

function filterValue(filters: unknown, filterType: string, key: string): unknown {
  if (!Array.isArray(filters)) return undefined;
  const rows = filters as readonly (Readonly<Record<string, unknown>> | null)[];
  return rows.find((row) => row?.['filterType'] === filterType)?.[key];
}

/** Parses every row of a list of objects or lists; the first bad row is the answer. */
function eachRow<Row extends object, Value>(
  raw: unknown,
  field: string,
  parseRow: (row: Row, field: string) => Parsed<Value>,
): Parsed<readonly Value[]> {
  if (!Array.isArray(raw)) return broken('bad-list', field, 'a list', raw);
  const values: Value[] = [];
  for (const [index, row] of (raw as readonly unknown[]).entries()) {
    if (typeof row !== 'object' || row === null)
      return broken('bad-row', `${field}[${index}]`, 'an object or a list', row);
    const value = parseRow(row as Row, `${field}[${index}]`);
    if (!value.ok) return value;
    values.push(value.value);
  }
  return parsed(values);
}
