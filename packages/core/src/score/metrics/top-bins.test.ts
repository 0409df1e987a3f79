import { expect, test } from 'vitest';
import { captureAtTop, hitAtTop, topBins } from './top-bins.js';

const bins = (...values: number[]) => Float64Array.from(values);

test('bins that tie for the last place share it', () => {
  expect([...topBins(bins(9, 3, 3, 1), 2)]).toEqual([1, 0.5, 0.5, 0]);
});

test('a chosen bin next to one of the truly largest is a hit, two bins off is not', () => {
  const truth = bins(0, 0, 9, 0, 0, 0);
  expect(hitAtTop(bins(0, 9, 0, 0, 0, 0), truth, 1)).toBe(1);
  expect(hitAtTop(bins(0, 0, 0, 0, 9, 0), truth, 1)).toBe(0);
});

test('an even estimate hits as often as chance: 3 of 6 bins lie within one bin of the largest', () => {
  expect(hitAtTop(bins(1, 1, 1, 1, 1, 1), bins(0, 0, 9, 0, 0, 0), 1)).toBeCloseTo(0.5, 12);
});

test('capture is the true mass in the chosen bins over the most that as many bins can hold', () => {
  expect(captureAtTop(bins(9, 8, 0, 0), bins(6, 1, 4, 0), 2)).toBeCloseTo(7 / 10, 12);
  expect(captureAtTop(bins(1, 1), bins(0, 0), 1)).toBeNaN();
});
