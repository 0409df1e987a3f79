import {
  parsed,
  type Bar,
  type BookDelta,
  type ContractSize,
  type DepthLevels,
  type DurationMs,
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
import { broken, decimalOf, isPlausibleTime, isSequence, ticksOf, type TickScale } from '../../wire-fields.js';
import type { WireAggTrade, WireDepthUpdate, WireForceOrder, WireKline, WireMarkPrice, WireTrade } from './wire.js';

/** What a parser has to know of a contract: its id and how its prices become ticks. */
export interface Contract {
  readonly id: InstrumentId;
  readonly scale: TickScale;
}

/** A depth update with the update ids that chain it to its neighbors. */
export interface SequencedDelta {
  /** Id of the first update inside. */
  readonly first: number;
  /** Id of the last update inside. */
  readonly last: number;
  /** `last` of the event before; undefined where the venue does not send it. */
  readonly previous: number | undefined;
  readonly delta: BookDelta;
}

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
  const size = decimalOf(raw.q);
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

/** Levels `[["price","size"], ...]` as two columns in the order sent. */
export function parseLevels(raw: unknown, field: string, contract: Contract): Parsed<DepthLevels> {
  if (!Array.isArray(raw)) return broken('bad-levels', field, 'a list of [price, size]', raw);
  const levels = raw as readonly unknown[];
  const ticks = new Float64Array(levels.length);
  const sizes = new Float64Array(levels.length);
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i];
    if (!Array.isArray(level)) return broken('bad-levels', `${field}[${i}]`, 'a pair [price, size]', level);
    const price = decimalOf(level[0]);
    const size = decimalOf(level[1]);
    if (!(price > 0)) return broken('bad-number', `${field}[${i}][0]`, 'a positive decimal', level[0]);
    if (!(size >= 0)) return broken('bad-number', `${field}[${i}][1]`, 'a decimal of at least 0', level[1]);
    const tick = ticksOf(price, contract.scale);
    if (Number.isNaN(tick)) return offTick(`${field}[${i}][0]`, contract, level[0]);
    ticks[i] = tick;
    sizes[i] = size;
  }
  return parsed({ ticks, sizes });
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
export function parseForceOrder(raw: WireForceOrder, instrument: InstrumentId, seenTime: UnixMs): Parsed<Liquidation> {
  const order = raw.o;
  const fill = decimalOf(order.ap);
  const hasFill = fill > 0;
  if (!hasFill && order.ap !== undefined && fill !== 0) {
    return broken('bad-number', 'forceOrder.o.ap', 'a decimal of at least 0', order.ap);
  }
  const price = hasFill ? fill : decimalOf(order.p);
  const size = decimalOf(order.z);
  if (!(price > 0)) return broken('bad-number', 'forceOrder.o.p', 'a positive decimal', order.p);
  if (!(size > 0)) return broken('bad-number', 'forceOrder.o.z', 'a positive decimal', order.z);
  if (order.S !== 'BUY' && order.S !== 'SELL') return broken('bad-side', 'forceOrder.o.S', 'BUY or SELL', order.S);
  if (!isPlausibleTime(order.T)) return broken('bad-time', 'forceOrder.o.T', 'a time in milliseconds', order.T);
  return parsed({
    kind: 'liquidation',
    instrument,
    eventTime: order.T as UnixMs,
    seenTime,
    positionSide: order.S === 'SELL' ? 'long' : 'short',
    price: price as Price,
    priceKind: hasFill ? 'fill' : 'order',
    size: size as ContractSize,
    completeness: 'throttled',
  });
}

/** A closed candle; undefined while it is still open. */
export function parseKline(raw: WireKline, instrument: InstrumentId, seenTime: UnixMs): Parsed<Bar | undefined> {
  const { k } = raw;
  if (typeof k.x !== 'boolean') return broken('bad-flag', 'kline.k.x', 'true or false', k.x);
  if (!k.x) return parsed(undefined);
  return barOf('kline.k', { start: k.t, end: k.T, o: k.o, h: k.h, l: k.l, c: k.c, v: k.v, V: k.V }, instrument, seenTime);
}

/** The fields of a candle, whatever the message they came in. */
export interface RawCandle {
  readonly start: unknown;
  /** Last millisecond inside. */
  readonly end: unknown;
  readonly o: unknown;
  readonly h: unknown;
  readonly l: unknown;
  readonly c: unknown;
}

/** Start, length and prices of a candle, checked. */
export interface CandlePrices {
  readonly closeTime: UnixMs;
  readonly durationMs: DurationMs;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
}

/** Checks times and prices of a candle: high is the highest, low the lowest. */
export function parseCandle(field: string, raw: RawCandle): Parsed<CandlePrices> {
  if (!isPlausibleTime(raw.start)) return broken('bad-time', `${field}.t`, 'a time in milliseconds', raw.start);
  if (!isPlausibleTime(raw.end) || raw.end < raw.start) {
    return broken('bad-time', `${field}.T`, 'a time in milliseconds after its start', raw.end);
  }
  const [open, high, low, close] = [raw.o, raw.h, raw.l, raw.c].map(decimalOf) as [number, number, number, number];
  if (!(open > 0)) return broken('bad-number', `${field}.o`, 'a positive decimal', raw.o);
  if (!(close > 0)) return broken('bad-number', `${field}.c`, 'a positive decimal', raw.c);
  if (!(high >= Math.max(open, close))) return broken('bad-number', `${field}.h`, 'the highest price', raw.h);
  if (!(low > 0 && low <= Math.min(open, close))) return broken('bad-number', `${field}.l`, 'the lowest price', raw.l);
  return parsed({
    closeTime: (raw.end + 1) as UnixMs,
    durationMs: (raw.end + 1 - raw.start) as DurationMs,
    open: open as Price,
    high: high as Price,
    low: low as Price,
    close: close as Price,
  });
}

/** A bar from the fields of a candle; `v` is its size, `V` what takers bought of it. Without `seenTime` the close is when it could be known. */
export function barOf(
  field: string,
  raw: RawCandle & { readonly v: unknown; readonly V: unknown },
  instrument: InstrumentId,
  seenTime?: UnixMs,
): Parsed<Bar> {
  const candle = parseCandle(field, raw);
  if (!candle.ok) return candle;
  const size = decimalOf(raw.v);
  const takerBuySize = decimalOf(raw.V);
  if (!(size >= 0)) return broken('bad-number', `${field}.v`, 'a decimal of at least 0', raw.v);
  if (!(takerBuySize >= 0 && takerBuySize <= size)) return broken('bad-number', `${field}.V`, 'between 0 and the size', raw.V);
  const { closeTime, ...prices } = candle.value;
  return parsed({
    kind: 'bar',
    instrument,
    eventTime: closeTime,
    seenTime: seenTime ?? closeTime,
    ...prices,
    size: size as ContractSize,
    takerBuySize: takerBuySize as ContractSize,
  });
}

function offTick(field: string, contract: Contract, raw: unknown): Parsed<never> {
  return broken('off-tick', field, `a multiple of the tick size ${contract.scale.tickSize}`, raw);
}
