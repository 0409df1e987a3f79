import { expect, test } from 'vitest';
import { createEngine, type MarketEvent } from '../src/index.js';
import { eventsOf, instrumentOf } from './market.js';

/** The same market on two venues, the second trading 0.5 % higher. */
function twins(premium: number) {
  const engine = createEngine({ symbol: 'BTCUSDT', venues: ['binance', 'bybit'] });
  const [first, second] = [eventsOf(instrumentOf('binance')), eventsOf(instrumentOf('bybit'))];
  const events: MarketEvent[] = [first.listed(), second.listed()];
  events.push(first.mark(10, 60_000), second.mark(10, 60_000 * premium));
  events.push(first.openInterest(20, 1_000), second.openInterest(20, 1_000));
  for (const event of events) expect(engine.apply(event)).toBeUndefined();
  return engine;
}

test('S7: a venue that trades above the reference lies on the reference prices after merging by the ratio of marks', () => {
  const edges = Float64Array.from({ length: 31 }, (_, i) => 60_000 * (0.85 + i * 0.01));
  const engine = twins(1.005);
  const own = engine.density({ edges, unit: 'contract', venue: 'binance' });
  const other = engine.density({ edges, unit: 'contract', venue: 'bybit' });
  own.long.forEach((size, i) => expect(other.long[i]!).toBeCloseTo(size, -1));
  expect(Math.abs(other.short[16]! / own.short[16]! - 1)).toBeLessThan(0.1);
});

test('S67: linear and inverse contracts add up in USD and refuse to add up in contracts', () => {
  const engine = createEngine({ symbol: 'BTCUSDT', venues: ['binance', 'binance-coinm'] });
  const [linear, inverse] = [eventsOf(instrumentOf('binance')), eventsOf(instrumentOf('binance-coinm', 'inverse'))];
  const events = [linear.listed(), inverse.listed(), linear.mark(10, 50_000), inverse.mark(10, 50_000)];
  for (const event of [...events, linear.openInterest(20, 100), inverse.openInterest(20, 5_000_000)])
    engine.apply(event);
  const edges = Float64Array.of(30_000, 50_000);
  const [coin, usd] = (['binance', 'binance-coinm'] as const).map(
    (venue) => engine.density({ edges, unit: 'usd', venue }).long[0]!,
  );
  expect(Math.abs(coin! / usd! - 1)).toBeLessThan(0.15);
  expect(engine.density({ edges, unit: 'usd' }).long[0]!).toBeCloseTo(coin! + usd!, 3);
  expect(() => engine.density({ edges, unit: 'contract' })).toThrow(/unit must be "usd"/);
});
