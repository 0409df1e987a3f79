import { expect, test } from 'vitest';
import type { UnixMs } from '../model/units.js';
import { SameHourMedian } from './same-hour-median.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOON = (19_700 * 24 + 12) * HOUR;

/** One hour of samples, each notional `usd` per percent of distance. */
function hourOf(median: SameHourMedian, start: number, usd: number): void {
  for (let slot = 0; slot < 12; slot++) median.sample((start + slot * 300_000) as UnixMs, () => [usd, usd * 2]);
}

test('S48: the usual is the median of the same hour, linear between the sampled distances', () => {
  const median = new SameHourMedian([0.01, 0.02]);
  for (const [day, usd] of [100, 300, 200].entries()) {
    hourOf(median, NOON + day * DAY, usd);
    hourOf(median, NOON + day * DAY + HOUR, 9_000);
  }
  const now = (NOON + 3 * DAY + 60_000) as UnixMs;
  expect(median.medianAt(now, 0.01)).toBe(200);
  expect(median.medianAt(now, 0.015)).toBeCloseTo(300, 9);
  expect(median.medianAt(now, 0.005)).toBeCloseTo(100, 9);
  expect(median.medianAt((now + HOUR) as UnixMs, 0.01)).toBe(9_000);
  expect(median.medianAt((now + 2 * HOUR) as UnixMs, 0.01)).toBeUndefined();
  expect(median.medianAt(now, 0.021)).toBeUndefined();
});

test('S48: nothing is usual before three days were seen, and today does not count', () => {
  const median = new SameHourMedian([0.01, 0.02]);
  hourOf(median, NOON, 100);
  hourOf(median, NOON + DAY, 100);
  hourOf(median, NOON + 2 * DAY, 900);
  expect(median.medianAt((NOON + 2 * DAY + HOUR - 1) as UnixMs, 0.01)).toBeUndefined();
  expect(median.medianAt((NOON + 3 * DAY) as UnixMs, 0.01)).toBe(100);
});

test('what is older than 7 days is forgotten, and memory stays bounded', () => {
  const median = new SameHourMedian([0.01, 0.02]);
  for (let day = 0; day < 40; day++)
    for (let hour = 0; hour < 24; hour++) hourOf(median, NOON + day * DAY + hour * HOUR, day < 33 ? 1 : 500);
  expect(median.medianAt((NOON + 40 * DAY) as UnixMs, 0.01)).toBe(500);
  expect(median.state().hours.length).toBeLessThanOrEqual(169);
});

test('one sample in five minutes is kept, and distances the book did not reach stay unknown', () => {
  const median = new SameHourMedian([0.01, 0.02]);
  expect(median.sample(NOON as UnixMs, () => [1, undefined])).toBe(true);
  expect(median.sample((NOON + 299_999) as UnixMs, () => [50, 50])).toBe(false);
  expect(median.sample((NOON + 300_000) as UnixMs, () => [1, NaN])).toBe(true);
  for (let day = 1; day < 4; day++)
    for (let slot = 0; slot < 4; slot++)
      median.sample((NOON + day * DAY + slot * 300_000) as UnixMs, () => [7, undefined]);
  expect(median.medianAt((NOON + 4 * DAY) as UnixMs, 0.01)).toBe(7);
  expect(median.medianAt((NOON + 4 * DAY) as UnixMs, 0.015)).toBeUndefined();
});

test('a median goes on from its state as if never interrupted', () => {
  const median = new SameHourMedian([0.01, 0.02]);
  for (let day = 0; day < 3; day++) hourOf(median, NOON + day * DAY, day + 1);
  median.sample((NOON + 2 * DAY + 2 * HOUR) as UnixMs, () => [1, undefined]);
  const restored = SameHourMedian.restore(
    JSON.parse(JSON.stringify(median.state())) as ReturnType<typeof median.state>,
  );
  for (const one of [median, restored]) hourOf(one, NOON + 3 * DAY, 9);
  expect(restored.state()).toEqual(median.state());
  expect(median.medianAt((NOON + 4 * DAY) as UnixMs, 0.01)).toBe(2.5);
  expect(restored.medianAt((NOON + 4 * DAY) as UnixMs, 0.01)).toBe(2.5);
});

test('samples of another length, times that run backwards and distances that do not ascend are refused', () => {
  const median = new SameHourMedian([0.01, 0.02]);
  median.sample(NOON as UnixMs, () => [1, 1]);
  const before = median.state();
  expect(() => median.sample((NOON + 300_000) as UnixMs, () => [1])).toThrow('must have 2 notionals, had 1');
  expect(() => median.sample((NOON - 1) as UnixMs, () => [1, 1])).toThrow('must be finite and not decrease');
  expect(median.state()).toEqual(before);
  expect(() => new SameHourMedian([0.02, 0.01])).toThrow('must ascend from above 0, were 0.02 0.01');
});
