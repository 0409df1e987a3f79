import { trimmed } from '../../market/decimal.js';
import type { InstrumentMarket, VenueLiquidation, VenueTrade } from '../../market/instrument-market.js';
import type { Level } from '../../market/ladder.js';
import type { Listing } from '../../market/listing.js';
import type { VenueBar } from '../../market/minute-bars.js';
import type { BookChange } from '../../market/price-level-book.js';

const FIRST_TRADE_ID = 2_150_000_000;
const FUNDING_MS = 8 * 3_600_000;
/** Decimals that a number of contracts never needs more of. */
const CONTRACT_DECIMALS = 6;
/** Each so many forced orders the account is said to be in net mode, where `posSide` says nothing. Invented. */
const NET_EVERY = 4;

/** A price as this venue writes it, without needless zeros. */
export function priceText({ priceDecimals }: Listing, price: number): string {
  return trimmed(price.toFixed(priceDecimals));
}

/** Base coins as a number of contracts. */
export function contractsText({ contractValue }: Listing, size: number): string {
  return trimmed((size / contractValue).toFixed(CONTRACT_DECIMALS));
}

/** Levels as `[price, contracts, "0", orders]`; 0 contracts delete. */
export function levelRows(listing: Listing, levels: readonly Level[]): [string, string, string, string][] {
  const { tick, sizeStep } = listing;
  return levels.map(({ ticks, size }) => [
    priceText(listing, ticks * tick.value),
    contractsText(listing, size * sizeStep.value),
    '0',
    String(size === 0 ? 0 : 1 + (size % 7)),
  ]);
}

/** The data of one frame of `books`; the checksum has been 0 since 2026 (venues.md 5). */
export function bookData(listing: Listing, change: BookChange, time: number, seqId: number, prevSeqId: number): object {
  const [asks, bids] = [levelRows(listing, change.asks), levelRows(listing, change.bids)];
  return { asks, bids, ts: String(time), checksum: 0, seqId, prevSeqId };
}

/** One trade as the sockets send it; `side` is the taker's. */
export function tradeData(listing: Listing, trade: VenueTrade, matched: number, updateId: number): object {
  return { ...tradeRow(listing, trade, matched), count: '1', source: '0', seqId: updateId };
}

/** One trade as REST tells it. */
export function tradeRow(listing: Listing, trade: VenueTrade, matched: number): object {
  return {
    instId: listing.ownSymbol,
    tradeId: String(FIRST_TRADE_ID + trade.id),
    px: priceText(listing, trade.price),
    sz: contractsText(listing, trade.size),
    side: trade.takerSide,
    ts: String(matched),
  };
}

/** The number of a trade by its id on the wire. */
export function tradeNumber(tradeId: number): number {
  return tradeId - FIRST_TRADE_ID;
}

/** Open interest: contracts, base coins, USD. */
export function openInterestData({ listing, openInterest, mark }: InstrumentMarket, time: number): object {
  return {
    instId: listing.ownSymbol,
    instType: 'SWAP',
    oi: contractsText(listing, openInterest),
    oiCcy: trimmed(openInterest.toFixed(listing.sizeStep.decimals)),
    oiUsd: (openInterest * mark).toFixed(2),
    ts: String(time),
  };
}

/** The mark price. */
export function markData({ listing, mark }: InstrumentMarket, time: number): object {
  return { instId: listing.ownSymbol, instType: 'SWAP', markPx: priceText(listing, mark), ts: String(time) };
}

/** The index, whose instrument is the pair without `-SWAP`. */
export function indexData({ listing, index }: InstrumentMarket, time: number): object {
  const price = priceText(listing, index);
  return {
    instId: indexOf(listing),
    idxPx: price,
    high24h: price,
    sodUtc0: price,
    open24h: price,
    low24h: price,
    sodUtc8: price,
    ts: String(time),
  };
}

/** Funding of the running interval. */
export function fundingData({ listing, fundingRate, nextFundingTime }: InstrumentMarket, time: number): object {
  return {
    formulaType: 'withRate',
    fundingRate: fundingRate.toFixed(10),
    fundingTime: String(nextFundingTime),
    impactValue: '20000',
    instId: listing.ownSymbol,
    instType: 'SWAP',
    interestRate: '0.0001',
    maxFundingRate: '0.00375',
    method: 'current_period',
    minFundingRate: '-0.00375',
    nextFundingRate: '',
    nextFundingTime: String(nextFundingTime + FUNDING_MS),
    premium: '0.0001',
    settFundingRate: fundingRate.toFixed(10),
    settState: 'settled',
    ts: String(time),
  };
}

/** Forced orders of one contract. A long that is liquidated sells; in net mode `posSide` does not say which it was. */
export function liquidationData(
  listing: Listing,
  prints: readonly VenueLiquidation[],
  stamp: (time: number) => number,
): object {
  const family = indexOf(listing);
  const details = prints.map(({ id, time, positionSide, bankruptcyPrice, size }) => ({
    bkLoss: '0',
    bkPx: priceText(listing, bankruptcyPrice),
    ccy: '',
    posSide: id % NET_EVERY === 0 ? 'net' : positionSide,
    side: positionSide === 'long' ? 'sell' : 'buy',
    sz: contractsText(listing, size),
    ts: String(stamp(time)),
  }));
  return { details, instFamily: family, instId: listing.ownSymbol, instType: 'SWAP', uly: family };
}

/** A candle: time, prices, contracts, base coins, quote, whether it is closed. */
export function candleRow(listing: Listing, bar: VenueBar, isClosed: boolean): string[] {
  const prices = [bar.open, bar.high, bar.low, bar.close].map((price) => priceText(listing, price));
  const coins = trimmed(bar.size.toFixed(listing.sizeStep.decimals));
  const sizes = [contractsText(listing, bar.size), coins, trimmed(bar.turnover.toFixed(4))];
  return [String(bar.openTime), ...prices, ...sizes, isClosed ? '1' : '0'];
}

/** A candle of marks: time, prices, whether it is closed. */
export function markCandleRow(listing: Listing, bar: VenueBar, isClosed: boolean): string[] {
  const prices = [bar.open, bar.high, bar.low, bar.close].map((price) => priceText(listing, price));
  return [String(bar.openTime), ...prices, isClosed ? '1' : '0'];
}

/** Name of the index and of the family of a swap. */
export function indexOf({ ownSymbol }: Listing): string {
  return ownSymbol.replace(/-SWAP$/, '');
}
