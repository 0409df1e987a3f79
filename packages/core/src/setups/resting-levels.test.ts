import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleCluster } from '../../test/sample-cluster.js';
import type { DepthView } from '../model/depth-view.js';
import type { UnixMs } from '../model/units.js';
import { RestingLevels } from './resting-levels.js';
import { restingMatch } from './resting-match.js';

/** Fifty bids from 9,999 down and fifty asks from 10,001 up, of size 1, but for the large ones told. */
function bookOf(large: Readonly<Record<number, number>>): DepthView {
  const side = (step: 1 | -1) => {
    const ticks = Float64Array.from({ length: 50 }, (_, i) => 10_000 + step * (i + 1));
    return { ticks, sizes: ticks.map((tick) => large[tick] ?? 1) };
  };
  return { tickSize: 0.1, bids: side(-1), asks: side(1) };
}

/** Looks at a book once a second from a time on; returns the time of the last look. */
function watch(levels: RestingLevels, from: number, seconds: number, large: Readonly<Record<number, number>>): UnixMs {
  for (let second = 0; second <= seconds; second++) levels.sample((from + second * 1_000) as UnixMs, bookOf(large));
  return (from + seconds * 1_000) as UnixMs;
}

const BAND = { low: 9_970, high: 9_980, gap: 10 };

test('S57: an order counts as standing for as long as it was among the largest 5 % at every look', () => {
  const levels = new RestingLevels();
  const now = watch(levels, 0, 60, { 9_975: 40 });
  expect(levels.near('bid', BAND, now, 60_000)).toMatchObject({
    ticks: 9_975,
    size: 40,
    percentile: 0.99,
    persistedMs: 60_000,
  });
  const again = watch(levels, 61_000, 0, {});
  const later = watch(levels, again + 1_000, 30, { 9_975: 40 });
  expect(levels.near('bid', BAND, later, 60_000)).toMatchObject({ ticks: 9_975, persistedMs: 30_000 });
});

test('S57: an order that moves by a tick starts anew, so one that runs before the price never counts', () => {
  const levels = new RestingLevels();
  let now = 0 as UnixMs;
  for (let second = 0; second < 120; second++) now = watch(levels, second * 1_000, 0, { [9_980 - (second % 10)]: 40 });
  expect(levels.near('bid', BAND, now, 60_000)?.persistedMs).toBe(0);
});

test('S57: the size of an order is the least it was in the last minute or more', () => {
  const levels = new RestingLevels();
  watch(levels, 0, 59, { 9_975: 40 });
  const now = watch(levels, 60_000, 5, { 9_975: 900 });
  expect(levels.near('bid', BAND, now, 60_000)?.size).toBe(40);
  const later = watch(levels, 66_000, 120, { 9_975: 900 });
  expect(levels.near('bid', BAND, later, 60_000)?.size).toBe(900);
});

test('of several orders the largest that has stood is chosen, else the one that stood longest, else the nearest', () => {
  const levels = new RestingLevels();
  watch(levels, 0, 30, { 9_985: 30 });
  const now = watch(levels, 31_000, 40, { 9_985: 30, 9_975: 50, 9_955: 90 });
  const near = (band: typeof BAND, minMs: number) => levels.near('bid', band, now, minMs)?.ticks;
  expect(near(BAND, 60_000)).toBe(9_985);
  expect(near(BAND, 40_000)).toBe(9_975);
  expect(near(BAND, 90_000)).toBe(9_985);
  expect(near({ low: 9_962, high: 9_964, gap: 1 }, 0)).toBe(9_955);
});

test('a book without a large order on that side says how large its largest is', () => {
  const levels = new RestingLevels();
  const now = watch(levels, 0, 60, { 9_975: 3, 10_010: 5, 10_011: 5, 10_012: 5, 10_013: 5, 10_014: 5, 10_015: 5 });
  expect(levels.near('bid', BAND, now, 60_000)).toEqual({
    ticks: undefined,
    size: undefined,
    percentile: 0.93,
    persistedMs: undefined,
  });
});

