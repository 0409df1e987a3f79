import { expect, test } from 'vitest';
import type { Bar, MarketEvent, OpenInterest } from '@liquidation-heatmap/core';
import { createMarket, simulatedEvents, trueDensity } from '../src/index.js';
import { START, THREE_VENUES } from './market-kit.js';

const OPTIONS = { seed: 3, symbol: 'ETHUSDT', startTime: START + 123_456, venues: THREE_VENUES };

function ofKind<Kind extends MarketEvent['kind']>(
  events: readonly MarketEvent[],
  kind: Kind,
): Extract<MarketEvent, { kind: Kind }>[] {
  return events.filter((event) => event.kind === kind) as Extract<MarketEvent, { kind: Kind }>[];
}

test('history is whole 5-minute bars up to the last border before the start, funding each 8 hours, no trades and no prints', () => {
  const events = [...simulatedEvents(OPTIONS, { historyMs: 86_400_000, stepMs: 60_000, liveMs: 0 })];
  const bars: Bar[] = ofKind(events, 'bar').filter(({ instrument }) => instrument === 'bybit:ETHUSDT');
  expect(bars.length).toBe(288);
  expect(bars.at(-1)!.seenTime).toBe(START);
  bars.forEach((bar, i) => {
    expect(bar.eventTime).toBe(START - 86_400_000 + (i + 1) * 300_000);
    if (i > 0) expect(bar.open).toBe(bars[i - 1]!.close);
  });
  expect(ofKind(events, 'mark-bar').length).toBe(3 * 288);
  expect(ofKind(events, 'open-interest').length).toBe(3 * 288);
  expect(ofKind(events, 'funding').length).toBe(3 * 3);
  expect([...ofKind(events, 'trade'), ...ofKind(events, 'liquidation')]).toEqual([]);
});

test('positions are carried from history into the live part', () => {
  const market = createMarket({ ...OPTIONS, history: { durationMs: 7_200_000 } });
  const openInterest: OpenInterest[] = ofKind(market.advance(market.liveFrom), 'open-interest');
  const before = market.truth();
  expect(before.venues.map(({ openInterest: size }) => size)).toEqual(openInterest.slice(-3).map(({ size }) => size));
  market.advance(market.liveFrom + 60_000);
  const key = (position: { openedAt: number; entryPrice: number; size: number }): string => JSON.stringify(position);
  const after = new Set(market.truth().venues[0]!.positions.map(key));
  const kept = before.venues[0]!.positions.filter((position) => after.has(key(position)));
  expect(kept.length / before.venues[0]!.positions.length).toBeGreaterThan(0.95);
  expect(kept.length).toBeLessThan(before.venues[0]!.positions.length);
});

test('the step of history changes its detail, not its amounts: volume and open interest agree within half', () => {
  const sums = [30_000, 300_000].map((stepMs) => {
    const events = [...simulatedEvents({ ...OPTIONS, seed: 'steps' }, { historyMs: 86_400_000, stepMs, liveMs: 0 })];
    const volume = ofKind(events, 'bar').reduce((sum, { size }) => sum + size, 0);
    return { volume, openInterest: ofKind(events, 'open-interest').at(-3)!.size };
  });
  for (const { volume, openInterest } of sums) {
    expect(Math.abs(Math.log(volume / sums[0]!.volume))).toBeLessThan(0.4);
    expect(Math.abs(Math.log(openInterest / sums[0]!.openInterest))).toBeLessThan(0.4);
  }
});

test('volume, marks and prices of the live part stay near the bars before it', () => {
  const events = [...simulatedEvents(OPTIONS, { historyMs: 3_600_000, liveMs: 600_000 })].filter(
    (event) => event.kind !== 'tick' && event.kind !== 'status' && event.instrument === 'binance:ETHUSDT',
  );
  const bar = ofKind(events, 'bar').at(-1)!;
  const trades = ofKind(events, 'trade');
  expect(Math.abs(Math.log((trades[0]!.priceTicks * 0.01) / bar.close))).toBeLessThan(0.005);
  const perBar = trades.reduce((sum, { size }) => sum + size, 0) / 2;
  const usual = ofKind(events, 'bar').reduce((sum, { size }) => sum + size, 0) / 12;
  expect(Math.abs(Math.log(perBar / usual))).toBeLessThan(Math.log(5));
  expect(ofKind(events, 'mark').length).toBeGreaterThanOrEqual(599);
});

test('true density counts every reachable position once, and bins add up', () => {
  const truth = createMarket(OPTIONS).truth();
  const { mark } = truth.venues[0]!;
  const fine = Float64Array.from({ length: 401 }, (_, i) => mark * (0.5 + i / 400));
  const whole = Float64Array.of(fine[0]!, fine.at(-1)!);
  for (const unit of ['contract', 'usd'] as const) {
    const parts = trueDensity(truth, { edges: fine, unit });
    const total = trueDensity(truth, { edges: whole, unit });
    expect(parts.long.reduce((sum, size) => sum + size, 0)).toBeCloseTo(total.long[0]!, 0);
    const venues = truth.venues.map(({ venue }) => trueDensity(truth, { edges: whole, unit, venue }).short[0]!);
    expect(venues.reduce((sum, size) => sum + size, 0)).toBeCloseTo(total.short[0]!, 0);
  }
  const below = trueDensity(truth, { edges: Float64Array.of(mark * 0.5, mark * 0.99), unit: 'contract' });
  expect(below.long[0]).toBeGreaterThan(0);
  expect(below.short[0]).toBe(0);
});
