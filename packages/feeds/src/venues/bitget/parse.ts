import {
  parsed,
  type ContractSize,
  type DepthLevels,
  type Fraction,
  type Funding,
  type Index,
  type Liquidation,
  type Mark,
  type OpenInterest,
  type Parsed,
  type Price,
  type Trade,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { contractSizeOf } from '../../contract-size.js';
import { broken, decimalOf, isPlausibleTime, isSequence, ticksOf, type JsonObject } from '../../wire-fields.js';
import { parseLevels, type Contract } from '../../wire-levels.js';
import type { TickerNames, TradeNames, WireNames } from './generations.js';
import type { WireBook, WireLiquidation } from './wire.js';

/** A book or a change of one, not yet chained. */
export interface BookPart {
  readonly eventTime: UnixMs;
  readonly bids: DepthLevels;
  readonly asks: DepthLevels;
  /** 0 where the venue sends none. */
  readonly checksum: number;
  /** The venue's number of the frame and of the one before it; undefined where it sends none. */
  readonly sequence: bigint | undefined;
  readonly previous: bigint | undefined;
}

/** A time in milliseconds, as text or, in v1's ticker, as number; NaN for anything else. */
export function timeOf(raw: unknown): number {
  const time = typeof raw === 'string' ? decimalOf(raw) : raw;
  return isPlausibleTime(time) ? time : Number.NaN;
}

/** A whole book or a change of one: one bad level spoils all of it, since a book with a hole is a wrong book. */
export function parseBook(
  raw: JsonObject,
  { bids: bidsName, asks: asksName }: WireNames,
  contract: Contract,
): Parsed<BookPart> {
  const { ts, checksum = 0, seq, pseq } = raw as unknown as WireBook;
  const time = timeOf(ts);
  if (Number.isNaN(time)) return broken('bad-time', 'books.ts', 'a time in milliseconds', ts);
  if (!Number.isInteger(checksum)) return broken('bad-number', 'books.checksum', 'an integer', checksum);
  const sequence = parseSequence('books.seq', seq);
  if (!sequence.ok) return sequence;
  const previous = parseSequence('books.pseq', pseq);
  if (!previous.ok) return previous;
  const bids = parseLevels(raw[bidsName], `books.${bidsName}`, contract);
  if (!bids.ok) return bids;
  const asks = parseLevels(raw[asksName], `books.${asksName}`, contract);
  if (!asks.ok) return asks;
  return parsed({
    eventTime: time as UnixMs,
    bids: bids.value,
    asks: asks.value,
    checksum: checksum as number,
    sequence: sequence.value,
    previous: previous.value,
  });
}

/** Trades of a frame. Where the venue sends no ids their fields stand for them, counted where several are alike. */
export function parseTrades(
  items: readonly unknown[],
  { trades, trade: names }: WireNames,
  contract: Contract,
  seenTime: UnixMs,
): Parsed<readonly Trade[]> {
  const result: Trade[] = [];
  const alike = new Map<string, number>();
  for (const item of items) {
    if (typeof item !== 'object' || item === null) return broken('bad-payload', `${trades}.data`, 'trades', item);
    const trade = parseTrade(item as Readonly<Record<string | number, unknown>>, trades, names, contract, seenTime);
    if (!trade.ok) return trade;
    const { id } = trade.value;
    const count = (alike.get(id) ?? 0) + 1;
    alike.set(id, count);
    result.push(names.id === undefined && count > 1 ? { ...trade.value, id: `${id} ${String(count)}` } : trade.value);
  }
  return parsed(result);
}

function parseTrade(
  raw: Readonly<Record<string | number, unknown>>,
  channel: string,
  names: TradeNames,
  contract: Contract,
  seenTime: UnixMs,
): Parsed<Trade> {
  const [time, price, side] = [timeOf(raw[names.time]), decimalOf(raw[names.price]), raw[names.side]];
  const size = contractSizeOf(decimalOf(raw[names.size]), contract.multiplier);
  const place = (name: keyof TradeNames): string => `${channel}.${String(names[name])}`;
  const id = names.id === undefined ? [time, raw[names.price], raw[names.size], side].join(' ') : raw[names.id];
  if (typeof id !== 'string' || id === '') return broken('bad-id', place('id'), 'a text', id);
  if (Number.isNaN(time)) return broken('bad-time', place('time'), 'a time in milliseconds', raw[names.time]);
  if (!(price > 0)) return broken('bad-number', place('price'), 'a positive decimal', raw[names.price]);
  if (!(size > 0)) return broken('bad-number', place('size'), 'a positive decimal', raw[names.size]);
  if (side !== 'buy' && side !== 'sell') return broken('bad-side', place('side'), 'buy or sell', side);
  const priceTicks = ticksOf(price, contract.scale);
  if (Number.isNaN(priceTicks))
    return broken(
      'off-tick',
      place('price'),
      `a multiple of the tick size ${contract.scale.tickSize}`,
      raw[names.price],
    );
  const at = { instrument: contract.id, eventTime: time as UnixMs, seenTime };
  return parsed({ kind: 'trade', ...at, id, priceTicks, size: size as ContractSize, takerSide: side });
}

/** What a ticker says of mark, index, open interest in coin, and funding. `sentAt` is the frame's time, for those that have no other. */
export function parseTicker(
  raw: JsonObject,
  names: TickerNames,
  sentAt: unknown,
  contract: Contract,
  seenTime: UnixMs,
): Parsed<readonly (Mark | Index | OpenInterest | Funding)[]> {
  const sent = names.time === undefined ? sentAt : raw[names.time];
  const time = timeOf(sent);
  const [mark, index] = [decimalOf(raw[names.mark]), decimalOf(raw[names.index])];
  const interest = contractSizeOf(decimalOf(raw[names.interest]), contract.multiplier);
  if (Number.isNaN(time))
    return broken('bad-time', `ticker.${names.time ?? 'frame.ts'}`, 'a time in milliseconds', sent);
  if (!(mark > 0)) return broken('bad-number', `ticker.${names.mark}`, 'a positive decimal', raw[names.mark]);
  if (!(index > 0)) return broken('bad-number', `ticker.${names.index}`, 'a positive decimal', raw[names.index]);
  if (!(interest >= 0))
    return broken('bad-number', `ticker.${names.interest}`, 'a decimal of at least 0', raw[names.interest]);
  const funding = parseFunding(raw[names.rate], raw[names.next], names);
  if (!funding.ok) return funding;
  const at = { instrument: contract.id, eventTime: time as UnixMs, seenTime };
  return parsed([
    { kind: 'mark', ...at, price: mark as Price },
    { kind: 'index', ...at, price: index as Price },
    { kind: 'open-interest', ...at, size: interest as ContractSize },
    ...(funding.value === undefined ? [] : [{ kind: 'funding', ...at, ...funding.value } as const]),
  ]);
}

/** Funding; undefined for contracts that are delivered, whose next time is empty or "0". */
function parseFunding(
  rawRate: unknown,
  next: unknown,
  names: TickerNames,
): Parsed<Pick<Funding, 'rate' | 'nextTime'> | undefined> {
  if (next === '' || next === '0') return parsed(undefined);
  const [rate, nextTime] = [decimalOf(rawRate), timeOf(next)];
  if (Number.isNaN(rate)) return broken('bad-number', `ticker.${names.rate}`, 'a decimal', rawRate);
  if (Number.isNaN(nextTime)) return broken('bad-time', `ticker.${names.next}`, 'a time in milliseconds', next);
  return parsed({ rate: rate as Fraction, nextTime: nextTime as UnixMs });
}

/**
 * A liquidation. The side is the position's, the amount is in quote coin, so that the size in coin is amount / price. At most the largest
 * of each side comes a second.
 */
export function parseLiquidation(raw: WireLiquidation, contract: Contract, seenTime: UnixMs): Parsed<Liquidation> {
  const { side } = raw;
  const [price, amount, time] = [decimalOf(raw.price), decimalOf(raw.amount), timeOf(raw.ts)];
  if (!(price > 0)) return broken('bad-number', 'liquidation.price', 'a positive decimal', raw.price);
  if (!(amount > 0)) return broken('bad-number', 'liquidation.amount', 'a positive decimal', raw.amount);
  if (side !== 'buy' && side !== 'sell') return broken('bad-side', 'liquidation.side', 'buy or sell', side);
  if (Number.isNaN(time)) return broken('bad-time', 'liquidation.ts', 'a time in milliseconds', raw.ts);
  return parsed({
    kind: 'liquidation',
    instrument: contract.id,
    eventTime: time as UnixMs,
    seenTime,
    positionSide: side === 'buy' ? 'long' : 'short',
    price: price as Price,
    priceKind: 'order',
    size: (amount / price) as ContractSize,
    completeness: 'throttled',
  });
}

/** A number of the venue's that may be too long for a double, and is a text where it is. */
function parseSequence(field: string, raw: unknown): Parsed<bigint | undefined> {
  if (raw === undefined) return parsed(undefined);
  const isText = typeof raw === 'string' && /^\d+$/.test(raw);
  return isText || isSequence(raw) ? parsed(BigInt(raw)) : broken('bad-id', field, 'a non-negative integer', raw);
}
