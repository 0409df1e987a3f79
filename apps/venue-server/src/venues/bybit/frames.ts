import type { InstrumentMarket, VenueLiquidation, VenueTrade } from '../../market/instrument-market.js';
import type { Level } from '../../market/ladder.js';
import type { Listing } from '../../market/listing.js';
import { hexOf } from '../../market/chance.js';
import type { BookChange } from '../../market/price-level-book.js';

/** Cross sequences have this many digits more than update ids. */
const FIRST_SEQUENCE = 820_163_000_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A price as this venue writes it. */
export function priceText({ priceDecimals }: Listing, price: number): string {
  return price.toFixed(priceDecimals);
}

/** A size as this venue writes it; a deletion is a bare `0`. */
export function sizeText({ sizeStep }: Listing, size: number): string {
  return size === 0 ? '0' : size.toFixed(sizeStep.decimals);
}

/** The number that only grows: `seq` of books and trades, `cs` of tickers. */
export function sequenceOf(updateId: number): number {
  return FIRST_SEQUENCE + updateId;
}

/** Levels as `[price, size]`; size 0 deletes. */
export function levelRows(listing: Listing, levels: readonly Level[]): [string, string][] {
  const { tick, sizeStep } = listing;
  return levels.map(({ ticks, size }) => [
    priceText(listing, ticks * tick.value),
    sizeText(listing, size * sizeStep.value),
  ]);
}

/** One frame of `orderbook.N.S`. `ts` is when it was sent, `cts` when the engine changed the book. */
export function orderbook(
  topic: string,
  type: 'snapshot' | 'delta',
  market: InstrumentMarket,
  change: BookChange,
  ids: { readonly update: number; readonly ts: number; readonly cts: number },
): object {
  const { listing } = market;
  return {
    topic,
    ts: ids.ts,
    type,
    data: {
      s: listing.ownSymbol,
      b: levelRows(listing, change.bids),
      a: levelRows(listing, change.asks),
      u: ids.update,
      seq: sequenceOf(market.updateId),
    },
    cts: ids.cts,
  };
}

/** One frame of `publicTrade.S`; fills of one order come together and share `seq`. `S` is the taker's side. */
export function publicTrade(
  topic: string,
  market: InstrumentMarket,
  trades: readonly VenueTrade[],
  ts: number,
  stamp: (time: number) => number,
): object {
  const { listing, updateId } = market;
  const data = trades.map((trade) => ({
    T: stamp(trade.time),
    s: listing.ownSymbol,
    S: sideOf(trade),
    v: sizeText(listing, trade.size),
    p: priceText(listing, trade.price),
    L: trade.takerSide === 'buy' ? 'PlusTick' : 'MinusTick',
    i: tradeId(listing, trade.id),
    BT: false,
    RPI: false,
    seq: sequenceOf(updateId),
  }));
  return { topic, type: 'snapshot', ts, data };
}

/** One row of `recent-trade`. */
export function recentTrade(market: InstrumentMarket, trade: VenueTrade, matched: number): object {
  const { listing } = market;
  return {
    execId: tradeId(listing, trade.id),
    symbol: listing.ownSymbol,
    price: priceText(listing, trade.price),
    size: sizeText(listing, trade.size),
    side: sideOf(trade),
    time: String(matched),
    isBlockTrade: false,
    isRPITrade: false,
    seq: String(sequenceOf(trade.id)),
  };
}

/** One entry of `allLiquidation.S`: `S` is the side of the position, so `Buy` is a liquidated long; `p` is its bankruptcy price. */
export function liquidationEntry(listing: Listing, print: VenueLiquidation, time: number): object {
  return {
    T: time,
    s: listing.ownSymbol,
    S: print.positionSide === 'long' ? 'Buy' : 'Sell',
    v: sizeText(listing, print.size),
    p: priceText(listing, print.bankruptcyPrice),
  };
}

/** Fields of `tickers.S` that a trade, the book or the mark moves. `openInterest` counts both sides of every contract, `singleOpenInterest` one. */
export function movingFields(market: InstrumentMarket): Record<string, string> {
  const { listing, book, last, mark, index, openInterest } = market;
  const price = (value: number): string => priceText(listing, value);
  const [bid, ask] = [levelRows(listing, book.bids.levels(1))[0]!, levelRows(listing, book.asks.levels(1))[0]!];
  return {
    tickDirection: market.trades.at(-1)?.takerSide === 'buy' ? 'PlusTick' : 'ZeroMinusTick',
    lastPrice: price(last),
    markPrice: price(mark),
    indexPrice: price(index),
    openInterest: sizeText(listing, 2 * openInterest),
    openInterestValue: (2 * openInterest * mark).toFixed(2),
    singleOpenInterest: sizeText(listing, openInterest),
    singleOpenInterestValue: (openInterest * mark).toFixed(2),
    nextFundingTime: String(market.nextFundingTime),
    fundingRate: market.fundingRate.toFixed(8),
    bid1Price: bid[0],
    bid1Size: bid[1],
    ask1Price: ask[0],
    ask1Size: ask[1],
  };
}

/** All fields of `tickers.S`. */
export function tickerFields(market: InstrumentMarket): Record<string, string> {
  const { listing, last } = market;
  const price = (value: number): string => priceText(listing, value);
  const now = market.bars.last?.openTime ?? 0;
  const day = market.bars.range(HOUR_MS, now - DAY_MS, now);
  const before = day[0]?.open ?? last;
  return {
    symbol: listing.ownSymbol,
    ...movingFields(market),
    price24hPcnt: ((last - before) / before).toFixed(6),
    prevPrice24h: price(before),
    highPrice24h: price(Math.max(last, ...day.map(({ high }) => high))),
    lowPrice24h: price(Math.min(last, ...day.map(({ low }) => low))),
    prevPrice1h: price(day.at(-1)?.open ?? last),
    turnover24h: day.reduce((sum, { turnover }) => sum + turnover, 0).toFixed(4),
    volume24h: day.reduce((sum, { size }) => sum + size, 0).toFixed(4),
    fundingIntervalHour: '8',
    fundingCap: '0.005',
    preOpenPrice: '',
    preQty: '',
    curPreListingPhase: '',
  };
}

function sideOf({ takerSide }: VenueTrade): 'Buy' | 'Sell' {
  return takerSide === 'buy' ? 'Buy' : 'Sell';
}

/** Ids look like the venue's, a UUID, and depend on the trade alone. */
function tradeId({ ownSymbol }: Listing, id: number): string {
  const hex = hexOf(32, 'bybit', ownSymbol, id);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
