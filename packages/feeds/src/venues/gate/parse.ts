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
import { broken, decimalOf, isPlausibleTime, isSequence, ticksOf } from '../../wire-fields.js';
import type { Contract } from '../../wire-levels.js';
import { contractsOf, msOfSeconds, parseObjectLevels } from './number-fields.js';
import type { WireBookSnapshot, WireBookUpdate, WireLiquidation, WireTicker, WireTrade } from './wire.js';

/** `futures.order_book_update`: one bad level spoils the whole frame, since a book with a hole is a wrong book. */
export function parseBookUpdate(raw: WireBookUpdate, contract: Contract, seenTime: UnixMs): Parsed<SequencedDelta> {
  const { U: first, u: last, t } = raw;
  if (!isSequence(first)) return broken('bad-id', 'order_book_update.U', 'a non-negative integer', first);
  if (!isSequence(last) || last < first)
    return broken('bad-id', 'order_book_update.u', 'an integer of at least U', last);
  if (!isPlausibleTime(t)) return broken('bad-time', 'order_book_update.t', 'a time in milliseconds', t);
  const bids = parseObjectLevels(raw.b, 'order_book_update.b', contract);
  if (!bids.ok) return bids;
  const asks = parseObjectLevels(raw.a, 'order_book_update.a', contract);
  if (!asks.ok) return asks;
  const at = { instrument: contract.id, eventTime: t as UnixMs, seenTime };
  const delta = { kind: 'book-delta', ...at, bids: bids.value, asks: asks.value } as const;
  return parsed({ first, last, previous: undefined, delta });
}

/** `order_book?with_id=true`: the whole book. */
export function parseBookSnapshot(
  raw: WireBookSnapshot,
  contract: Contract,
  seenTime: UnixMs,
): Parsed<SequencedSnapshot> {
  const time = msOfSeconds(raw.update);
  if (!isSequence(raw.id)) return broken('bad-id', 'order_book.id', 'a non-negative integer', raw.id);
  if (!isPlausibleTime(time)) return broken('bad-time', 'order_book.update', 'a time in seconds', raw.update);
  const bids = parseObjectLevels(raw.bids, 'order_book.bids', contract);
  if (!bids.ok) return bids;
  const asks = parseObjectLevels(raw.asks, 'order_book.asks', contract);
  if (!asks.ok) return asks;
  const at = { instrument: contract.id, eventTime: time as UnixMs, seenTime };
  const snapshot = { kind: 'book-snapshot', ...at, bids: bids.value, asks: asks.value } as const;
  return parsed({ lastSequence: raw.id, snapshot });
}

/** One trade; undefined for a position that was taken over, which is no trade of the book and moves no price. */
export function parseTrade(raw: WireTrade, contract: Contract, seenTime: UnixMs): Parsed<Trade | undefined> {
  const { id, create_time_ms: time } = raw;
  const [price, contracts] = [decimalOf(raw.price), contractsOf(raw.size)];
  if (!isSequence(id)) return broken('bad-id', 'trades.id', 'a non-negative integer', id);
  if (!(price > 0)) return broken('bad-number', 'trades.price', 'a positive decimal', raw.price);
  if (!(Math.abs(contracts) > 0)) return broken('bad-number', 'trades.size', 'a number other than 0', raw.size);
  if (!isPlausibleTime(time)) return broken('bad-time', 'trades.create_time_ms', 'a time in milliseconds', time);
  if (raw.is_internal === true) return parsed(undefined);
  const priceTicks = ticksOf(price, contract.scale);
  if (Number.isNaN(priceTicks))
    return broken('off-tick', 'trades.price', `a multiple of the tick size ${contract.scale.tickSize}`, raw.price);
  return parsed({
    kind: 'trade',
    instrument: contract.id,
    eventTime: time as UnixMs,
    seenTime,
    id: String(id),
    priceTicks,
    size: contractSizeOf(Math.abs(contracts), contract.multiplier) as ContractSize,
    takerSide: contracts > 0 ? 'buy' : 'sell',
  });
}

/** What a ticker says of mark, index, open interest (NaN where a contract's size is unknown) and funding. `sentAt` is the frame's time. */
export function parseTicker(
  raw: WireTicker,
  sentAt: unknown,
  contract: Contract,
  seenTime: UnixMs,
): Parsed<readonly (Mark | Index | OpenInterest | Funding)[]> {
  const [mark, index, rate] = [raw.mark_price, raw.index_price, raw.funding_rate].map(decimalOf) as [
    number,
    number,
    number,
  ];
  const interest = contractsOf(raw.total_size);
  const next = raw.funding_next_apply === undefined ? undefined : msOfSeconds(raw.funding_next_apply);
  if (!isPlausibleTime(sentAt)) return broken('bad-time', 'tickers.time_ms', 'a time in milliseconds', sentAt);
  if (!(mark > 0)) return broken('bad-number', 'tickers.mark_price', 'a positive decimal', raw.mark_price);
  if (!(index > 0)) return broken('bad-number', 'tickers.index_price', 'a positive decimal', raw.index_price);
  if (!(interest >= 0)) return broken('bad-number', 'tickers.total_size', 'a number of at least 0', raw.total_size);
  if (Number.isNaN(rate)) return broken('bad-number', 'tickers.funding_rate', 'a decimal', raw.funding_rate);
  if (next !== undefined && !isPlausibleTime(next))
    return broken('bad-time', 'tickers.funding_next_apply', 'a time in seconds', raw.funding_next_apply);
  const at = { instrument: contract.id, eventTime: sentAt as UnixMs, seenTime };
  return parsed([
    { kind: 'mark', ...at, price: mark as Price },
    { kind: 'index', ...at, price: index as Price },
    { kind: 'open-interest', ...at, size: contractSizeOf(interest, contract.multiplier) as ContractSize },
    { kind: 'funding', ...at, rate: rate as Fraction, nextTime: next as UnixMs | undefined },
  ]);
}

/**
 * A liquidation as the socket tells it. The sign is the order's, so a size below 0 closed a long (the venue's REST list has it the other
 * way round). Until 2026-08 one order a second and contract came at most, so that they count as a lower bound.
 */
export function parseLiquidation(raw: WireLiquidation, contract: Contract, seenTime: UnixMs): Parsed<Liquidation> {
  const [price, contracts] = [decimalOf(raw.price), contractsOf(raw.size)];
  if (!(price > 0)) return broken('bad-number', 'public_liquidates.price', 'a positive decimal', raw.price);
  if (!(Math.abs(contracts) > 0))
    return broken('bad-number', 'public_liquidates.size', 'a number other than 0', raw.size);
  if (!isPlausibleTime(raw.time))
    return broken('bad-time', 'public_liquidates.time', 'a time in milliseconds', raw.time);
  return parsed({
    kind: 'liquidation',
    instrument: contract.id,
    eventTime: raw.time as UnixMs,
    seenTime,
    positionSide: contracts < 0 ? 'long' : 'short',
    price: price as Price,
    priceKind: 'order',
    size: contractSizeOf(Math.abs(contracts), contract.multiplier) as ContractSize,
    completeness: 'partial',
  });
}
