import {
  parsed,
  type ContractSize,
  type Fraction,
  type Funding,
  type Index,
  type InstrumentId,
  type Liquidation,
  type Mark,
  type Parsed,
  type Price,
  type TakerSide,
  type Trade,
  type UnixMs,
} from '@liquidation-heatmap/core';
import type { SequencedDelta } from '../../book/sequenced.js';
import { contractSizeOf } from '../../contract-size.js';
import { broken, decimalOf, isPlausibleTime, isSequence, levelTicksOf, ticksOf } from '../../wire-fields.js';
import { parseLevels, type Contract } from '../../wire-levels.js';
import type {
  WireAggTrade,
  WireBookTicker,
  WireDepthUpdate,
  WireForceOrder,
  WireMarkPrice,
  WireTrade,
} from './wire.js';

/** Kinds of execution that did not happen in the book: they move no price and are left out (tardis-node does the same). */
const OFF_BOOK: readonly unknown[] = ['INSURANCE_FUND', 'ADL', 'NA'];

/** A trade of the `aggTrade` stream; its id is the aggregate's. */
export function parseAggTrade(raw: WireAggTrade, contract: Contract, seenTime: UnixMs): Parsed<Trade> {
  return tradeOf('aggTrade', 'a', raw.a, raw, contract, seenTime);
}

/** A trade of the `trade` stream; undefined when it did not trade in the book. */
export function parseTrade(raw: WireTrade, contract: Contract, seenTime: UnixMs): Parsed<Trade | undefined> {
  if (OFF_BOOK.includes(raw.X)) return parsed(undefined);
  return tradeOf('trade', 't', raw.t, raw, contract, seenTime);
}

function tradeOf(
  stream: string,
  idField: string,
  id: unknown,
  raw: WireAggTrade | WireTrade,
  contract: Contract,
  seenTime: UnixMs,
): Parsed<Trade> {
  const price = decimalOf(raw.p);
  const size = contractSizeOf(decimalOf(raw.q), contract.multiplier);
  if (!isSequence(id)) return broken('bad-id', `${stream}.${idField}`, 'a non-negative integer', id);
  if (!(price > 0)) return broken('bad-number', `${stream}.p`, 'a positive decimal', raw.p);
  if (!(size > 0)) return broken('bad-number', `${stream}.q`, 'a positive decimal', raw.q);
  if (!isPlausibleTime(raw.T)) return broken('bad-time', `${stream}.T`, 'a time in milliseconds', raw.T);
  if (typeof raw.m !== 'boolean') return broken('bad-side', `${stream}.m`, 'true or false', raw.m);
  const priceTicks = ticksOf(price, contract.scale);
  if (Number.isNaN(priceTicks)) return offTick(`${stream}.p`, contract, raw.p);
  const takerSide: TakerSide = raw.m ? 'sell' : 'buy';
  return parsed({
    kind: 'trade',
    instrument: contract.id,
    eventTime: raw.T as UnixMs,
    seenTime,
    id: String(id),
    priceTicks,
    size: size as ContractSize,
    takerSide,
  });
}

/** A depth update: one bad level spoils the whole event, since a book with a hole is a wrong book. */
export function parseDepthUpdate(raw: WireDepthUpdate, contract: Contract, seenTime: UnixMs): Parsed<SequencedDelta> {
  if (!isSequence(raw.U)) return broken('bad-id', 'depthUpdate.U', 'a non-negative integer', raw.U);
  if (!isSequence(raw.u)) return broken('bad-id', 'depthUpdate.u', 'a non-negative integer', raw.u);
  if (!isSequence(raw.pu)) return broken('bad-id', 'depthUpdate.pu', 'a non-negative integer', raw.pu);
  if (!isPlausibleTime(raw.T)) return broken('bad-time', 'depthUpdate.T', 'a time in milliseconds', raw.T);
  const bids = parseLevels(raw.b, 'depthUpdate.b', contract);
  if (!bids.ok) return bids;
  const asks = parseLevels(raw.a, 'depthUpdate.a', contract);
  if (!asks.ok) return asks;
  return parsed({
    first: raw.U,
    last: raw.u,
    previous: raw.pu,
    delta: {
      kind: 'book-delta',
      instrument: contract.id,
      eventTime: raw.T as UnixMs,
      seenTime,
      bids: bids.value,
      asks: asks.value,
    },
  });
}

