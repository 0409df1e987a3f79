import { MS_PER_HOUR } from '@liquidation-heatmap/core';
import { hexOf } from '../../market/chance.js';
import { pointed } from '../../market/decimal.js';
import type { InstrumentMarket, VenueTrade } from '../../market/instrument-market.js';
import type { Ladder } from '../../market/ladder.js';
import type { Listing } from '../../market/listing.js';
import type { VenueBar } from '../../market/minute-bars.js';
import { tradersOf } from './accounts.js';

const DAY_MS = 24 * MS_PER_HOUR;
/** Funding is paid hourly, an eighth of what the simulator pays each eight hours. */
const FUNDING_PARTS = 8;
/** Ids have fifteen digits here; adding makes them as long. */
const FIRST_TRADE_ID = 604_438_000_000_000;

/** One level as this venue writes it: price, size, number of orders. */
export interface WireLevel {
  readonly px: string;
  readonly sz: string;
  readonly n: number;
}

/** How prices are put together: significant figures, and steps of the last of them. */
export interface Grouping {
  readonly figures: number;
  readonly mantissa: number;
}

/** A price as this venue writes it. */
export function priceText({ priceDecimals }: Listing, price: number): string {
  return pointed(price.toFixed(priceDecimals));
}

/** A size as this venue writes it. */
export function sizeText({ sizeStep }: Listing, size: number): string {
  return pointed(size.toFixed(sizeStep.decimals));
}

/** The best levels of both sides; with a grouping a level stands for a band that ends at its price. */
export function levelsOf(
  market: InstrumentMarket,
  count: number,
  grouping: Grouping | undefined,
): [WireLevel[], WireLevel[]] {
  const { listing, book } = market;
  return [bandsOf(listing, book.bids, count, grouping), bandsOf(listing, book.asks, count, grouping)];
}

function bandsOf(listing: Listing, side: Ladder, count: number, grouping: Grouping | undefined): WireLevel[] {
  const { tick, sizeStep } = listing;
  const bands: { price: number; size: number; n: number }[] = [];
  for (let i = 0; i < side.length; i++) {
    const price = bandPrice(side.ticksAt(i) * tick.value, side.away, grouping);
    const size = side.sizeAt(i) * sizeStep.value;
    const last = bands.at(-1);
    const orders = 1 + (side.sizeAt(i) % 5);
    if (last?.price === price) {
      last.size += size;
      last.n += orders;
    } else if (bands.length === count) break;
    else bands.push({ price, size, n: orders });
  }
  return bands.map(({ price, size, n }) => ({ px: priceText(listing, price), sz: sizeText(listing, size), n }));
}

/** Bids are put together downwards and asks upwards, so that the bands never cross. */
function bandPrice(price: number, away: 1 | -1, grouping: Grouping | undefined): number {
  if (grouping === undefined) return price;
  const step = 10 ** (Math.floor(Math.log10(price)) - grouping.figures + 1) * grouping.mantissa;
  const bands = price / step;
  return (away > 0 ? Math.ceil(bands - 1e-9) : Math.floor(bands + 1e-9)) * step;
}

/** One trade. `B` is a taker who bought; ids come as a number or as text (venues.md 6.3). */
export function tradeEntry(listing: Listing, trade: VenueTrade, matched: number): object {
  const { ownSymbol: coin } = listing;
  const tid = FIRST_TRADE_ID + trade.id;
  return {
    coin,
    side: trade.takerSide === 'buy' ? 'B' : 'A',
    px: priceText(listing, trade.price),
    sz: sizeText(listing, trade.size),
    time: matched,
    hash: `0x${hexOf(64, 'hyperliquid', coin, trade.id)}`,
    tid: trade.id % 2 === 0 ? tid : String(tid),
    users: tradersOf(coin, trade.id),
  };
}

/** State of one contract: open interest of one side in coins, funding of one hour. */
export function assetContext(market: InstrumentMarket): object {
  const { listing, mark, index, openInterest, book } = market;
  const now = market.bars.last?.openTime ?? 0;
  const day = market.bars.range(MS_PER_HOUR, now - DAY_MS, now);
  const [bid, ask] = [(book.bids.best ?? 0) * listing.tick.value, (book.asks.best ?? 0) * listing.tick.value];
  const finer = { ...listing, priceDecimals: listing.priceDecimals + 1 };
  return {
    funding: hourlyFunding(market.fundingRate),
    openInterest: sizeText(listing, openInterest),
    prevDayPx: priceText(listing, day[0]?.open ?? market.last),
    dayNtlVlm: pointed(day.reduce((sum, { turnover }) => sum + turnover, 0).toFixed(10)),
    premium: pointed(((mark - index) / index).toFixed(10)),
    oraclePx: priceText(finer, index),
    markPx: priceText(finer, mark),
    midPx: priceText(finer, (bid + ask) / 2),
    impactPxs: [priceText(listing, bid), priceText(listing, ask)],
    dayBaseVlm: pointed(day.reduce((sum, { size }) => sum + size, 0).toFixed(10)),
  };
}

/** One candle. */
export function candleEntry(listing: Listing, interval: string, lengthMs: number, bar: VenueBar): object {
  return {
    t: bar.openTime,
    T: bar.openTime + lengthMs - 1,
    s: listing.ownSymbol,
    i: interval,
    o: priceText(listing, bar.open),
    c: priceText(listing, bar.close),
    h: priceText(listing, bar.high),
    l: priceText(listing, bar.low),
    v: sizeText(listing, bar.size),
    n: bar.trades,
  };
}

/** Middle prices of all contracts. */
export function middles(markets: readonly InstrumentMarket[]): Record<string, string> {
  return Object.fromEntries(
    markets.map(({ listing, book }) => {
      const middle = (((book.bids.best ?? 0) + (book.asks.best ?? 0)) / 2) * listing.tick.value;
      return [listing.ownSymbol, priceText({ ...listing, priceDecimals: listing.priceDecimals + 1 }, middle)];
    }),
  );
}

/** Funding of one hour as text. */
export function hourlyFunding(rate: number): string {
  return pointed((rate / FUNDING_PARTS).toFixed(10));
}

/** The grouping a client asks for with `nSigFigs` and `mantissa`; undefined for none. */
export function groupingOf(asked: Readonly<Record<string, unknown>>): Grouping | undefined {
  const { nSigFigs: figures, mantissa } = asked;
  if (typeof figures !== 'number' || figures < 2 || figures > 5) return undefined;
  return { figures, mantissa: figures === 5 && (mantissa === 2 || mantissa === 5) ? mantissa : 1 };
}
