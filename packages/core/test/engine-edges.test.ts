import { expect, test } from 'vitest';
import {
  createEngine,
  createFrameStream,
  restoreEngine,
  type EngineOptions,
  type MarketEvent,
  type UnixMs,
} from '../src/index.js';
import { eventsOf, firstDifference, instrumentOf, START, withTicks } from './market.js';

const venue = eventsOf(instrumentOf('binance'));
const optionsOf = (resolution = 1_000): EngineOptions => ({
  symbol: 'BTCUSDT',
  venues: ['binance'],
  resolutions: [resolution] as never,
});
const loaded = (resolution?: number) => {
  const engine = createEngine(optionsOf(resolution));
  for (const event of [
    venue.listed(),
    venue.trade(0, 60_000, 100),
    venue.mark(0, 60_000),
    venue.openInterest(1, 1_000),
  ]) {
    engine.apply(event);
  }
  return engine;
};
const tick = (ms: number): MarketEvent => ({ kind: 'tick', seenTime: (START + ms) as UnixMs });

test('a slow mark is not replaced by a last price that is older still', () => {
  const engine = loaded();
  engine.apply(venue.mark(60_000, 61_000));
  engine.apply(tick(75_000));
  expect(engine.referencePrice()).toBe(61_000);
});

test('a wick of last prices during time the mark covered sweeps nothing when the mark goes stale', () => {
  const engine = loaded();
  for (let s = 1; s < 60; s++) engine.apply(venue.mark(s * 1_000, 60_000));
  engine.apply(venue.bar(60_000, 60_000, [60_000, 60_010, 54_000, 60_000]));
  const long = () => engine.density({ edges: Float64Array.of(54_000, 59_900), unit: 'contract' }).long[0]!;
  const before = long();
  engine.apply(tick(70_000));
  engine.apply(venue.trade(70_001, 60_000, 0.001));
  expect(before).toBeGreaterThan(100);
  expect(long()).toBe(before);
});

test('positions opened after open interest was zero are young', () => {
  const engine = loaded();
  // Nothing was traded, so the first report of it waits for a second.
  engine.apply(venue.openInterest(2, 0));
  engine.apply(venue.openInterest(2, 0));
  engine.apply(venue.trade(3, 60_000, 50));
  engine.apply(venue.openInterest(1_000, 5));
  for (const s of [2, 3, 4]) engine.apply(tick(s * 1_000));
  const [tile] = engine.frame().tiles;
  const ages = tile!.cells.filter((code, i) => i % 4 === 3 && i >= (tile!.heads.length - 1) * 2_560 && code > 0);
  expect(ages.length).toBeGreaterThan(0);
  expect(Math.max(...ages)).toBe(1);
});

test('looking at an engine changes none of its bytes', () => {
  const events = withTicks(
    Array.from({ length: 90 }, (_, s) => venue.trade(s * 1_000 + 2, 60_000 + s, 5)),
    90,
  );
  const [watched, alone] = [loaded(15_000), loaded(15_000)];
  for (const event of events) {
    watched.apply(event);
    watched.frame();
    alone.apply(event);
  }
  expect(firstDifference(watched.save(), alone.save())).toBeUndefined();
});

test('a wide open column travels as differences, not as a whole each second', () => {
  const engine = loaded(900_000);
  const stream = createFrameStream(engine);
  stream.snapshot();
  const kinds: string[] = [];
  for (let s = 2; s < 120; s++) {
    engine.apply(venue.trade(s * 1_000 - 500, 60_000 + (s % 7), 1));
    engine.apply(tick(s * 1_000));
    kinds.push(...stream.drain().map(({ kind }) => kind));
  }
  expect(kinds.filter((kind) => kind === 'column').length).toBeLessThan(3);
  expect(kinds.filter((kind) => kind === 'column-delta').length).toBeGreaterThan(100);
});

test('a column during which no channel delivered says so', () => {
  const engine = loaded();
  for (const channel of ['trades', 'mark'] as const) {
    const at = {
      instrument: 'binance:BTCUSDT',
      eventTime: (START + 1_000) as UnixMs,
      seenTime: (START + 1_000) as UnixMs,
    } as const;
    engine.apply({ kind: 'gap', ...at, channel, from: START, to: at.seenTime, reason: 'disconnected' });
  }
  for (let s = 2; s < 9; s++) engine.apply(tick(s * 1_000));
  expect(engine.frame().tiles[0]!.heads.map(({ completeness }) => completeness)).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
});

test('the first candle holds the trades of its first second', () => {
  const engine = createEngine(optionsOf(60_000));
  const trades = [60_500, 59_500, 60_000].map((price, i) => venue.trade(100 * (i + 1), price));
  for (const event of [venue.listed(), ...trades, tick(1_000), tick(2_000), tick(3_000)]) engine.apply(event);
  expect(engine.frame().tiles[0]!.heads[0]).toMatchObject({ open: 60_500, high: 60_500, low: 59_500, close: 60_000 });
});

test('damaged checkpoints are refused by rule, whichever bit is wrong', () => {
  const bytes = loaded().save();
  for (let i = 0; i < bytes.length; i += 1_499) {
    const damaged = bytes.slice();
    damaged[i]! ^= 1;
    const restored = restoreEngine(damaged, optionsOf());
    expect(restored.ok).toBe(false);
  }
});

test('one absurd mark sweeps nothing, moves nothing, and is counted', () => {
  const [engine, undisturbed] = [loaded(), loaded()];
  expect(engine.apply(venue.mark(10, 0.01))).toMatchObject({ code: 'implausible-price', field: 'mark.price' });
  for (const each of [engine, undisturbed]) each.apply(venue.mark(20, 60_001));
  const edges = Float64Array.of(30_000, 60_000, 120_000);
  expect(engine.density({ edges, unit: 'usd' })).toEqual(undisturbed.density({ edges, unit: 'usd' }));
  expect(engine.facts().rejections).toEqual({ 'implausible-price': 1 });
});
