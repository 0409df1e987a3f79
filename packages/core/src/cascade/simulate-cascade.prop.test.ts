import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DepthView } from '../model/depth-view.js';
import type { PositionSide } from '../model/market-event.js';
import type { ContractSize, Fraction, Price, Usd } from '../model/units.js';
import { between, books, thicker } from '../../test/arbitrary-book.js';
import type { FuelRow } from './cascade-fuel.js';
import { MOST_STEPS, simulateCascade, type CascadeSetup, type CascadeSimulation } from './simulate-cascade.js';
import { slippageOf, walkBook } from './walk-book.js';

const sides = fc.constantFrom('long' as const, 'short' as const);
const contracts = fc.constantFrom('linear' as const, 'inverse' as const);
const seeds = fc.integer({ min: 0, max: 1e6 });
const shares = fc.constantFrom(
  [],
  [
    { part: 'hyperliquid' as const, share: 0.6 as Fraction },
    { part: 'okx' as const, share: 0.4 as Fraction },
  ],
);

/** Rows as fractions of the way from the start to a distance, with notionals as fractions of a scale. */
const rowShapes = fc.array(
  fc.record({
    way: between(0.01, 1),
    p10: between(0, 1),
    more: between(0, 1),
    most: between(0, 2),
  }),
  { maxLength: 40 },
);
type RowShapes = typeof rowShapes extends fc.Arbitrary<infer Shapes> ? Shapes : never;

const market = fc.record({
  side: sides,
  contract: contracts,
  book: books,
  rows: rowShapes,
  reach: between(0.2, 4),
  scale: between(0.01, 2),
  trigger: between(0, 0.6),
  seed: seeds,
  venueShares: shares,
});
type Market = typeof market extends fc.Arbitrary<infer Value> ? Value : never;

interface Facts {
  readonly levels: DepthView['bids'];
  readonly start: number;
  readonly end: number;
  readonly notional: number;
}
function factsOf({ side, contract, book }: Pick<Market, 'side' | 'contract' | 'book'>): Facts {
  const levels = side === 'long' ? book.bids : book.asks;
  const prices = Array.from(levels.ticks, (tick) => tick / 10);
  const notional = prices.reduce((sum, price, i) => sum + levels.sizes[i]! * (contract === 'linear' ? price : 1), 0);
  return { levels, start: (book.bids.ticks[0]! + book.asks.ticks[0]!) / 20, end: prices.at(-1)!, notional };
}

function fuelOf(rows: RowShapes, facts: Facts, reach: number, scale: number): FuelRow[] {
  const unit = (facts.notional * scale) / Math.max(1, rows.length);
  return rows.map(({ way, p10, more, most }) => ({
    price: (facts.start + (facts.end - facts.start) * reach * way) as Price,
    expected: { p10: (unit * p10) as Usd, p50: (unit * (p10 + more)) as Usd, p90: (unit * (p10 + more + most)) as Usd },
  }));
}

function setupOf(input: Market): CascadeSetup {
  const facts = factsOf(input);
  const { side, contract, book, seed, venueShares } = input;
  const fuel = fuelOf(input.rows, facts, input.reach, input.scale);
  const trigger = { notional: (facts.notional * input.trigger) as Usd };
  return { side, contract, book, seed, venueShares, fuel, trigger, paths: 25 };
}

function simulated(setup: CascadeSetup): CascadeSimulation {
  const result = simulateCascade(setup);
  if (!result.ok) throw new Error(result.fault.message);
  return result.value;
}

const direction = (side: PositionSide): number => (side === 'long' ? -1 : 1);

