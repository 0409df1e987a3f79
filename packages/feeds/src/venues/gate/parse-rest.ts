import {
  parsed,
  type ContractSize,
  type Instrument,
  type InstrumentId,
  type Liquidation,
  type LongShortRatio,
  type OpenInterest,
  type Parsed,
  type Price,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { contractSizeOf } from '../../contract-size.js';
import { listField } from '../../frame-shape.js';
import type { MissedTrades } from '../../live/venue-rules.js';
import { ratioRow } from '../../ratio-reading.js';
import { broken, decimalOf, isObject, isPlausibleTime, type JsonObject } from '../../wire-fields.js';
import type { Contract } from '../../wire-levels.js';
import { instrumentOf } from './instruments.js';
import { contractsOf, msOfSeconds } from './number-fields.js';
import type { WireContract, WirePastLiquidation, WireStats } from './wire.js';

/** The rows of an answer; a refusal is an object with a label. */
export function rowsOf(raw: unknown, field: string): Parsed<readonly JsonObject[]> {
  if (isObject(raw) && raw['label'] !== undefined)
    return broken('rejected', field, 'a list', raw['message'] ?? raw['label']);
  return listField(field, raw);
}

/**
 * `contracts`: those priced and settled in USDT that are not being taken off. The list has no field for the asset, so that it is the part of the
 * name before the one underscore; other names are left out. A contract without a size is listed with an unknown multiplier.
 */
export function parseInstruments(raw: unknown): Parsed<readonly Instrument[]> {
  const rows = rowsOf(raw, 'contracts');
  if (!rows.ok) return rows;
  const specs: Instrument[] = [];
  for (const item of rows.value) {
    const row = item as unknown as WireContract;
    const { name, order_price_round: tickSize, quanto_multiplier: contractSize } = row;
    if (typeof name !== 'string') return broken('bad-symbol', 'contracts.name', 'a text', name);
    const asset = /^([^_]+)_USDT$/.exec(name)?.[1];
    if (asset === undefined || row.type !== 'direct' || row.in_delisting !== false) continue;
    if (!(decimalOf(tickSize) > 0))
      return broken('bad-number', `contracts.${name}.order_price_round`, 'a positive decimal', tickSize);
    const isSized = decimalOf(contractSize) > 0;
    const spec = instrumentOf(name, `${asset}USDT`, tickSize as string, isSized ? (contractSize as string) : '1');
    specs.push(isSized ? spec : { ...spec, contractMultiplier: undefined });
  }
  return parsed(specs);
}

/** `contract_stats`: open interest of the past, oldest first. */
export function parseOpenInterestHistory(raw: unknown, contract: Contract): Parsed<readonly OpenInterest[]> {
  return statsOf(raw, ({ open_interest: interest }, at) => {
    const size = contractSizeOf(contractsOf(interest), contract.multiplier) as ContractSize;
    if (!(size >= 0)) return broken('bad-number', 'contract_stats.open_interest', 'a number of at least 0', interest);
    return parsed([{ kind: 'open-interest', instrument: contract.id, ...at, size }]);
  });
}

/** Fields of ratios, and whom each of them counts. */
const RATIOS: readonly (readonly [field: keyof WireStats, population: LongShortRatio['population']])[] = [
  ['lsr_account', 'all-accounts'],
  ['top_lsr_account', 'top-accounts'],
  ['top_lsr_size', 'top-positions'],
];

/**
 * `contract_stats`: shares of longs of the past, oldest first, from ratios r of longs to shorts: r / (1 + r). Where the venue counts no
 * large users of a contract it sends 0 or leaves the field out (clients), which says nothing of them.
 */
export function parseRatios(raw: unknown, id: InstrumentId): Parsed<readonly LongShortRatio[]> {
  return statsOf(raw, (row, at) => {
    const events: LongShortRatio[] = [];
    for (const [field, population] of RATIOS) {
      if (row[field] === undefined && population !== 'all-accounts') continue;
      const ratio = contractsOf(row[field]);
      if (!(ratio >= 0)) return broken('bad-number', `contract_stats.${field}`, 'a ratio of at least 0', row[field]);
      if (ratio > 0) events.push(ratioRow(id, population, at.eventTime, ratio / (1 + ratio)));
    }
    return parsed(events);
  });
}

/**
 * `liq_orders`: liquidations of the past, oldest first. The sign is the position's, so a size above 0 closed a long (the socket has it the
 * other way round), and the price is where it traded.
 */
export function parsePastLiquidations(raw: unknown, contract: Contract): Parsed<readonly Liquidation[]> {
  const rows = rowsOf(raw, 'liq_orders');
  if (!rows.ok) return rows;
  const events: Liquidation[] = [];
  for (const item of rows.value) {
    const row = item as unknown as WirePastLiquidation;
    const [time, price, contracts] = [msOfSeconds(row.time), decimalOf(row.fill_price), contractsOf(row.size)];
    if (!isPlausibleTime(time)) return broken('bad-time', 'liq_orders.time', 'a time in seconds', row.time);
    if (!(price > 0)) return broken('bad-number', 'liq_orders.fill_price', 'a positive decimal', row.fill_price);
    if (!(Math.abs(contracts) > 0)) return broken('bad-number', 'liq_orders.size', 'a number other than 0', row.size);
    events.push({
      kind: 'liquidation',
      instrument: contract.id,
      eventTime: time as UnixMs,
      seenTime: time as UnixMs,
      positionSide: contracts > 0 ? 'long' : 'short',
      price: price as Price,
      priceKind: 'fill',
      size: contractSizeOf(Math.abs(contracts), contract.multiplier) as ContractSize,
      completeness: 'partial',
    });
  }
  return parsed(events.sort((a, b) => a.eventTime - b.eventTime));
}

/**
 * The newest trades of `trades` as one frame of the socket, oldest first. They are complete back to the oldest of them. Here a trade's
 * `create_time_ms` is in seconds with decimals.
 */
export function parseMissedTrades(raw: unknown, from: UnixMs): Parsed<MissedTrades> {
  const rows = rowsOf(raw, 'trades');
  if (!rows.ok) return rows;
  const trades: { readonly time: number; readonly item: JsonObject }[] = [];
  for (const item of rows.value) {
    const time = msOfSeconds(item['create_time_ms']);
    if (!isPlausibleTime(time))
      return broken('bad-time', 'trades.create_time_ms', 'a time in seconds', item['create_time_ms']);
    trades.push({ time, item: { ...item, create_time_ms: time } });
  }
  trades.sort((a, b) => a.time - b.time);
  const [oldest] = trades;
  if (oldest === undefined) return parsed({ frames: [], from: Number.NaN });
  const result = trades.filter(({ time }) => time >= from).map(({ item }) => item);
  const frame = JSON.stringify({
    time_ms: trades.at(-1)!.time,
    channel: 'futures.trades',
    event: 'update',
    result,
  });
  return parsed({ frames: result.length === 0 ? [] : [frame], from: Math.max(oldest.time, from) });
}

/** `spot/time`: the venue's time. */
export function parseTime(raw: unknown): Parsed<UnixMs> {
  const time = isObject(raw) ? raw['server_time'] : undefined;
  return isPlausibleTime(time)
    ? parsed(time as UnixMs)
    : broken('bad-time', 'time.server_time', 'a time in milliseconds', time);
}

type At = Pick<OpenInterest, 'eventTime' | 'seenTime'>;

function statsOf<Event extends At>(
  raw: unknown,
  read: (row: WireStats, at: At) => Parsed<readonly Event[]>,
): Parsed<readonly Event[]> {
  const rows = rowsOf(raw, 'contract_stats');
  if (!rows.ok) return rows;
  const events: Event[] = [];
  for (const item of rows.value) {
    const row = item as unknown as WireStats;
    const time = msOfSeconds(row.time);
    if (!isPlausibleTime(time)) return broken('bad-time', 'contract_stats.time', 'a time in seconds', row.time);
    const found = read(row, { eventTime: time as UnixMs, seenTime: time as UnixMs });
    if (!found.ok) return found;
    events.push(...found.value);
  }
  return parsed(events.sort((a, b) => a.eventTime - b.eventTime));
}
