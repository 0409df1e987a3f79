import { expect, test } from 'vitest';
import { createEngine, type MarketEvent, type UnixMs, type VenueId } from '../src/index.js';
import { eventsOf, instrumentOf, START, withTicks } from './market.js';

const MINUTES = 60;
/** Price swings by 2 % each quarter of an hour, so that near longs and shorts are swept again and again. */
const priceOf = (minute: number) => 60_000 * (1 + 0.01 * Math.sin((2 * Math.PI * minute) / 15));

/** Marks, volume and open interest of one venue; with `isTold` also a liquidation feed that delivers nothing. */
function session(venueId: VenueId, isTold: boolean): readonly MarketEvent[] {
  const spec = instrumentOf(venueId);
  const venue = eventsOf(spec);
  const time = START as UnixMs;
  const resumed = { kind: 'resumed', instrument: spec.id, eventTime: time, seenTime: time, channel: 'liquidations' };
  const minutes = Array.from({ length: MINUTES }, (_, minute) => [
    venue.trade(minute * 60_000 + 50, priceOf(minute), 500),
    venue.mark(minute * 60_000 + 100, priceOf(minute)),
    venue.openInterest(minute * 60_000 + 200, 10_000 + minute * 20),
  ]).flat();
  return [venue.listed(), ...(isTold ? [resumed as MarketEvent] : []), ...minutes];
}

/** Longs of bybit within 2 % below the price at the end, contracts. */
function nearLongs(venues: readonly VenueId[], learns: boolean): number {
  const engine = createEngine({ symbol: 'BTCUSDT', venues: ['bybit', 'binance'], model: { learns } });
  const events = venues.flatMap((id) => session(id, id === 'binance'));
  const ordered = events.toSorted((a, b) => a.seenTime - b.seenTime);
  for (const event of withTicks(ordered, MINUTES * 60)) {
    const fault = engine.apply(event);
    if (fault !== undefined) throw new Error(fault.message);
  }
  const price = engine.referencePrice();
  const edges = Float64Array.of(price * 0.98, price);
  return engine.density({ edges, unit: 'contract', venue: 'bybit' }).long[0]!;
}

test('a venue that tells of no liquidation learns from the silence of one that would', () => {
  const alone = nearLongs(['bybit'], true);
  expect(alone).toBeGreaterThan(0);
  expect(nearLongs(['bybit', 'binance'], true)).toBeLessThan(0.8 * alone);
});

test('a model that does not learn does not learn from others either', () => {
  expect(nearLongs(['bybit', 'binance'], false)).toBe(nearLongs(['bybit'], false));
});
