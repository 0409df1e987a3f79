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
  type PositionSide,
  type Price,
  type Trade,
  type UnixMs,
} from '@liquidation-heatmap/core';
import type { SequencedDelta, SequencedSnapshot } from '../../book/sequenced.js';
import { contractSizeOf } from '../../contract-size.js';
import { broken, isPlausibleTime, isSequence, ticksOf, numberOf } from '../../wire-fields.js';
import type { Contract } from '../../wire-levels.js';
import { parseRows } from './number-fields.js';
import type { WireBook, WireTicker, WireTrade } from './wire.js';

/** Who of a trade was liquidated. A taker who sold closed a long, and so did a maker who sold to a taker who bought. */
const LIQUIDATED: Readonly<Record<string, Readonly<Record<Trade['takerSide'], readonly PositionSide[]>>>> = {
  T: { sell: ['long'], buy: ['short'] },
  M: { sell: ['short'], buy: ['long'] },
  MT: { sell: ['long', 'short'], buy: ['short', 'long'] },
};

/** `book`: a whole one, or what changed since the frame before. */
export function parseBook(
  raw: WireBook,
  contract: Contract,
  seenTime: UnixMs,
): Parsed<SequencedSnapshot | SequencedDelta> {
  const { type, timestamp, change_id: id, prev_change_id: previous } = raw;
  if (type !== 'snapshot' && type !== 'change') return broken('bad-type', 'book.type', 'snapshot or change', type);
  if (!isPlausibleTime(timestamp)) return broken('bad-time', 'book.timestamp', 'a time in milliseconds', timestamp);
  if (!isSequence(id)) return broken('bad-id', 'book.change_id', 'a non-negative integer', id);
  const bids = parseRows(raw.bids, 'book.bids', contract);
  if (!bids.ok) return bids;
  const asks = parseRows(raw.asks, 'book.asks', contract);
  if (!asks.ok) return asks;
  const at = { instrument: contract.id, eventTime: timestamp as UnixMs, seenTime };
  const levels = { bids: bids.value, asks: asks.value };
  if (type === 'snapshot') return parsed({ lastSequence: id, snapshot: { kind: 'book-snapshot', ...at, ...levels } });
  if (!isSequence(previous)) return broken('bad-id', 'book.prev_change_id', 'a non-negative integer', previous);
  return parsed({ first: id, last: id, previous, delta: { kind: 'book-delta', ...at, ...levels } });
}

/** A trade, and the one or two liquidations it was where it was one. */
export type TradeReading = readonly [Trade, ...Liquidation[]];

/**
 * One of `trades`; undefined for a block trade, which did not meet in the book and moves no price. Every liquidation is a trade here,
 * so the venue's liquidations are complete and their prices are where they traded.
 */
export function parseTrade(raw: WireTrade, contract: Contract, seenTime: UnixMs): Parsed<TradeReading | undefined> {
  const { trade_id: id, timestamp, direction, liquidation } = raw;
  if (typeof id !== 'string' || id === '') return broken('bad-id', 'trades.trade_id', 'a text', id);
  if (!isPlausibleTime(timestamp)) return broken('bad-time', 'trades.timestamp', 'a time in milliseconds', timestamp);
  if (direction !== 'buy' && direction !== 'sell')
    return broken('bad-side', 'trades.direction', 'buy or sell', direction);
  if (raw.block_trade_id !== undefined) return parsed(undefined);
  const amounts = parseAmounts(raw, contract);
  if (!amounts.ok) return amounts;
  const sides = liquidatedSides(liquidation, direction);
  if (sides === undefined) return broken('bad-flag', 'trades.liquidation', 'T, M or MT', liquidation);
  const { price, priceTicks, size } = amounts.value;
  const at = { instrument: contract.id, eventTime: timestamp as UnixMs, seenTime };
  const how = { price, priceKind: 'fill', size, completeness: 'complete' } as const;
  return parsed([
    { kind: 'trade', ...at, id, priceTicks, size, takerSide: direction },
    ...sides.map((positionSide): Liquidation => ({ kind: 'liquidation', ...at, positionSide, ...how })),
  ]);
}

/** Sides of the positions that a trade liquidated; undefined where its flag is none that is known. */
function liquidatedSides(flag: unknown, direction: Trade['takerSide']): readonly PositionSide[] | undefined {
  if (flag === undefined) return [];
  return typeof flag === 'string' && Object.hasOwn(LIQUIDATED, flag) ? LIQUIDATED[flag]?.[direction] : undefined;
}

interface Amounts extends Pick<Trade, 'priceTicks' | 'size'> {
  readonly price: Price;
}

function parseAmounts(raw: WireTrade, contract: Contract): Parsed<Amounts> {
  const [price, amount] = [numberOf(raw.price), numberOf(raw.amount)];
  if (!(price > 0)) return broken('bad-number', 'trades.price', 'a positive number', raw.price);
  if (!(amount > 0)) return broken('bad-number', 'trades.amount', 'a positive number', raw.amount);
  const priceTicks = ticksOf(price, contract.scale);
  if (Number.isNaN(priceTicks))
    return broken('off-tick', 'trades.price', `a multiple of the tick size ${contract.scale.tickSize}`, raw.price);
  const size = contractSizeOf(amount, contract.multiplier) as ContractSize;
  return parsed({ price: price as Price, priceTicks, size });
}

/** What a ticker says of mark, index, open interest (NaN where a contract's unit is unknown) and, for a perpetual, funding. */
export function parseTicker(
  raw: WireTicker,
  contract: Contract,
  seenTime: UnixMs,
): Parsed<readonly (Mark | Index | OpenInterest | Funding)[]> {
  const { timestamp, current_funding: rate } = raw;
  const [mark, index, interest] = [numberOf(raw.mark_price), numberOf(raw.index_price), numberOf(raw.open_interest)];
  if (!isPlausibleTime(timestamp)) return broken('bad-time', 'ticker.timestamp', 'a time in milliseconds', timestamp);
  if (!(mark > 0)) return broken('bad-number', 'ticker.mark_price', 'a positive number', raw.mark_price);
  if (!(index > 0)) return broken('bad-number', 'ticker.index_price', 'a positive number', raw.index_price);
  if (!(interest >= 0))
    return broken('bad-number', 'ticker.open_interest', 'a number of at least 0', raw.open_interest);
  if (rate !== undefined && Number.isNaN(numberOf(rate)))
    return broken('bad-number', 'ticker.current_funding', 'a number', rate);
  const at = { instrument: contract.id, eventTime: timestamp as UnixMs, seenTime };
  return parsed([
    { kind: 'mark', ...at, price: mark as Price },
    { kind: 'index', ...at, price: index as Price },
    { kind: 'open-interest', ...at, size: contractSizeOf(interest, contract.multiplier) as ContractSize },
    ...(rate === undefined ? [] : [{ kind: 'funding', ...at, rate: rate as Fraction, nextTime: undefined } as const]),
  ]);
}
