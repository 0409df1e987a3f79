import { describe, expect, test } from 'vitest';
import type { Share } from '../model/cluster.js';
import type { Fraction, Price, Usd } from '../model/units.js';
import type { VenueId } from '../model/venue.js';
import { evenBook } from '../../test/arbitrary-book.js';
import { depthProfile } from './depth-profile.js';
import { IMPACT_EXPONENT, ThinnedBook } from './thinned-book.js';
import { simulateCascade, type CascadeSetup, type CascadeSimulation } from './simulate-cascade.js';
import type { FuelRow } from './cascade-fuel.js';

const row = (price: number, usd: number): FuelRow => ({
  price: price as Price,
  expected: { p10: usd as Usd, p50: usd as Usd, p90: usd as Usd },
});
/** Inverse: each level of 1,000 is $1,000, bids at 59,999, 59,998, ... and asks at 60,001, 60,002, ... */
const setup: CascadeSetup = {
  side: 'long',
  fuel: [],
  book: evenBook(100, 1_000),
  contract: 'inverse',
  trigger: { notional: 2_500 as Usd },
  seed: 1,
  survival: 1 as Fraction,
};
function simulated(changes: Partial<CascadeSetup>): CascadeSimulation {
  const result = simulateCascade({ ...setup, ...changes });
  if (!result.ok) throw new Error(result.fault.message);
  return result.value;
}

describe('S32: a chain of three clusters', () => {
  // $2,500 reach 59,997; $3,000 waiting there reach 59,994; $2,000 there reach 59,992; 59,991 is not reached.
  const fuel = [row(59_991, 9_000), row(59_994, 2_000), row(59_997, 3_000)];

  test('S32: each cluster that price reaches adds to what brings it to the next, and stops before one that depth absorbs', () => {
    const { endPrice, forced, steps, levelsEaten } = simulated({ fuel });
    expect(endPrice.p50).toBe(59_992);
    expect(forced.p50).toBe(5_000);
    expect(steps.p50).toBe(2);
    expect(levelsEaten.p50).toBe(8);
  });

  test('S32: the same chain in a book of which half survives goes twice as far', () => {
    const { endPrice, forced, spentShare } = simulated({ fuel, survival: 0.5 as Fraction });
    expect(forced.p50).toBe(14_000);
    expect(endPrice.p50).toBe(60_000 - 33);
    expect(spentShare).toBe(1);
  });

  test('S41: mirrored above, shorts are bought upward through the asks', () => {
    const above = [row(60_009, 9_000), row(60_006, 2_000), row(60_003, 3_000)];
    expect(simulated({ side: 'short', fuel: above }).endPrice.p50).toBe(60_008);
  });
});

test('S32: a chain that goes on row by row is cut after 200 steps, and says so', () => {
  // Every level holds $1,000 and every row fires as much: each brings price one level further, for ever.
  const fuel = Array.from({ length: 300 }, (_, index) => row(59_999 - index, 1_000));
  const endless = { book: evenBook(400, 1_000), fuel, trigger: { notional: 500 as Usd } };
  const result = simulated(endless);
  expect(result.cutShare).toBe(1);
  expect(result.steps.p50).toBe(200);
  const short = simulated({ ...endless, fuel: fuel.slice(0, 150) });
  expect(short.cutShare).toBe(0);
  expect(short.steps.p50).toBe(150);
  expect(short.spentShare).toBe(1);
});

describe('a trigger by price', () => {
  test('fires what lies up to it and eats only what lies behind it', () => {
    const fuel = [row(59_995, 1_500), row(59_991, 1_000), row(59_980, 5_000)];
    const result = simulated({ fuel, trigger: { price: 59_990 as Price } });
    expect(result.forced.p50).toBe(2_500);
    expect(result.fromPrice).toBe(59_990);
    // Nine levels lie before 59,990; $2,500 take it and half of the third behind it.
    expect(result.endPrice.p50).toBe(59_988);
    expect(result.levelsEaten.p50).toBe(3);
    expect(result.slippage.p50).toBeCloseTo(
      2_500 * (59_990 / (2_500 / (1_000 / 59_990 + 1_000 / 59_989 + 500 / 59_988)) - 1),
      6,
    );
  });

  test('on the side where nothing is forced it moves nothing', () => {
    expect(simulated({ fuel: [row(59_999, 1e6)], trigger: { price: 60_500 as Price } }).move.p90).toBe(0);
  });
});

