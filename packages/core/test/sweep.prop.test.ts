import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEngine, priceAtPosition, rowOfPrice } from '../src/index.js';
import { eventsOf, instrumentOf } from './market.js';

const venue = eventsOf(instrumentOf('binance'));

function loadedEngine() {
  const engine = createEngine({ symbol: 'BTCUSDT', venues: ['binance'] });
  engine.apply(venue.listed());
  for (let s = 0; s < 20; s++) engine.apply(venue.trade(s * 1_000, 60_000 + ((s * 37) % 200), 50));
  engine.apply(venue.mark(20_000, 60_000));
  engine.apply(venue.openInterest(20_500, 10_000));
  return engine;
}

/** Exposure per lattice row around the price. */
function rows(engine: ReturnType<typeof loadedEngine>) {
  const first = rowOfPrice(45_000);
  const edges = Float64Array.from({ length: 600 }, (_, i) => priceAtPosition(first + i));
  return { edges, ...engine.density({ edges, unit: 'contract' }) };
}

test('S53: a sweep removes only exposure the mark traded through, and all of it', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -0.12, max: 0.12, noNaN: true }), { minLength: 1, maxLength: 6 }), (path) => {
      const engine = loadedEngine();
      const before = rows(engine);
      path.forEach((move, i) => engine.apply(venue.mark(21_000 + i * 1_000, 60_000 * (1 + move))));
      const low = 60_000 * (1 + Math.min(0, ...path));
      const high = 60_000 * (1 + Math.max(0, ...path));
      const after = rows(engine);
      for (let i = 0; i + 1 < before.edges.length; i++) {
        if (before.edges[i + 1]! < low) expect(after.long[i]!).toBe(before.long[i]!);
        if (before.edges[i]! >= low) expect(after.long[i]!).toBe(0);
        if (before.edges[i]! > high) expect(after.short[i]!).toBe(before.short[i]!);
        if (before.edges[i + 1]! <= high) expect(after.short[i]!).toBe(0);
        expect(after.long[i]!).toBeLessThanOrEqual(before.long[i]!);
        expect(after.short[i]!).toBeLessThanOrEqual(before.short[i]!);
      }
    }),
    { numRuns: 30 },
  );
});

test('last price sweeps only where mark is missing', () => {
  const engine = loadedEngine();
  const before = rows(engine);
  engine.apply(venue.trade(21_000, 56_000));
  expect(rows(engine).long).toEqual(before.long);
  engine.apply(venue.trade(41_000, 56_000));
  const after = rows(engine);
  const above = after.edges.findIndex((edge) => edge >= 56_100);
  expect(after.long.slice(above, 599).every((value) => value === 0)).toBe(true);
});

test('crossing part of a row takes that part once', () => {
  const engine = loadedEngine();
  const row = rowOfPrice(58_000);
  const inside = [priceAtPosition(row + 0.5), priceAtPosition(row + 0.8), priceAtPosition(row + 0.5)];
  const edges = Float64Array.of(priceAtPosition(row), priceAtPosition(row + 1));
  const before = engine.density({ edges, unit: 'contract' }).long[0]!;
  inside.forEach((price, i) => engine.apply(venue.mark(21_000 + i * 1_000, price)));
  expect(engine.density({ edges, unit: 'contract' }).long[0]!).toBeCloseTo(before / 2, 9);
});
