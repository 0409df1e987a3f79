import { expect, test } from 'vitest';
import { VenueMarket } from '../venue-market.js';
import { ASSETS } from '../assets.js';
import { randomFor } from '../random.js';
import { drawWorld } from '../worlds/draw-world.js';
import type { NewPosition } from '../positions.js';
import { liquidationPriceOf } from '../liquidation-price-of.js';
import { callPriceOf } from './top-up.js';

const REACH = 0.7;
const ENTRY = 60_000;

/** A venue with one isolated long of a coin at 10x. */
function venueWithLong(): VenueMarket {
  const world = drawWorld(1);
  const venue = new VenueMarket({ id: 'simulated', share: 1, maxLeverage: 125, basisBps: 0 }, 1, ASSETS[0]!, 0, world);
  const margin = ENTRY / 10;
  const liquidationPrice = liquidationPriceOf({ side: 'long', entryPrice: ENTRY, margin }, 1, venue.table);
  const none = Number.NaN;
  const position: NewPosition = {
    side: 'long',
    size: 1000,
    entryPrice: ENTRY,
    leverage: 10,
    marginMode: 'isolated',
    margin,
    isNetted: false,
    liquidationPrice,
    callPrice: callPriceOf(ENTRY, liquidationPrice, REACH),
    cutAt: -Infinity,
    openedAt: 0,
    stopPrice: none,
    takeProfitPrice: none,
    exitAt: Infinity,
  };
  venue.open(position, 0);
  return venue;
}

const step = (venue: VenueMarket, mark: number, chance: number): number => {
  venue.mark = mark;
  const forced = venue.liquidate(0, randomFor(1, 'forced')).length;
  venue.topUp({ chance, reach: REACH, amount: 0.5 }, randomFor(1, 'calls'));
  return forced;
};

test('an owner who answers a call is not closed at the old price but at the new one, and is called again before it', () => {
  const venue = venueWithLong();
  const before = venue.positions.at(0);
  expect(step(venue, before.callPrice + 1, 1)).toBe(0);
  expect(venue.positions.at(0)).toEqual(before);
  expect(step(venue, before.callPrice, 1)).toBe(0);
  const once = venue.positions.at(0);
  expect(once.margin).toBeCloseTo(before.margin * 1.5, 6);
  expect(once.liquidationPrice).toBeLessThan(before.liquidationPrice - 2000);
  expect(step(venue, before.liquidationPrice - 1, 1)).toBe(0);
  expect(venue.positions.at(0)).toEqual(once);
  expect(step(venue, once.callPrice, 1)).toBe(0);
  const twice = venue.positions.at(0);
  expect(twice.margin).toBeCloseTo(before.margin * 2, 6);
  expect(step(venue, once.liquidationPrice, 1)).toBe(0);
  expect(step(venue, 20_000, 1)).toBe(1);
  expect(venue.positions.count).toBe(0);
  expect(venue.ledger.turnover.forced.long).toBe(1000);
});

test('an owner who does not answer is not called again and is closed at the price that stands', () => {
  const venue = venueWithLong();
  const { callPrice, liquidationPrice, margin } = venue.positions.at(0);
  step(venue, callPrice, 0);
  step(venue, callPrice - 10, 1);
  expect(venue.positions.at(0)).toMatchObject({ margin, liquidationPrice });
  expect(step(venue, liquidationPrice, 1)).toBe(1);
});