describe('beyond the snapshot', () => {
  test('the drop grows with eaten size to the power of .875 from the last level on, and is marked', () => {
    const whole = 100_000;
    const { endPrice, extrapolatedShare, snapshotEnd } = simulated({ trigger: { notional: (3 * whole) as Usd } });
    expect(snapshotEnd).toBe(59_900);
    expect(extrapolatedShare).toBe(1);
    const drop = Math.log(60_000 / endPrice.p50) / Math.log(60_000 / 59_900);
    expect(drop).toBeCloseTo(3 ** 0.875, 9);
    expect(simulated({ trigger: { notional: whole as Usd } }).extrapolatedShare).toBe(0);
  });

  test.each(['linear', 'inverse'] as const)('a %s order pays the integral of the law', (contract) => {
    const book = new ThinnedBook(depthProfile(setup.book, 'sell', contract)!);
    const end = Math.log(60_000 / 59_900);
    const sizes = [150_000, 1e6, 2e7];
    for (const size of sizes) {
      const parts = 200_000;
      let weight = 0;
      for (let part = 0; part < parts; part++) {
        const eaten = 100_000 + ((size - 100_000) * (part + 0.5)) / parts;
        const price = 60_000 * Math.exp(-end * (eaten / 100_000) ** IMPACT_EXPONENT);
        weight += (((size - 100_000) / parts) * (contract === 'linear' ? price : 1 / price)) as number;
      }
      expect((book.weightAt(size) - book.weightAt(100_000)) / weight).toBeCloseTo(1, 5);
    }
  });
});

describe('ranges', () => {
  const fuel = Array.from({ length: 60 }, (_, i): FuelRow => {
    const usd = 900;
    return {
      price: (59_998 - i * 2) as Price,
      expected: { p10: (usd * 0.4) as Usd, p50: usd as Usd, p90: (usd * 2) as Usd },
    };
  });
  const { survival: _, ...drawn } = { ...setup, fuel };

  test('everything is a range, ordered, and wider where the book is uncertain', () => {
    const result = simulateCascade(drawn);
    if (!result.ok) throw new Error(result.fault.message);
    const { forced, move, endPrice, paths } = result.value;
    expect(forced.p10).toBeLessThan(forced.p90);
    expect(move.p10).toBeLessThan(move.p90);
    expect(endPrice.p10).toBeLessThan(endPrice.p90);
    expect(paths.endPrice.length).toBe(200);
    const certain = simulated({ fuel });
    expect(move.p90 - move.p10).toBeGreaterThan(certain.move.p90 - certain.move.p10);
  });

  test('venues that close large positions in pieces send less at a price and more behind it', () => {
    const venueShares: readonly Share<VenueId>[] = [{ part: 'okx', share: 1 as Fraction }];
    const one = [row(59_998, 1e5)];
    const trigger = { price: 59_998 as Price };
    const whole = simulated({ fuel: one, trigger });
    // Half of it is large and lies on up to half a percent, 300 below; the book holds $100,000 within 100.
    const spread = simulated({ fuel: one, trigger, venueShares });
    expect(whole.forced.p50).toBe(1e5);
    expect(spread.forced.p50).toBeCloseTo(0.5e5, 6);
    const deep = simulated({ fuel: one, trigger: { price: 59_500 as Price }, venueShares });
    expect(deep.forced.p50).toBeCloseTo(1e5, 6);
  });
});

describe('input that cannot be', () => {
  test.each([
    ['no book', { book: undefined }, 'book'],
    ['an empty side', { book: evenBook(0, 1) }, 'book'],
    ['a negative trigger', { trigger: { notional: -1 as Usd } }, 'trigger.notional'],
    ['a price of 0', { trigger: { price: 0 as Price } }, 'trigger.price'],
    ['a survival above 1', { survival: 1.5 as Fraction }, 'survival'],
    [
      'fuel out of order',
      { fuel: [{ price: 1 as Price, expected: { p10: 2 as Usd, p50: 1 as Usd, p90: 3 as Usd } }] },
      'fuel[0]',
    ],
    ['fuel without a price', { fuel: [row(NaN, 1)] }, 'fuel[0]'],
  ])('%s is a fault that names the field', (_name, changes, field) => {
    const result = simulateCascade({ ...setup, ...changes });
    expect(result.ok ? undefined : result.fault.field).toBe(field);
  });

  test('half a path is a mistake of the caller', () => {
    expect(() => simulateCascade({ ...setup, paths: 0.5 })).toThrow('Paths must be an integer of at least 1, was 0.5');
  });
});