/** Mark, index and, where the contract has funding, funding. Delivery contracts send an empty `r` or a zero `T`. */
export function parseMarkPrice(
  raw: WireMarkPrice,
  instrument: InstrumentId,
  seenTime: UnixMs,
): Parsed<readonly (Mark | Index | Funding)[]> {
  const mark = decimalOf(raw.p);
  const index = decimalOf(raw.i);
  if (!isPlausibleTime(raw.E)) return broken('bad-time', 'markPriceUpdate.E', 'a time in milliseconds', raw.E);
  if (!(mark > 0)) return broken('bad-number', 'markPriceUpdate.p', 'a positive decimal', raw.p);
  if (!(index > 0)) return broken('bad-number', 'markPriceUpdate.i', 'a positive decimal', raw.i);
  const at = { instrument, eventTime: raw.E as UnixMs, seenTime };
  const prices = [
    { kind: 'mark', ...at, price: mark as Price },
    { kind: 'index', ...at, price: index as Price },
  ] as const;
  if (raw.r === '' || raw.T === 0) return parsed(prices);
  const rate = decimalOf(raw.r);
  if (Number.isNaN(rate)) return broken('bad-number', 'markPriceUpdate.r', 'a decimal or empty', raw.r);
  if (!isPlausibleTime(raw.T)) return broken('bad-time', 'markPriceUpdate.T', 'a time in milliseconds or 0', raw.T);
  return parsed([...prices, { kind: 'funding', ...at, rate: rate as Fraction, nextTime: raw.T as UnixMs }]);
}

/**
 * A forced order. The side is the order's, so a sell closed a long. The size is `z`, all that was filled (`l` is the last slice).
 * The price is `ap`, where it traded; an order whose `ap` is absent or zero (none recorded) falls back to its limit `p`,
 * which lies about 1.4 % beyond the fill, and says so as `priceKind: 'order'`.
 */
export function parseForceOrder(raw: WireForceOrder, contract: Contract, seenTime: UnixMs): Parsed<Liquidation> {
  const order = raw.o;
  const fill = decimalOf(order.ap);
  const hasFill = fill > 0;
  if (!hasFill && order.ap !== undefined && fill !== 0) {
    return broken('bad-number', 'forceOrder.o.ap', 'a decimal of at least 0', order.ap);
  }
  const price = hasFill ? fill : decimalOf(order.p);
  const size = contractSizeOf(decimalOf(order.z), contract.multiplier);
  if (!(price > 0)) return broken('bad-number', 'forceOrder.o.p', 'a positive decimal', order.p);
  if (!(size > 0)) return broken('bad-number', 'forceOrder.o.z', 'a positive decimal', order.z);
  if (order.S !== 'BUY' && order.S !== 'SELL') return broken('bad-side', 'forceOrder.o.S', 'BUY or SELL', order.S);
  if (!isPlausibleTime(order.T)) return broken('bad-time', 'forceOrder.o.T', 'a time in milliseconds', order.T);
  return parsed({
    kind: 'liquidation',
    instrument: contract.id,
    eventTime: order.T as UnixMs,
    seenTime,
    positionSide: order.S === 'SELL' ? 'long' : 'short',
    price: price as Price,
    priceKind: hasFill ? 'fill' : 'order',
    size: size as ContractSize,
    completeness: 'throttled',
  });
}

/** Best prices and sizes at one update id. */
export interface Quote {
  readonly sequence: number;
  readonly bidTicks: number;
  readonly bidSize: number;
  readonly askTicks: number;
  readonly askSize: number;
}

/** `bookTicker`: checked and counted, used only to check the book; the depth stream says the same and more. */
export function parseBookTicker(raw: WireBookTicker, contract: Contract): Parsed<Quote> {
  const [bid, bidSize, ask, askSize] = [raw.b, raw.B, raw.a, raw.A].map(decimalOf) as [number, number, number, number];
  if (!isSequence(raw.u)) return broken('bad-id', 'bookTicker.u', 'a non-negative integer', raw.u);
  if (!(bid > 0)) return broken('bad-number', 'bookTicker.b', 'a positive decimal', raw.b);
  if (!(ask > 0)) return broken('bad-number', 'bookTicker.a', 'a positive decimal', raw.a);
  if (!(bidSize >= 0)) return broken('bad-number', 'bookTicker.B', 'a decimal of at least 0', raw.B);
  if (!(askSize >= 0)) return broken('bad-number', 'bookTicker.A', 'a decimal of at least 0', raw.A);
  return parsed({
    sequence: raw.u,
    bidTicks: levelTicksOf(bid, contract.scale),
    bidSize: contractSizeOf(bidSize, contract.multiplier),
    askTicks: levelTicksOf(ask, contract.scale),
    askSize: contractSizeOf(askSize, contract.multiplier),
  });
}

function offTick(field: string, contract: Contract, raw: unknown): Parsed<never> {
  return broken('off-tick', field, `a multiple of the tick size ${contract.scale.tickSize}`, raw);
}
