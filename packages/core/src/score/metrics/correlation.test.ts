import { expect, test } from 'vitest';
import { pearson, ranksOf, smoothed, smoothedSpearman } from './correlation.js';

test('tied values share their mean rank, also where rounding tells them apart', () => {
  expect([...ranksOf([5, 1, 5, 9])]).toEqual([1.5, 0, 1.5, 3]);
  expect([...ranksOf([1e9, 1e9 + 1e-4, 1e9 - 1e-4])]).toEqual([1, 1, 1]);
});

test('smoothing weighs neighbors 1 2 1 and leans on the outermost bin at the ends', () => {
  expect([...smoothed(Float64Array.from([4, 0, 0, 8]))]).toEqual([3, 1, 2, 6]);
});

test('Pearson of 1 2 3 against 1 3 2 is one half', () => {
  expect(pearson([1, 2, 3], [1, 3, 2])).toBeCloseTo(0.5, 12);
});

test('an even estimate correlates with nothing, and an even truth is not judged', () => {
  const even = Float64Array.from({ length: 8 }, (_, i) => 1 + (i % 2) * 1e-13);
  const truth = Float64Array.from([1, 5, 2, 8, 3, 1, 9, 4]);
  expect(pearson(even, truth)).toBe(0);
  expect(smoothedSpearman(even, truth)).toBe(0);
  expect(pearson(truth, even)).toBeNaN();
});
