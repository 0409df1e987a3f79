import {
  parsed,
  type ContractSize,
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
import type { SequencedDelta, SequencedSnapshot } from '../../book/sequenced.js';
import { contractSizeOf } from '../../contract-size.js';
import { broken, isPlausibleTime, isSequence, levelTicksOf, ticksOf, numberOf } from '../../wire-fields.js';
import type { Contract } from '../../wire-levels.js';
import { parseNumberLevels } from './number-fields.js';
import type { WireBookChange, WireBookSnapshot, WireTicker, WireTrade } from './wire.js';

/** Types of trades that did not meet in the book: blocks, and positions that were ended and handed on. */
const OFF_BOOK_TYPES: readonly unknown[] = ['block', 'termination', 'assignment'];

/** `book_snapshot`: the whole book. */
export function parseBookSnapshot(
  raw: WireBookSnapshot,
  contract: Contract,
  seenTime: UnixMs,
): Parsed<SequencedSnapshot> {
  const { seq, timestamp } = raw;
  if (!isSequence(seq)) return broken('bad-id', 'book_snapshot.seq', 'a non-negative integer', seq);
  if (!isPlausibleTime(timestamp))
    return broken('bad-time', 'book_snapshot.timestamp', 'a time in milliseconds', timestamp);
  const bids = parseNumberLevels(raw.bids, 'book_snapshot.bids', contract);
  if (!bids.ok) return bids;
  const asks = parseNumberLevels(raw.asks, 'book_snapshot.asks', contract);
  if (!asks.ok) return asks;
  const at = { instrument: contract.id, eventTime: timestamp as UnixMs, seenTime };
  return parsed({ lastSequence: seq, snapshot: { kind: 'book-snapshot', ...at, bids: bids.value, asks: asks.value } });
}

/** `book`: one changed level. */
export function parseBookChange(raw: WireBookChange, contract: Contract, seenTime: UnixMs): Parsed<SequencedDelta> {
  const { seq, timestamp, side } = raw;
  const [price, quantity] = [numberOf(raw.price), numberOf(raw.qty)];
  if (!isSequence(seq)) return broken('bad-id', 'book.seq', 'a non-negative integer', seq);
  if (!isPlausibleTime(timestamp)) return broken('bad-time', 'book.timestamp', 'a time in milliseconds', timestamp);
  if (side !== 'buy' && side !== 'sell') return broken('bad-side', 'book.side', 'buy or sell', side);
  if (!(price > 0)) return broken('bad-number', 'book.price', 'a positive number', raw.price);
  if (!(quantity >= 0)) return broken('bad-number', 'book.qty', 'a number of at least 0', raw.qty);
  const changed = {
    ticks: Float64Array.of(levelTicksOf(price, contract.scale)),
    sizes: Float64Array.of(contractSizeOf(quantity, contract.multiplier)),
  };
  const none = { ticks: new Float64Array(), sizes: new Float64Array() };
  const [bids, asks] = side === 'buy' ? [changed, none] : [none, changed];
  const at = { instrument: contract.id, eventTime: timestamp as UnixMs, seenTime };
  return parsed({ first: seq, last: seq, previous: undefined, delta: { kind: 'book-delta', ...at, bids, asks } });
}

/** A trade, and the liquidation it was where it was one. */
export type TradeReading = readonly [Trade] | readonly [Trade, Liquidation];

/**
 * `trade`; undefined for one that did not trade in the book: a block, or a position that was ended and handed on. Every liquidation
 * is a trade here, so the venue's liquidations are complete and their prices are where they traded; a taker who sold closed a long.
 */
export function parseTrade(raw: WireTrade, contract: Contract, seenTime: UnixMs): Parsed<TradeReading | undefined> {
  const { uid, side, type, time } = raw;
  if (typeof uid !== 'string' || uid === '') return broken('bad-id', 'trade.uid', 'a text', uid);
  if (!isPlausibleTime(time)) return broken('bad-time', 'trade.time', 'a time in milliseconds', time);
  if (side !== 'buy' && side !== 'sell') return broken('bad-side', 'trade.side', 'buy or sell', side);
  if (OFF_BOOK_TYPES.includes(type)) return parsed(undefined);
  if (type !== 'fill' && type !== 'liquidation') return broken('bad-type', 'trade.type', 'a known type', type);
  const amounts = parseAmounts(raw, contract);
  if (!amounts.ok) return amounts;
  const { price, priceTicks, size } = amounts.value;
  const at = { instrument: contract.id, eventTime: time as UnixMs, seenTime };
  const trade: Trade = { kind: 'trade', ...at, id: uid, priceTicks, size, takerSide: side };
  if (type === 'fill') return parsed([trade]);
  const positionSide = side === 'sell' ? 'long' : 'short';
  const how = { price, priceKind: 'fill', completeness: 'complete' } as const;
  return parsed([trade, { kind: 'liquidation', ...at, positionSide, size, ...how }]);
}

interface Amounts extends Pick<Trade, 'priceTicks' | 'size'> {
  readonly price: Price;
}

function parseAmounts(raw: WireTrade, contract: Contract): Parsed<Amounts> {
  const [price, quantity] = [numberOf(raw.price), numberOf(raw.qty)];
  if (!(price > 0)) return broken('bad-number', 'trade.price', 'a positive number', raw.price);
  if (!(quantity > 0)) return broken('bad-number', 'trade.qty', 'a positive number', raw.qty);
  const priceTicks = ticksOf(price, contract.scale);
  if (Number.isNaN(priceTicks))
    return broken('off-tick', 'trade.price', `a multiple of the tick size ${contract.scale.tickSize}`, raw.price);
  const size = contractSizeOf(quantity, contract.multiplier) as ContractSize;
  return parsed({ price: price as Price, priceTicks, size });
}

/** What a ticker says of mark, index, open interest (NaN where a contract's size is unknown) and funding. */
export function parseTicker(
  raw: WireTicker,
  contract: Contract,
  seenTime: UnixMs,
): Parsed<readonly (Mark | Index | OpenInterest | Funding)[]> {
  const { time } = raw;
  const [mark, index, interest] = [numberOf(raw.markPrice), numberOf(raw.index), numberOf(raw.openInterest)];
  if (!isPlausibleTime(time)) return broken('bad-time', 'ticker.time', 'a time in milliseconds', time);
  if (!(mark > 0)) return broken('bad-number', 'ticker.markPrice', 'a positive number', raw.markPrice);
  if (!(index > 0)) return broken('bad-number', 'ticker.index', 'a positive number', raw.index);
  if (!(interest >= 0)) return broken('bad-number', 'ticker.openInterest', 'a number of at least 0', raw.openInterest);
  const funding = parseFunding(raw);
  if (!funding.ok) return funding;
  const at = { instrument: contract.id, eventTime: time as UnixMs, seenTime };
  return parsed([
    { kind: 'mark', ...at, price: mark as Price },
    { kind: 'index', ...at, price: index as Price },
    { kind: 'open-interest', ...at, size: contractSizeOf(interest, contract.multiplier) as ContractSize },
    ...(funding.value === undefined ? [] : [{ kind: 'funding', ...at, ...funding.value } as const]),
  ]);
}

/** Funding; undefined for dated contracts, which name no next time. A rate that is absent is zero (documentation). */
function parseFunding(raw: WireTicker): Parsed<Pick<Funding, 'rate' | 'nextTime'> | undefined> {
  const { relative_funding_rate: sent, next_funding_rate_time: next } = raw;
  if (next === undefined) return parsed(undefined);
  const rate = sent === undefined ? 0 : numberOf(sent);
  if (Number.isNaN(rate)) return broken('bad-number', 'ticker.relative_funding_rate', 'a number', sent);
  if (!isPlausibleTime(next))
    return broken('bad-time', 'ticker.next_funding_rate_time', 'a time in milliseconds', next);
  return parsed({ rate: rate as Fraction, nextTime: next as UnixMs });
}
