import {
  parsed,
  type Bar,
  type ContractSize,
  type DurationMs,
  type Instrument,
  type InstrumentId,
  type LongShortRatio,
  type MarkBar,
  type OpenInterest,
  type Parsed,
  type Price,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { contractSizeOf } from '../../contract-size.js';
import { ratioRow } from '../../ratio-reading.js';
import { broken, decimalOf, isObject, type JsonObject } from '../../wire-fields.js';
import type { Contract } from '../../wire-levels.js';
import { instrumentOf, type OkxLine } from './line.js';
import { timeOf } from './parse.js';

/** The `data` of an answer as sent; every other code than "0" was a refusal. */
export function dataOf(raw: unknown): Parsed<readonly unknown[]> {
  if (!isObject(raw) || raw['code'] !== '0') return broken('rejected', 'code', '"0"', isObject(raw) ? raw['msg'] : raw);
  const { data } = raw;
  return Array.isArray(data) ? parsed(data as readonly unknown[]) : broken('bad-payload', 'data', 'a list', data);
}

/** The `data` of an answer, oldest first: the venue sends the newest first. */
export function oldestFirst(raw: unknown): Parsed<readonly unknown[]> {
  const data = dataOf(raw);
  return data.ok ? parsed([...data.value].reverse()) : data;
}

/**
 * Swaps of a line. The asset is named by the coin that contracts hold (linear) or settle in (inverse), never cut out of a name; a swap
 * whose contract value is missing is listed with an unknown multiplier.
 */
export function parseInstruments(raw: unknown, line: Pick<OkxLine, 'venue' | 'kind'>): Parsed<readonly Instrument[]> {
  const data = dataOf(raw);
  if (!data.ok) return data;
  const specs: Instrument[] = [];
  for (const row of data.value) {
    const coin = isObject(row) ? coinOf(row, line) : undefined;
    if (!isObject(row) || coin === undefined) continue;
    const { instId, tickSz, lotSz, ctVal, ctMult } = row;
    if (typeof instId !== 'string' || typeof coin !== 'string')
      return broken('bad-symbol', 'instruments.instId', 'a text', instId);
    if (!(decimalOf(tickSz) > 0)) return broken('bad-number', `${instId}.tickSz`, 'a positive decimal', tickSz);
    if (!(decimalOf(lotSz) > 0)) return broken('bad-number', `${instId}.lotSz`, 'a positive decimal', lotSz);
    const value = decimalOf(ctVal) * decimalOf(ctMult);
    const steps = { tickSize: tickSz as string, sizeStep: lotSz as string };
    const spec = instrumentOf(line, `${coin}USDT`, { ownSymbol: instId, ...steps, contractValue: value });
    specs.push(value > 0 ? spec : { ...spec, contractMultiplier: undefined });
  }
  return parsed(specs);
}

/** The coin of a row that belongs to the line: what its contracts hold, or settle in where they are inverse. */
function coinOf({ ctType, instType, ctValCcy, settleCcy }: JsonObject, { kind }: Pick<OkxLine, 'kind'>): unknown {
  if (ctType !== kind || instType !== 'SWAP') return undefined;
  if (kind === 'inverse') return settleCcy;
  return settleCcy === 'USDT' ? ctValCcy : undefined;
}

interface Candle {
  readonly close: UnixMs;
  readonly prices: Pick<Bar, 'open' | 'high' | 'low' | 'close'>;
  readonly contracts: number;
}

/** Closed candles of last prices, oldest first; the venue does not say how much takers bought. */
export function parseCandles(
  raw: unknown,
  contract: Contract,
  durationMs: number,
  now: UnixMs,
): Parsed<readonly Bar[]> {
  const candles = candlesOf(raw, 'candles', durationMs, now, true);
  if (!candles.ok) return candles;
  return parsed(
    candles.value.map(({ close: eventTime, prices, contracts }) => ({
      kind: 'bar',
      instrument: contract.id,
      eventTime,
      seenTime: eventTime,
      durationMs: durationMs as DurationMs,
      ...prices,
      size: contractSizeOf(contracts, contract.multiplier) as ContractSize,
      takerBuySize: undefined,
    })),
  );
}

/** Closed candles of mark prices, oldest first. */
export function parseMarkCandles(
  raw: unknown,
  { id }: Contract,
  durationMs: number,
  now: UnixMs,
): Parsed<readonly MarkBar[]> {
  const candles = candlesOf(raw, 'mark-candles', durationMs, now, false);
  if (!candles.ok) return candles;
  return parsed(
    candles.value.map(({ close: eventTime, prices }) => {
      const at = { instrument: id, eventTime, seenTime: eventTime, durationMs: durationMs as DurationMs };
      return { kind: 'mark-bar', ...at, ...prices };
    }),
  );
}

/** Open interest of the past, oldest first: rows `[time, contracts, coins, USD]`. */
export function parseOpenInterestHistory(raw: unknown, { id, multiplier }: Contract): Parsed<readonly OpenInterest[]> {
  const data = oldestFirst(raw);
  if (!data.ok) return data;
  const events: OpenInterest[] = [];
  for (const row of data.value) {
    const [ts, contracts] = Array.isArray(row) ? (row as readonly unknown[]) : [];
    const [time, size] = [timeOf(ts), contractSizeOf(decimalOf(contracts), multiplier)];
    if (Number.isNaN(time)) return broken('bad-time', 'open-interest-history[0]', 'a time in milliseconds', ts);
    if (!(size >= 0)) return broken('bad-number', 'open-interest-history[1]', 'a decimal of at least 0', contracts);
    const at = time as UnixMs;
    events.push({ kind: 'open-interest', instrument: id, eventTime: at, seenTime: at, size: size as ContractSize });
  }
  return parsed(events);
}

/**
 * Share of longs of the past, oldest first: rows `[time, longs / shorts]` of the three statistics that `longShortRatioUrl` names. Clients
 * describe that of all accounts; those of large traders are known from the venue's documentation alone.
 */
export function parseLongShortRatio(
  raw: unknown,
  id: InstrumentId,
  population: LongShortRatio['population'],
): Parsed<readonly LongShortRatio[]> {
  const data = oldestFirst(raw);
  if (!data.ok) return data;
  const events: LongShortRatio[] = [];
  for (const row of data.value) {
    const [ts, longsPerShort] = Array.isArray(row) ? (row as readonly unknown[]) : [];
    const [time, ratio] = [timeOf(ts), decimalOf(longsPerShort)];
    if (Number.isNaN(time)) return broken('bad-time', 'long-short-ratio[0]', 'a time in milliseconds', ts);
    if (!(ratio >= 0)) return broken('bad-number', 'long-short-ratio[1]', 'a decimal of at least 0', longsPerShort);
    events.push(ratioRow(id, population, time, ratio / (1 + ratio)));
  }
  return parsed(events);
}

/** The venue's time from `public/time`. */
export function parseTime(raw: unknown): Parsed<UnixMs> {
  const data = dataOf(raw);
  if (!data.ok) return data;
  const [row] = data.value;
  const time = timeOf(isObject(row) ? row['ts'] : undefined);
  return Number.isNaN(time) ? broken('bad-time', 'time.ts', 'a time in milliseconds', row) : parsed(time as UnixMs);
}

/** Rows `[time, open, high, low, close, contracts, coins, quote, confirm]`, of marks without the three sizes. */
function candlesOf(
  raw: unknown,
  field: string,
  durationMs: number,
  now: UnixMs,
  hasSize: boolean,
): Parsed<readonly Candle[]> {
  const data = oldestFirst(raw);
  if (!data.ok) return data;
  const candles: Candle[] = [];
  for (const row of data.value) {
    if (!Array.isArray(row)) return broken('bad-payload', field, 'rows of a candle', row);
    const [start, ...rest] = row as readonly unknown[];
    const time = timeOf(start);
    if (Number.isNaN(time)) return broken('bad-time', `${field}[0]`, 'a time in milliseconds', start);
    const prices = pricesOf(rest);
    const contracts = hasSize ? decimalOf(rest[4]) : 0;
    if (prices === undefined) return broken('bad-number', `${field}[1..4]`, 'positive decimals', rest.slice(0, 4));
    if (!(contracts >= 0)) return broken('bad-number', `${field}[5]`, 'a decimal of at least 0', rest[4]);
    if (time + durationMs > now) continue;
    candles.push({ close: (time + durationMs) as UnixMs, prices, contracts });
  }
  return parsed(candles);
}

function pricesOf(row: readonly unknown[]): Candle['prices'] | undefined {
  const [open, high, low, close] = [row[0], row[1], row[2], row[3]].map(decimalOf) as [Price, Price, Price, Price];
  return open > 0 && high > 0 && low > 0 && close > 0 ? { open, high, low, close } : undefined;
}
