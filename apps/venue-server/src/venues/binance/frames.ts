import type { VenueBar } from '../../market/minute-bars.js';
import type { InstrumentMarket, VenueLiquidation, VenueTrade } from '../../market/instrument-market.js';
import type { Level } from '../../market/ladder.js';
import type { Listing } from '../../market/listing.js';

/** Ids of the wire begin here, so that they have as many digits as the venue's. */
export const FIRST_AGGREGATE_ID = 3_478_000_000;
const FIRST_TRADE_ID = 8_154_000_000;
/** How far the limit price of a forced order lies behind its average fill; in the recorded frames 0.5 to 2 %. */
const LIMIT_DISTANCE = 0.01;
/** Share of a forced order that its last slice filled; in 4 of 5 recorded frames `l` is less than `z`. */
const LAST_SLICE = 0.4;

/** A price as this venue writes it. */
export function priceText({ priceDecimals }: Listing, price: number): string {
  return price.toFixed(priceDecimals);
}

/** A size as this venue writes it. */
export function sizeText({ sizeStep }: Listing, size: number): string {
  return size.toFixed(sizeStep.decimals);
}

/** A level on the wire: price and size; size 0 deletes. */
export type LevelRow = readonly [price: string, size: string];

/** Levels as rows of the wire. */
export function levelRows(listing: Listing, levels: readonly Level[]): LevelRow[] {
  const { tick, sizeStep } = listing;
  return levels.map(({ ticks, size }) => [
    priceText(listing, ticks * tick.value),
    sizeText(listing, size * sizeStep.value),
  ]);
}

/** One frame of `@depth`: everything that changed since the one before. */
export function depthUpdate(
  listing: Listing,
  time: number,
  ids: { readonly first: number; readonly last: number; readonly previous: number },
  change: { readonly bids: readonly LevelRow[]; readonly asks: readonly LevelRow[] },
): object {
  return {
    e: 'depthUpdate',
    E: time,
    T: time,
    s: listing.ownSymbol,
    U: ids.first,
    u: ids.last,
    pu: ids.previous,
    b: change.bids,
    a: change.asks,
  };
}

/** One frame of `@aggTrade`. `m` says that the buyer was the maker, so the taker sold. */
export function aggTrade(listing: Listing, trade: VenueTrade, seen: number, matched: number): object {
  const size = sizeText(listing, trade.size);
  const id = FIRST_TRADE_ID + trade.id;
  return {
    e: 'aggTrade',
    E: seen,
    a: FIRST_AGGREGATE_ID + trade.id,
    s: listing.ownSymbol,
    p: priceText(listing, trade.price),
    q: size,
    nq: size,
    f: id,
    l: id,
    T: matched,
    m: trade.takerSide === 'sell',
    st: 1,
  };
}

/** One frame of the undocumented `@trade`. */
export function singleTrade(listing: Listing, trade: VenueTrade, seen: number, matched: number): object {
  return {
    e: 'trade',
    E: seen,
    T: matched,
    s: listing.ownSymbol,
    t: FIRST_TRADE_ID + trade.id,
    p: priceText(listing, trade.price),
    q: sizeText(listing, trade.size),
    X: 'MARKET',
    m: trade.takerSide === 'sell',
  };
}

/** One row of `aggTrades`. */
export function aggTradeRow(listing: Listing, trade: VenueTrade, matched: number): object {
  const id = FIRST_TRADE_ID + trade.id;
  return {
    a: FIRST_AGGREGATE_ID + trade.id,
    p: priceText(listing, trade.price),
    q: sizeText(listing, trade.size),
    f: id,
    l: id,
    T: matched,
    m: trade.takerSide === 'sell',
  };
}

/** One frame of `@markPrice`; both prices have eight decimals whatever the tick size is. */
export function markPriceUpdate(market: InstrumentMarket, time: number, nextFunding: number): object {
  return {
    e: 'markPriceUpdate',
    E: time,
    s: market.listing.ownSymbol,
    p: market.mark.toFixed(8),
    i: market.index.toFixed(8),
    P: market.index.toFixed(8),
    r: market.fundingRate.toFixed(8),
    T: nextFunding,
  };
}

/** One frame of `@forceOrder`: `S` is the side of the order, so a liquidated long sells; `p` is its limit, `ap` its average fill. */
export function forceOrder(listing: Listing, print: VenueLiquidation, seen: number, matched: number): object {
  const { positionSide, fillPrice } = print;
  const size = sizeText(listing, print.size);
  const limit = fillPrice * (1 + (positionSide === 'long' ? -1 : 1) * LIMIT_DISTANCE);
  const slice = Math.max(listing.sizeStep.value, print.size * LAST_SLICE);
  return {
    e: 'forceOrder',
    E: seen,
    o: {
      s: listing.ownSymbol,
      S: positionSide === 'long' ? 'SELL' : 'BUY',
      o: 'LIMIT',
      f: 'IOC',
      q: size,
      p: priceText(listing, limit),
      ap: priceText(listing, fillPrice),
      X: 'FILLED',
      l: sizeText(listing, Math.min(print.size, slice)),
      z: size,
      T: matched,
      ps: listing.ownSymbol,
      st: 1,
    },
  };
}

/** One frame of `@bookTicker`. */
export function bookTicker(market: InstrumentMarket, time: number): object {
  const { listing, book } = market;
  const [[bid, bidSize], [ask, askSize]] = [
    levelRows(listing, book.bids.levels(1))[0]!,
    levelRows(listing, book.asks.levels(1))[0]!,
  ];
  return {
    e: 'bookTicker',
    u: market.updateId,
    s: listing.ownSymbol,
    ps: listing.ownSymbol,
    b: bid,
    B: bidSize,
    a: ask,
    A: askSize,
    T: time,
    E: time,
    st: 1,
  };
}

/** One frame of `@kline_1m`; `x` says that the candle is closed. */
export function kline(
  listing: Listing,
  name: string,
  bar: VenueBar,
  lengthMs: number,
  time: number,
  isClosed: boolean,
): object {
  const price = (value: number): string => priceText(listing, value);
  const size = (value: number): string => sizeText(listing, value);
  return {
    e: 'kline',
    E: time,
    s: listing.ownSymbol,
    k: {
      t: bar.openTime,
      T: bar.openTime + lengthMs - 1,
      s: listing.ownSymbol,
      i: name,
      f: FIRST_TRADE_ID,
      L: FIRST_TRADE_ID + bar.trades,
      o: price(bar.open),
      c: price(bar.close),
      h: price(bar.high),
      l: price(bar.low),
      v: size(bar.size),
      n: bar.trades,
      x: isClosed,
      q: bar.turnover.toFixed(5),
      V: size(bar.takerBuySize),
      Q: bar.takerBuyTurnover.toFixed(5),
      B: '0',
    },
  };
}

/** One row of `klines`; `markPriceKlines` has zeros for sizes. */
export function klineRow(listing: Listing, bar: VenueBar, lengthMs: number, isMark: boolean): (string | number)[] {
  const price = (value: number): string => (isMark ? value.toFixed(8) : priceText(listing, value));
  const size = (value: number): string => (isMark ? '0' : sizeText(listing, value));
  const turnover = (value: number): string => (isMark ? '0' : value.toFixed(5));
  return [
    bar.openTime,
    price(bar.open),
    price(bar.high),
    price(bar.low),
    price(bar.close),
    size(bar.size),
    bar.openTime + lengthMs - 1,
    turnover(bar.turnover),
    isMark ? 60 : bar.trades,
    size(bar.takerBuySize),
    turnover(bar.takerBuyTurnover),
    '0',
  ];
}