/** Fires what price has reached and walks the whole book again from its start, until nothing more is reached. */
function bruteForce(setup: CascadeSetup, facts: Facts, deviation: 'p50') {
  const sizeOf = (usd: number, price: number): number => (setup.contract === 'linear' ? usd / price : usd);
  const sign = direction(setup.side);
  const ahead = setup.fuel.filter(({ price }) => (price - facts.start) * sign > 0);
  let size = 'notional' in setup.trigger ? sizeOf(setup.trigger.notional, facts.start) : 0;
  let forced = 0;
  const fired = new Set<FuelRow>();
  for (;;) {
    const walk = walkBook(facts.levels, size as ContractSize, { tickSize: 0.1, contract: setup.contract });
    const at = walk.endPrice ?? facts.start;
    const next = ahead.filter((row) => !fired.has(row) && (row.price - at) * sign <= 0 && walk.filled > 0);
    if (next.length === 0 || walk.unfilled > 0) return { walk, forced, size };
    for (const row of next) {
      fired.add(row);
      forced += row.expected[deviation];
      size += sizeOf(row.expected[deviation], row.price);
    }
  }
}

describe('a simulated cascade', () => {
  test('S31: with the whole book surviving, slippage equals a brute-force walk to the cent, and so do levels and end price', () => {
    let compared = 0;
    fc.assert(
      fc.property(market, (input) => {
        const facts = factsOf(input);
        const fuel = fuelOf(input.rows, facts, input.reach, input.scale).map(({ price, expected: { p50 } }) => ({
          price,
          expected: { p10: p50, p50, p90: p50 },
        }));
        const setup: CascadeSetup = { ...setupOf(input), fuel, venueShares: [], survival: 1 as Fraction, paths: 1 };
        const { walk, forced, size } = bruteForce(setup, facts, 'p50');
        const result = simulated(setup);
        if (walk.unfilled > 0) {
          expect(result.extrapolatedShare).toBe(1);
          return;
        }
        if (walk.averagePrice === undefined || walk.endPrice === undefined) return;
        compared++;
        const expected = slippageOf(input.contract, size, walk.averagePrice, facts.start as Price);
        expect(Math.abs(result.slippage.p50 - expected.cost)).toBeLessThan(0.01);
        expect(result.endPrice.p50).toBe(walk.endPrice);
        expect(result.levelsEaten.p50).toBe(walk.levelsEaten);
        expect(result.forced.p50 / Math.max(1, forced)).toBeCloseTo(forced / Math.max(1, forced), 9);
      }),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(50);
  });

  test('the markets of these laws are not idle: many paths have several steps, end beyond the snapshot, or stop short', () => {
    const results = fc.sample(market, { numRuns: 200, seed: 1 }).map((input) => simulated(setupOf(input)));
    expect(results.filter(({ steps }) => steps.p90 >= 3).length).toBeGreaterThan(20);
    expect(results.filter(({ extrapolatedShare }) => extrapolatedShare > 0).length).toBeGreaterThan(20);
    expect(results.filter(({ spentShare, forced }) => forced.p90 > 0 && spentShare < 1).length).toBeGreaterThan(20);
  });

  test('S32: more fuel never shortens a path: not its end, its forced notional or the levels it eats', () => {
    const factors = fc.array(between(1, 3), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(market, factors, (input, more) => {
        const setup = setupOf(input);
        const fuel = setup.fuel.map(({ price, expected }, index) => {
          const factor = more[index % more.length]!;
          const grown = { p10: expected.p10 * factor, p50: expected.p50 * factor, p90: expected.p90 * factor };
          return { price, expected: grown as FuelRow['expected'] };
        });
        expectNotShorter(simulated(setup), simulated({ ...setup, fuel }), direction(input.side));
      }),
    );
  });

  test('S32: raising one quantile of the fuel alone never shortens a path either', () => {
    fc.assert(
      fc.property(market, fc.constantFrom('p10' as const, 'p50' as const, 'p90' as const), (input, quantile) => {
        const setup = setupOf(input);
        const next = { p10: 'p50', p50: 'p90', p90: 'p90' } as const;
        const fuel = setup.fuel.map(({ price, expected }) => {
          const raised = quantile === 'p90' ? expected.p90 * 2 : expected[next[quantile]];
          return { price, expected: { ...expected, [quantile]: raised } };
        });
        expectNotShorter(simulated(setup), simulated({ ...setup, fuel }), direction(input.side));
      }),
    );
  });

  test('S32: a thicker book never lengthens a path', () => {
    const factors = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(market, factors, fc.boolean(), (input, more, isByPrice) => {
        const facts = factsOf(input);
        const price = (facts.start + (facts.end - facts.start) * input.trigger * 2) as Price;
        const setup = isByPrice ? { ...setupOf(input), trigger: { price } } : setupOf(input);
        const thick = simulated({ ...setup, book: thicker(input.book, more) });
        expectNotShorter(thick, simulated(setup), direction(input.side), 1e-9);
      }),
    );
  });

  test('S32: ends after at most 200 steps, having fired no row that price did not reach', () => {
    fc.assert(
      fc.property(market, (input) => {
        const setup = setupOf(input);
        const result = simulated({ ...setup, venueShares: [] });
        expect(Math.max(...result.paths.steps)).toBeLessThanOrEqual(MOST_STEPS);
        const sign = direction(input.side);
        for (const [path, end] of result.paths.endPrice.entries()) {
          const within = setup.fuel.filter(({ price }) => (price - end) * sign <= 1e-9 * end);
          const most = within.reduce((sum, { expected }) => sum + expected.p90, 0);
          expect(result.paths.forced[path]).toBeLessThanOrEqual(most * (1 + 1e-9) + 1e-9);
        }
      }),
    );
  });

  test('S41: forced longs end lower and forced shorts higher, in linear and inverse contracts', () => {
    fc.assert(
      fc.property(market, (input) => {
        const { paths, startPrice } = simulated(setupOf({ ...input, trigger: Math.max(0.01, input.trigger) }));
        for (const end of paths.endPrice) expect((end - startPrice) * direction(input.side)).toBeGreaterThan(0);
      }),
    );
  });

  test('no trigger forces nothing and moves nothing, whatever fuel waits', () => {
    fc.assert(
      fc.property(market, (input) => {
        const result = simulated({ ...setupOf(input), trigger: { notional: 0 as Usd } });
        for (const { p10, p90 } of [result.forced, result.slippage, result.steps, result.levelsEaten, result.move]) {
          expect([p10, p90]).toEqual([0, 0]);
        }
        expect(result.endPrice.p50).toBe(result.startPrice);
      }),
    );
  });

  test('no fuel forces nothing: a price that was reached by itself stays there', () => {
    fc.assert(
      fc.property(market, (input) => {
        const facts = factsOf(input);
        const price = (facts.start + (facts.end - facts.start) * 0.7) as Price;
        const result = simulated({ ...setupOf(input), fuel: [], trigger: { price } });
        expect([result.forced.p90, result.slippage.p90, result.steps.p90, result.levelsEaten.p90]).toEqual([
          0, 0, 0, 0,
        ]);
        expect(result.endPrice).toEqual({ p10: price, p50: price, p90: price });
      }),
    );
  });

  test('the same seed gives the same paths; another seed gives others', () => {
    fc.assert(
      fc.property(market, (input) => {
        const setup = setupOf(input);
        expect(simulated(setup)).toEqual(simulated({ ...setup }));
        expect(simulated(setup).paths.survival).not.toEqual(
          simulated({ ...setup, seed: setup.seed + 1 }).paths.survival,
        );
      }),
    );
  });
});

function expectNotShorter(short: CascadeSimulation, long: CascadeSimulation, sign: number, allowed = 1e-12): void {
  for (let path = 0; path < short.paths.endPrice.length; path++) {
    const extra = (long.paths.endPrice[path]! - short.paths.endPrice[path]!) * sign;
    expect(extra).toBeGreaterThanOrEqual(-allowed * short.startPrice);
    expect(long.paths.forced[path]).toBeGreaterThanOrEqual(short.paths.forced[path]! * (1 - allowed));
    expect(long.paths.levelsEaten[path]).toBeGreaterThanOrEqual(short.paths.levelsEaten[path]!);
  }
}
