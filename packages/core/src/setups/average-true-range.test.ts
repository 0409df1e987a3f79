import { expect, test } from 'vitest';
import { AverageTrueRange } from './average-true-range.js';

const WINDOW = 300_000;

/** Windows of one low, one high and one close each. */
function told(windows: readonly (readonly [low: number, high: number, close: number])[]): AverageTrueRange {
  const range = new AverageTrueRange();
  windows.forEach(([low, high, close], i) => range.note(i * WINDOW + 1_000, low, high, close));
  return range;
}

test('S35: the mean of high - low over 14 windows, as a fraction of the price', () => {
  const windows = Array.from({ length: 15 }, () => [99, 101, 100] as const);
  expect(told(windows).value()).toBeCloseTo(0.02, 12);
  // The fifteenth closes the fourteenth: before that there is no average.
  expect(told(windows.slice(1)).value()).toBeUndefined();
});

test('a jump between windows counts from the close before', () => {
  const windows = Array.from({ length: 15 }, (_, i) =>
    i % 2 === 0 ? ([100, 100, 100] as const) : ([102, 102, 102] as const),
  );
  // The first window has no close before it; the thirteen after it are jumps of 2 up (over 102) or down (over 100).
  expect(told(windows).value()).toBeCloseTo((7 * (2 / 102) + 6 * (2 / 100)) / 14, 12);
});

test('after a silence the jump is not taken for a range', () => {
  const range = told(Array.from({ length: 15 }, () => [100, 100, 100] as const));
  range.note(30 * WINDOW + 1_000, 150, 150, 150);
  range.note(31 * WINDOW + 1_000, 150, 150, 150);
  expect(range.value()).toBe(0);
});

test('goes on from its state, and leaves out what is no price', () => {
  const first = told(Array.from({ length: 20 }, (_, i) => [99, 101 + (i % 3), 100] as const));
  const restored = new AverageTrueRange();
  restored.restore(JSON.parse(JSON.stringify(first.state())) as ReturnType<AverageTrueRange['state']>);
  for (const range of [first, restored]) {
    range.note(20 * WINDOW + 1_000, Number.NaN, 1, 1);
    range.note(20 * WINDOW + 1_000, 98, 103, 100);
    range.note(21 * WINDOW + 1_000, 98, 103, 100);
  }
  expect(restored.value()).toBe(first.value());
});
