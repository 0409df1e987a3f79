import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMarket, simulatedEvents, type MarketOptions, type MarketTruth } from '../src/index.js';
import { NERVOUS, START, THREE_VENUES, anyMarket, hashEvents } from './market-kit.js';

const BASE: MarketOptions = { seed: 7, symbol: 'BTCUSDT', startTime: START, venues: THREE_VENUES, world: NERVOUS };
const SPAN = { historyMs: 1_800_000, stepMs: 30_000, liveMs: 30_000 };

test('the same seed gives the same bytes and another seed other ones', () => {
  const once = hashEvents(simulatedEvents(BASE, SPAN));
  expect(hashEvents(simulatedEvents(BASE, SPAN))).toBe(once);
  expect(hashEvents(simulatedEvents({ ...BASE, seed: '7' }, SPAN))).toBe(once);
  const others = [8, '7 ', 'calm-7'].map((seed) => hashEvents(simulatedEvents({ ...BASE, seed }, SPAN)));
  expect(new Set([once, ...others]).size).toBe(4);
});

test('advancing in pieces gives the same events as advancing at once', () => {
  fc.assert(
    fc.property(anyMarket, fc.array(fc.integer({ min: 0, max: 200_000 }), { maxLength: 8 }), (options, pieces) => {
      const withHistory = { ...options, history: { durationMs: 600_000, stepMs: 30_000 } };
      const whole = createMarket(withHistory);
      const parts = createMarket(withHistory);
      const end = whole.liveFrom + 20_000;
      const events = pieces.flatMap((piece) => (parts.time + piece > end ? [] : parts.advance(parts.time + piece)));
      events.push(...parts.advance(end));
      expect(hashEvents(events)).toBe(hashEvents(whole.events(end)));
      expect(parts.truth()).toEqual(whole.truth());
    }),
    { numRuns: 8 },
  );
});

test('what the public is shown does not move the market', () => {
  const truths: MarketTruth[] = [
    {},
    { book: false },
    { liquidations: 'none' as const },
    { liquidations: 'complete' as const },
  ].map((shown) => {
    const market = createMarket({ ...BASE, ...shown });
    market.advance(market.time + 60_000);
    return market.truth();
  });
  for (const truth of truths) expect(truth).toEqual(truths[0]);
});

test('looking at the truth does not move the market', () => {
  const watched = createMarket(BASE);
  const alone = createMarket(BASE);
  for (let second = 0; second < 60; second++) {
    watched.advance(watched.time + 1000);
    watched.truth();
  }
  alone.advance(alone.time + 60_000);
  expect(watched.truth()).toEqual(alone.truth());
});
