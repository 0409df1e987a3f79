import type { DepthLevels, DepthView } from '../model/depth-view.js';
import { notionalUsd, priceOfTicks, type ContractKind } from '../model/instrument.js';
import type { TakerSide } from '../model/market-event.js';
import type { ContractSize, Price, PriceTicks, Usd } from '../model/units.js';
import { lowerBound } from '../numeric/binary-search.js';
import { priceDirection } from './forced-taker.js';

/**
 * How resting notional grows with the distance u from the start, B(u) = B u^kappa, beyond what a snapshot shows. Measured on
 * books of 21 symbols (docs/cascades.md#impact). Within its error it is the inverse of the measured impact exponent,
 * 1 / 1.16 = .862 against .875 +- .078.
 */
export const BOOK_SHAPE_EXPONENT = 1.16;

/** One side of a book as seen by a market order: levels from the best price on, with running sums. */
export interface DepthProfile {
  /** Who takes: sells eat bids downward, buys eat asks upward. */
  readonly takerSide: TakerSide;
  readonly contract: ContractKind;
  /** Where distances are measured from: the middle of best bid and ask, or the best level where the other side is empty. */
  readonly startPrice: Price;
  readonly prices: Float64Array;
  /** Size up to and with each level, in the contract's unit. */
  readonly sizes: Float64Array;
  /** Notional up to and with each level, USD. */
  readonly notionals: Float64Array;
}

/** A figure of the book, and whether it comes from the law beyond the snapshot instead of from orders that were seen. */
export interface DepthReading<Value extends number> {
  readonly value: Value;
  readonly isExtrapolated: boolean;
}

/** Where the snapshot ends. */
export interface DepthEnd {
  readonly price: Price;
  readonly size: ContractSize;
  readonly notional: Usd;
  /** Distance from the start as an absolute log ratio of prices. */
  readonly distance: number;
}

/** The side of a book that market orders of `takerSide` meet; undefined when the book is not in sync or that side is empty. */
export function depthProfile(
  book: DepthView | undefined,
  takerSide: TakerSide,
  contract: ContractKind,
): DepthProfile | undefined {
  if (book === undefined) return undefined;
  const levels = takerSide === 'sell' ? book.bids : book.asks;
  const best = bestPrice(levels, book.tickSize);
  if (best === undefined) return undefined;
  const other = bestPrice(takerSide === 'sell' ? book.asks : book.bids, book.tickSize);
  const count = levels.ticks.length;
  const prices = new Float64Array(count);
  const sizes = new Float64Array(count);
  const notionals = new Float64Array(count);
  let size = 0;
  let notional = 0;
  for (let level = 0; level < count; level++) {
    const price = priceOfTicks(levels.ticks[level]! as PriceTicks, book.tickSize);
    size += levels.sizes[level]!;
    notional += notionalUsd(contract, levels.sizes[level]! as ContractSize, price);
    prices[level] = price;
    sizes[level] = size;
    notionals[level] = notional;
  }
  const startPrice = (other === undefined ? best : (best + other) / 2) as Price;
  return { takerSide, contract, startPrice, prices, sizes, notionals };
}

/** The last level of the snapshot; beyond it the book is unknown. */
export function depthEnd(profile: DepthProfile): DepthEnd {
  const price = profile.prices.at(-1)! as Price;
  return {
    price,
    size: profile.sizes.at(-1)! as ContractSize,
    notional: profile.notionals.at(-1)! as Usd,
    distance: Math.abs(Math.log(price / profile.startPrice)),
  };
}

/**
 * Resting notional between the start and a price, that price included; 0 on the near side of the start. Beyond the snapshot by
 * N(u) = N_end (u / u_end)^kappa, which goes through the last level; undefined there when the only level is the start itself.
 */
export function notionalTo(profile: DepthProfile, price: Price): DepthReading<Usd> | undefined {
  const end = depthEnd(profile);
  const direction = priceDirection(profile.takerSide);
  if ((price - end.price) * direction > 0) {
    const distance = Math.abs(Math.log(price / profile.startPrice));
    return beyond(end, end.notional * (distance / end.distance) ** BOOK_SHAPE_EXPONENT);
  }
  const levels = levelsUpTo(profile, price);
  return { value: (levels === 0 ? 0 : profile.notionals[levels - 1]!) as Usd, isExtrapolated: false };
}

/** Price of the last level that a market order of a notional would fill from; beyond the snapshot by the inverse of the law. */
export function priceAfter(profile: DepthProfile, notional: Usd): DepthReading<Price> | undefined {
  if (!(notional > 0)) return { value: profile.startPrice, isExtrapolated: false };
  const level = lowerBound(profile.notionals, notional);
  if (level < profile.prices.length) return { value: profile.prices[level]! as Price, isExtrapolated: false };
  const end = depthEnd(profile);
  const distance = end.distance * (notional / end.notional) ** (1 / BOOK_SHAPE_EXPONENT);
  return beyond(end, profile.startPrice * Math.exp(priceDirection(profile.takerSide) * distance));
}

/** Resting notional of the levels within a band of prices, edges included; undefined when the snapshot does not cover the band. */
export function notionalWithin(profile: DepthProfile, low: Price, high: Price): Usd | undefined {
  const [near, far] = profile.takerSide === 'sell' ? [high, low] : [low, high];
  if ((far - depthEnd(profile).price) * priceDirection(profile.takerSide) > 0) return undefined;
  const first = levelsBefore(profile, near);
  const last = levelsUpTo(profile, far);
  if (last <= first) return 0 as Usd;
  return (profile.notionals[last - 1]! - (first === 0 ? 0 : profile.notionals[first - 1]!)) as Usd;
}

/** How many levels lie strictly nearer than a price: what must be eaten before an order trades there. */
export function levelsBefore(profile: DepthProfile, price: Price): number {
  const { prices, takerSide } = profile;
  let low = 0;
  let high = prices.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const isNearer = takerSide === 'sell' ? prices[middle]! > price : prices[middle]! < price;
    if (isNearer) low = middle + 1;
    else high = middle;
  }
  return low;
}

function levelsUpTo(profile: DepthProfile, price: Price): number {
  const before = levelsBefore(profile, price);
  return profile.prices[before] === price ? before + 1 : before;
}

function bestPrice(levels: DepthLevels, tickSize: number): Price | undefined {
  return levels.ticks.length === 0 ? undefined : priceOfTicks(levels.ticks[0]! as PriceTicks, tickSize);
}

function beyond<Value extends number>(end: DepthEnd, value: number): DepthReading<Value> | undefined {
  return end.distance > 0 ? { value: value as Value, isExtrapolated: true } : undefined;
}
