import fc from 'fast-check';
import type { MarketEvent } from '@liquidation-heatmap/core';
import { ASSETS, LIQUIDATION_FEEDS, type MarketOptions, type VenueOptions, type World } from '../src/index.js';

/** A Friday midnight; any time will do. */
export const START = Date.UTC(2025, 0, 10);

/** Three venues of unlike weight, leverage and basis. */
export const THREE_VENUES: readonly VenueOptions[] = [
  { id: 'binance', share: 5, maxLeverage: 125, basisBps: 0 },
  { id: 'bybit', share: 3, maxLeverage: 100, basisBps: 3 },
  { id: 'okx', share: 2, maxLeverage: 50, basisBps: -4 },
];

/** Few agents, and within the first minute a fall and a rise of 6 % into a thin book: many forced closes on both sides. */
export const NERVOUS: Partial<World> = {
  population: 300,
  depthShare: 0.05,
  meanHoldingMs: 3_600_000,
  shocks: [
    { afterMs: 5_000, durationMs: 15_000, logReturn: -0.06 },
    { afterMs: 25_000, durationMs: 15_000, logReturn: 0.12 },
  ],
};

/** Throws what went wrong; thousands of checks a run would be slow as expectations of the test runner. */
export function must(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(what);
}

/** Markets of every symbol, one to three venues, seen every way. */
export const anyMarket: fc.Arbitrary<MarketOptions> = fc.record({
  seed: fc.oneof(fc.integer(), fc.string({ maxLength: 12 })),
  symbol: fc.constantFrom(...ASSETS.map(({ symbol }) => symbol)),
  startTime: fc.integer({ min: START, max: START + 86_400_000 }),
  venues: fc.integer({ min: 1, max: 3 }).map((count) => THREE_VENUES.slice(0, count)),
  world: fc.constantFrom<Partial<World>>(NERVOUS, { ...NERVOUS, isolatedShare: 1 }, { population: 300 }),
  liquidations: fc.constantFrom(...LIQUIDATION_FEEDS),
});

/** 32-bit FNV-1a over the events as text, typed arrays as lists: equal streams have equal hashes. */
export function hashEvents(events: Iterable<MarketEvent>): number {
  let hash = 0x811c9dc5;
  for (const event of events) {
    const text = JSON.stringify(event, (_, value: unknown) => (value instanceof Float64Array ? [...value] : value));
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}
