import { expect, test } from 'vitest';
import { createEngine, type MarketEvent, type UnixMs } from '../src/index.js';
import { eventsOf, instrumentOf, START, withTicks } from './market.js';

const venue = eventsOf(instrumentOf('binance'));
const MINUTES = 90;
/** An hour at 60,000, then 6 % down: longs are swept, shorts are not. */
const priceOf = (minute: number) => (minute < 60 ? 60_000 : Math.max(56_400, 60_000 - (minute - 60) * 300));

function longShare(told: number | undefined, population: 'top-positions' | 'all-accounts' = 'top-positions'): number {
  const model = { learns: false, ratioWeight: 1 };
  const engine = createEngine({ symbol: 'BTCUSDT', venues: ['binance'], model });
  const minutes = Array.from({ length: MINUTES }, (_, minute) => [
    venue.trade(minute * 60_000 + 50, priceOf(minute), 500),
    venue.mark(minute * 60_000 + 100, priceOf(minute)),
    venue.openInterest(minute * 60_000 + 200, 10_000),
  ]).flat();
  const time = (START + MINUTES * 60_000) as UnixMs;
  const at = { instrument: 'binance:BTCUSDT', eventTime: time, seenTime: time };
  const ratio = { kind: 'long-short-ratio', ...at, population, longShare: told } as MarketEvent;
  for (const event of withTicks([venue.listed(), ...minutes, ...(told === undefined ? [] : [ratio])], MINUTES * 60)) {
    const fault = engine.apply(event);
    if (fault !== undefined) throw new Error(fault.message);
  }
  const { long, short } = engine.density({ edges: Float64Array.of(30_000, 100_000), unit: 'contract' });
  return long[0]! / (long[0]! + short[0]!);
}

test('a ratio of longs is of what stands: longs that were swept are not taken away twice', () => {
  expect(longShare(undefined)).toBeLessThan(0.45);
  expect(longShare(0.5)).toBeCloseTo(0.5, 2);
  expect(longShare(0.6)).toBeCloseTo(0.6, 2);
});

test('a share of accounts says nothing of what stands: most small accounts are long most of the time', () => {
  expect(longShare(0.7, 'all-accounts')).toBe(longShare(undefined));
});
