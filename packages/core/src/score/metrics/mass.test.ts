import { expect, test } from 'vitest';
import { addCounts, countCovered, coverageOf } from './band-coverage.js';
import { logMassRatio, longShareError, overlap } from './mass.js';

const bins = (...values: number[]) => Float64Array.from(values);

test('densities that share nothing do not overlap, and half of the mass in common overlaps by half', () => {
  expect(overlap(bins(1, 0, 0), bins(0, 0, 5))).toBe(0);
  expect(overlap(bins(2, 2, 0), bins(0, 3, 3))).toBeCloseTo(0.5, 12);
  expect(overlap(bins(0, 0), bins(1, 0))).toBe(0);
});

test('twice the mass is log 2', () => {
  expect(logMassRatio(bins(4, 4), bins(1, 3))).toBeCloseTo(Math.log(2), 12);
  expect(logMassRatio(bins(0), bins(1))).toBeNaN();
});

test('three quarters long against one half is a share error of one quarter', () => {
  expect(longShareError({ long: bins(3), short: bins(1) }, { long: bins(5), short: bins(5) })).toBeCloseTo(0.25, 12);
});

test('a band is judged only where there is true mass, and within the bins asked for', () => {
  const band = { low: bins(0, 1, 1, 1), high: bins(1, 2, 2, 2) };
  const truth = bins(0, 1, 5, 2);
  expect(countCovered(band, truth)).toEqual({ bins: 3, covered: 2 });
  expect(countCovered(band, truth, 0, 2)).toEqual({ bins: 1, covered: 1 });
  expect(
    coverageOf(
      addCounts([
        { bins: 3, covered: 2 },
        { bins: 1, covered: 1 },
      ]),
    ),
  ).toBe(0.75);
});
