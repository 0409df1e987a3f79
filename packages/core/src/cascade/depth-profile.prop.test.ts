import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DepthView } from '../model/depth-view.js';
import type { Price, Usd } from '../model/units.js';
import { between, books, evenBook } from '../../test/arbitrary-book.js';
import { depthEnd, depthProfile, notionalTo, notionalWithin, priceAfter, type DepthProfile } from './depth-profile.js';
import { priceDirection } from './forced-taker.js';

const takers = fc.constantFrom('buy' as const, 'sell' as const);
const contracts = fc.constantFrom('linear' as const, 'inverse' as const);
const share = between(0, 3);

function profileOf(...args: Parameters<typeof depthProfile>): DepthProfile {
  const profile = depthProfile(...args);
  if (profile === undefined) throw new Error('no profile');
  return profile;
}

/** A price `share` of the way from the start to the end of the snapshot. */
function priceOnTheWay(profile: DepthProfile, way: number): Price {
  return (profile.startPrice + (depthEnd(profile).price - profile.startPrice) * way) as Price;
}

/** Level by level, without running sums. */
function counted(book: DepthView, profile: DepthProfile, price: number): number {
  const { ticks, sizes } = profile.takerSide === 'sell' ? book.bids : book.asks;
  let sum = 0;
  for (let level = 0; level < ticks.length; level++) {
    const at = ticks[level]! / 10;
    const isUpTo = profile.takerSide === 'sell' ? at >= price : at <= price;
    if (isUpTo) sum += profile.contract === 'linear' ? sizes[level]! * at : sizes[level]!;
  }
  return sum;
}

describe('a depth profile', () => {
  test('within the snapshot counts what rests up to a price, that price included', () => {
    fc.assert(
      fc.property(books, takers, contracts, between(0, 1), (book, taker, contract, way) => {
        const profile = profileOf(book, taker, contract);
        const level = Math.floor(way * (profile.prices.length - 1));
        for (const price of [profile.prices[level]! as Price, priceOnTheWay(profile, way * 0.999)]) {
          const reading = notionalTo(profile, price);
          expect(reading?.isExtrapolated).toBe(false);
          expect(reading?.value).toBeCloseTo(counted(book, profile, price), 4);
        }
      }),
    );
  });

  test('grows with distance, also across the end of the snapshot, and never falls back', () => {
    fc.assert(
      fc.property(books, takers, contracts, share, share, (book, taker, contract, a, b) => {
        const profile = profileOf(book, taker, contract);
        const near = notionalTo(profile, priceOnTheWay(profile, Math.min(a, b)));
        const far = notionalTo(profile, priceOnTheWay(profile, Math.max(a, b)));
        expect(far!.value).toBeGreaterThanOrEqual(near!.value);
      }),
    );
  });

  test('the price after the notional to a level is that level, and beyond the snapshot the law is inverted', () => {
    fc.assert(
      fc.property(books, takers, contracts, between(1.01, 3), (book, taker, contract, way) => {
        const profile = profileOf(book, taker, contract);
        for (const price of profile.prices as unknown as Iterable<Price>) {
          expect(priceAfter(profile, notionalTo(profile, price)!.value)?.value).toBe(price);
        }
        const outside = priceOnTheWay(profile, way);
        const reading = notionalTo(profile, outside);
        expect(reading?.isExtrapolated).toBe(true);
        const back = priceAfter(profile, reading!.value);
        expect(back?.isExtrapolated).toBe(true);
        expect(back!.value / outside).toBeCloseTo(1, 9);
      }),
    );
  });

  test('more notional moves price further, down for sells and up for buys', () => {
    fc.assert(
      fc.property(books, takers, contracts, share, share, (book, taker, contract, a, b) => {
        const profile = profileOf(book, taker, contract);
        const total = depthEnd(profile).notional;
        const near = priceAfter(profile, (total * Math.min(a, b)) as Usd)!.value;
        const far = priceAfter(profile, (total * Math.max(a, b)) as Usd)!.value;
        expect((far - near) * priceDirection(taker)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('the parts of a band add up to the band', () => {
    fc.assert(
      fc.property(books, takers, contracts, (book, taker, contract) => {
        const profile = profileOf(book, taker, contract);
        const prices = [...profile.prices].sort((a, b) => a - b) as Price[];
        const middle = prices[Math.floor(prices.length / 2)]!;
        const above = (middle + 0.05) as Price;
        const parts = notionalWithin(profile, prices[0]!, middle)! + notionalWithin(profile, above, prices.at(-1)!)!;
        expect(parts / depthEnd(profile).notional).toBeCloseTo(1, 12);
      }),
    );
  });
});

test('twice as far beyond the snapshot rests 2^1.16 times as much', () => {
  const profile = profileOf(evenBook(50, 2), 'sell', 'linear');
  const end = depthEnd(profile);
  const twice = (profile.startPrice * Math.exp(-2 * end.distance)) as Price;
  expect(notionalTo(profile, twice)!.value / end.notional).toBeCloseTo(2 ** 1.16, 9);
});

test('the profile starts in the middle of the spread and is unknown without a book or an empty side', () => {
  expect(profileOf(evenBook(3, 1), 'buy', 'linear').startPrice).toBe(60_000);
  expect(depthProfile(undefined, 'buy', 'linear')).toBeUndefined();
  expect(depthProfile(evenBook(0, 1), 'buy', 'linear')).toBeUndefined();
});

test('beyond a single level at the start nothing is known', () => {
  const empty = { ticks: new Float64Array(0), sizes: new Float64Array(0) };
  const profile = profileOf({ ...evenBook(1, 5), asks: empty }, 'sell', 'linear');
  expect(profile.startPrice).toBe(59_999);
  expect(notionalTo(profile, 59_000 as Price)).toBeUndefined();
  expect(priceAfter(profile, 1e9 as Usd)).toBeUndefined();
});
