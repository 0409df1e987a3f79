import {
  parsed,
  type Bar,
  type BracketTable,
  type ContractSize,
  type DurationMs,
  type Fraction,
  type Instrument,
  type InstrumentId,
  type LongShortRatio,
  type MarkBar,
  type MarginBracket,
  type OpenInterest,
  type Parsed,
  type Price,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { ownSymbolIn } from '../../ratio-call.js';
import { ratioRow } from '../../ratio-reading.js';
import { broken, decimalOf, isObject, isPlausibleTime, type JsonObject } from '../../wire-fields.js';
import { instrumentOf, type BybitLine } from './line.js';

/** The `result` of an answer; every other code than 0 was a refusal. */
export function resultOf(raw: unknown): Parsed<JsonObject> {
  if (!isObject(raw) || raw['retCode'] !== 0)
    return broken('rejected', 'retCode', '0', isObject(raw) ? raw['retMsg'] : raw);
  return isObject(raw['result']) ? parsed(raw['result']) : broken('bad-payload', 'result', 'an object', raw['result']);
}

/** The `result.list` of an answer, oldest first: the venue sends the newest first. */
export function listOf(raw: unknown): Parsed<readonly unknown[]> {
  const result = resultOf(raw);
  if (!result.ok) return result;
  const { list } = result.value;
  return Array.isArray(list)
    ? parsed([...(list as unknown[])].reverse())
    : broken('bad-payload', 'list', 'a list', list);
}

/** Perpetual contracts of a line in `instruments-info`; dated ones and those in other coins are left out. */
export function parseInstruments(raw: unknown, line: BybitLine): Parsed<readonly Instrument[]> {
  const list = listOf(raw);
  if (!list.ok) return list;
  const kind = line.kind === 'linear' ? 'LinearPerpetual' : 'InversePerpetual';
  const specs: Instrument[] = [];
  for (const row of list.value) {
    if (!isObject(row) || row['contractType'] !== kind || row['quoteCoin'] !== line.quoteCoin) continue;
    const { symbol, baseCoin, priceFilter, lotSizeFilter } = row;
    const tickSize = isObject(priceFilter) ? priceFilter['tickSize'] : undefined;
    const sizeStep = isObject(lotSizeFilter) ? lotSizeFilter['qtyStep'] : undefined;
    if (typeof symbol !== 'string' || typeof baseCoin !== 'string')
      return broken('bad-symbol', 'instrument.symbol', 'a text', symbol);
    if (!(decimalOf(tickSize) > 0)) return broken('bad-number', `${symbol}.tickSize`, 'a positive decimal', tickSize);
    if (!(decimalOf(sizeStep) > 0)) return broken('bad-number', `${symbol}.qtyStep`, 'a positive decimal', sizeStep);
    const steps = { tickSize: tickSize as string, sizeStep: sizeStep as string };
    specs.push(instrumentOf(line, symbol, `${baseCoin}USDT`, steps));
  }
  return parsed(specs);
}

interface Candle {
  readonly close: UnixMs;
  readonly prices: readonly [open: Price, high: Price, low: Price, close: Price];
  readonly size: number;
}

/** Closed candles of last prices, oldest first; the venue does not say how much takers bought. */
export function parseKlines(raw: unknown, id: InstrumentId, durationMs: number, now: UnixMs): Parsed<readonly Bar[]> {
  const candles = candlesOf(raw, 'kline', durationMs, now, true);
  if (!candles.ok) return candles;
  return parsed(
    candles.value.map(({ close: eventTime, prices: [open, high, low, close], size }) => ({
      kind: 'bar',
      instrument: id,
      eventTime,
      seenTime: eventTime,
      durationMs: durationMs as DurationMs,
      ...{ open, high, low, close },
      size: size as ContractSize,
      takerBuySize: undefined,
    })),
  );
}

/** Closed candles of mark prices, oldest first. */
export function parseMarkKlines(
  raw: unknown,
  id: InstrumentId,
  durationMs: number,
  now: UnixMs,
): Parsed<readonly MarkBar[]> {
  const candles = candlesOf(raw, 'mark-price-kline', durationMs, now, false);
  if (!candles.ok) return candles;
  return parsed(
    candles.value.map(({ close: eventTime, prices: [open, high, low, close] }) => ({
      kind: 'mark-bar',
      instrument: id,
      eventTime,
      seenTime: eventTime,
      durationMs: durationMs as DurationMs,
      ...{ open, high, low, close },
    })),
  );
}

/** One-sided open interest of the past, oldest first; a row that has the two-sided figure alone is left out, never halved. */
export function parseOpenInterestHistory(raw: unknown, id: InstrumentId): Parsed<readonly OpenInterest[]> {
  const list = listOf(raw);
  if (!list.ok) return list;
  const events: OpenInterest[] = [];
  for (const row of list.value) {
    if (!isObject(row)) return broken('bad-payload', 'open-interest', 'an object', row);
    const time = Number(row['timestamp']);
    if (!isPlausibleTime(time))
      return broken('bad-time', 'open-interest.timestamp', 'a time in milliseconds', row['timestamp']);
    if (row['singleOpenInterest'] === undefined) continue;
    const size = decimalOf(row['singleOpenInterest']);
    if (!(size >= 0))
      return broken(
        'bad-number',
        'open-interest.singleOpenInterest',
        'a decimal of at least 0',
        row['singleOpenInterest'],
      );
    const at = time as UnixMs;
    events.push({ kind: 'open-interest', instrument: id, eventTime: at, seenTime: at, size: size as ContractSize });
  }
  return parsed(events);
}

/** Share of long accounts of the past, oldest first; a row of another contract spoils them all. */
export function parseAccountRatio(raw: unknown, id: InstrumentId): Parsed<readonly LongShortRatio[]> {
  const list = listOf(raw);
  if (!list.ok) return list;
  const events: LongShortRatio[] = [];
  for (const row of list.value) {
    const { symbol, timestamp, buyRatio } = isObject(row) ? row : {};
    const [time, share] = [Number(timestamp), decimalOf(buyRatio)];
    if (symbol !== ownSymbolIn(id)) return broken('bad-symbol', 'account-ratio.symbol', `"${ownSymbolIn(id)}"`, symbol);
    if (!isPlausibleTime(time))
      return broken('bad-time', 'account-ratio.timestamp', 'a time in milliseconds', timestamp);
    if (!(share >= 0 && share <= 1))
      return broken('bad-number', 'account-ratio.buyRatio', 'a share of 0 to 1', buyRatio);
    events.push(ratioRow(id, 'all-accounts', time, share));
  }
  return parsed(events);
}

interface RiskRow {
  readonly cap: number;
  readonly rate: number;
  readonly leverage: number;
  readonly deduction: number;
}

/** The margin table of one contract in `risk-limit`; rows come with the deduction that keeps the requirement continuous. */
export function parseRiskLimit(raw: unknown, line: BybitLine, ownSymbol: string, asOf: string): Parsed<BracketTable> {
  const result = resultOf(raw);
  if (!result.ok) return result;
  const { list } = result.value;
  if (!Array.isArray(list)) return broken('bad-payload', 'risk-limit.list', 'a list', list);
  const rows: RiskRow[] = [];
  for (const row of list as readonly unknown[]) {
    if (!isObject(row) || row['symbol'] !== ownSymbol) continue;
    const cap = decimalOf(row['riskLimitValue']);
    const rate = decimalOf(row['maintenanceMargin']);
    const leverage = decimalOf(row['maxLeverage']);
    const deduction = row['mmDeduction'] === '' ? 0 : decimalOf(row['mmDeduction']);
    if (!(cap > 0 && rate > 0 && rate < 1 && leverage >= 1 && deduction >= 0)) {
      return broken('bad-number', `risk-limit.${ownSymbol}`, 'positive limits, rates and leverages', row);
    }
    rows.push({ cap, rate, leverage, deduction });
  }
  rows.sort((a, b) => a.cap - b.cap);
  const brackets = rows.map(({ cap, rate, leverage, deduction }, i): MarginBracket => ({
    floor: rows[i - 1]?.cap ?? 0,
    cap,
    maintenanceRate: rate as Fraction,
    maxLeverage: leverage,
    deduction,
  }));
  if (brackets.length === 0) return broken('bad-payload', 'risk-limit.list', `rows of ${ownSymbol}`, list);
  return parsed({ venue: line.venue, ownSymbol, asOf, source: 'v5/market/risk-limit', brackets });
}

function candlesOf(
  raw: unknown,
  field: string,
  durationMs: number,
  now: UnixMs,
  hasSize: boolean,
): Parsed<readonly Candle[]> {
  const list = listOf(raw);
  if (!list.ok) return list;
  const candles: Candle[] = [];
  for (const row of list.value) {
    if (!Array.isArray(row)) return broken('bad-payload', field, 'rows of a candle', row);
    const [start, ...rest] = row as readonly unknown[];
    const time = Number(start);
    if (!isPlausibleTime(time)) return broken('bad-time', `${field}[0]`, 'a time in milliseconds', start);
    const prices = rest.slice(0, 4).map(decimalOf);
    const bad = [0, 1, 2, 3].find((i) => !((prices[i] ?? Number.NaN) > 0));
    if (bad !== undefined) return broken('bad-number', `${field}[${String(bad + 1)}]`, 'a positive decimal', rest[bad]);
    const size = hasSize ? decimalOf(rest[4]) : 0;
    if (!(size >= 0)) return broken('bad-number', `${field}[5]`, 'a decimal of at least 0', rest[4]);
    if (time + durationMs > now) continue;
    candles.push({ close: (time + durationMs) as UnixMs, prices: prices as unknown as Candle['prices'], size });
  }
  return parsed(candles);
}