test('S48: a book that does not reach the band, is too old, or was out of sync says nothing', () => {
  const levels = new RestingLevels();
  const now = watch(levels, 0, 60, { 9_975: 40 });
  expect(levels.near('bid', { low: 9_940, high: 9_950, gap: 5 }, now, 60_000)).toBeUndefined();
  expect(levels.near('bid', BAND, (now + 5_000) as UnixMs, 60_000)).toBeDefined();
  expect(levels.near('bid', BAND, (now + 5_001) as UnixMs, 60_000)).toBeUndefined();
  levels.forget();
  expect(levels.near('bid', BAND, now, 60_000)).toBeUndefined();
  watch(levels, now + 1_000, 0, { 9_975: 40 });
  expect(levels.near('bid', BAND, (now + 1_000) as UnixMs, 60_000)?.persistedMs).toBe(0);
});

test('what stood before a hole of more than 5 s is not said to have stood through it', () => {
  const levels = new RestingLevels();
  const now = watch(levels, 0, 60, { 9_975: 40 });
  levels.sample((now + 5_001) as UnixMs, bookOf({ 9_975: 40 }));
  expect(levels.near('bid', BAND, (now + 5_001) as UnixMs, 60_000)?.persistedMs).toBe(0);
});

test('in a book of equal levels none is large', () => {
  const levels = new RestingLevels();
  const now = watch(levels, 0, 60, {});
  expect(levels.near('bid', BAND, now, 0)).toMatchObject({ ticks: undefined, percentile: 0 });
});

test('a handful of levels is no book to rank in', () => {
  const levels = new RestingLevels();
  const few = { ticks: Float64Array.of(9_999, 9_975), sizes: Float64Array.of(1, 40) };
  levels.sample(0 as UnixMs, {
    tickSize: 0.1,
    bids: few,
    asks: { ticks: Float64Array.of(), sizes: Float64Array.of() },
  });
  expect(levels.near('bid', BAND, 0 as UnixMs, 0)).toBeUndefined();
});

test('memory does not grow with the book', () => {
  const levels = new RestingLevels();
  const ticks = Float64Array.from({ length: 20_000 }, (_, i) => 30_000 - i);
  const none = { ticks: new Float64Array(), sizes: new Float64Array() };
  levels.sample(0 as UnixMs, { tickSize: 1, bids: { ticks, sizes: ticks.map((tick) => tick % 977) }, asks: none });
  expect(levels.state().bid?.levels).toHaveLength(256);
});

test('levels go on from their state as if never interrupted', () => {
  const look = fc.dictionary(fc.integer({ min: 9_960, max: 9_990 }).map(String), fc.integer({ min: 1, max: 60 }));
  fc.assert(
    fc.property(fc.array(look, { minLength: 2, maxLength: 8 }), fc.nat(7), (looks, cut) => {
      const through = new RestingLevels();
      let resumed = new RestingLevels();
      looks.forEach((large, i) => {
        if (i === cut)
          resumed = RestingLevels.restore(
            JSON.parse(JSON.stringify(resumed.state())) as ReturnType<typeof resumed.state>,
          );
        for (const levels of [through, resumed]) levels.sample((i * 1_000) as UnixMs, bookOf(large));
      });
      expect(resumed.state()).toEqual(through.state());
    }),
    { numRuns: 50 },
  );
});

test('a match is in prices of the reference venue and in USD, of bids for longs and of asks for shorts', () => {
  const levels = new RestingLevels();
  const now = watch(levels, 0, 60, { 9_975: 40, 10_020: 30 });
  const linear = { kind: 'linear', tickSize: '0.1' } as const;
  const long = sampleCluster({ low: 997.2, rows: 1 });
  expect(restingMatch(levels, long, now, linear)).toEqual({
    side: 'bid',
    price: 997.5,
    notional: 39_900,
    percentile: 0.99,
    persistedMs: 60_000,
  });
  const shifted = sampleCluster({ low: 997.2 * 1.01, rows: 1 });
  expect(restingMatch(levels, shifted, now, linear, 1.01)?.price).toBeCloseTo(997.5 * 1.01, 9);
  const short = sampleCluster({ side: 'short', low: 1_001.5, rows: 1 });
  expect(restingMatch(levels, short, now, { kind: 'inverse', tickSize: '0.1' })).toMatchObject({
    side: 'ask',
    price: 1_002,
    notional: 30,
  });
});
