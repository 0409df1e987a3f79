import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SeededRandom } from '../numeric/seeded-random.js';
import { OpenInterestFilter } from './open-interest-filter.js';

/** A random walk of open interest, and reports of it that are off by a share. */
function walk(seed: number, count: number, step: number, error: number) {
  const random = new SeededRandom(seed);
  const normal = () => random.normal();
  let truth = 100_000;
  return Array.from({ length: count }, () => {
    truth *= Math.exp(step * normal());
    return { truth, report: truth * Math.exp(error * normal()) };
  });
}

const distance = (a: number, b: number) => Math.abs(Math.log(a / b));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('reports without errors are believed to the last contract, but for rare chance', () => {
  const exact: boolean[] = [];
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const filter = new OpenInterestFilter();
      for (const { report } of walk(seed, 300, 0.004, 0)) exact.push(filter.note(report, undefined) === report);
    }),
    { numRuns: 40 },
  );
  expect(exact.filter((isExact) => isExact).length / exact.length).toBeGreaterThan(0.985);
});

test('reports with errors are averaged until most of the error is gone', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const filter = new OpenInterestFilter();
      const told = walk(seed, 600, 0.002, 0.02).map((point) => ({
        ...point,
        level: filter.note(point.report, undefined)!,
      }));
      const late = told.slice(200);
      const error = mean(late.map(({ truth, report }) => distance(report, truth)));
      expect(mean(late.map(({ truth, level }) => distance(level, truth)))).toBeLessThan(0.6 * error);
    }),
    { numRuns: 20 },
  );
});

test('a jump that volume can hardly have made waits for a second report', () => {
  const filter = new OpenInterestFilter();
  filter.note(1_000, 100);
  expect(filter.note(1_200, 50)).toBeUndefined();
  expect(filter.note(1_001, 50)).toBe(1_001);
  expect(filter.note(700, 50)).toBeUndefined();
  expect(filter.note(1_300, 50)).toBeUndefined();
  expect(filter.note(1_200, 50)).toBe(1_200);
});

test('a fall that goes on is one report late and no more', () => {
  const filter = new OpenInterestFilter();
  const told = [1_000, 900, 800, 700, 600, 500].map((size) => filter.note(size, 100));
  expect(told).toEqual([1_000, undefined, 800, undefined, 600, undefined]);
  expect(filter.note(500, 0)).toBe(500);
});

test('a jump that volume bears out is believed at once, and so is one where volume is unknown', () => {
  const filter = new OpenInterestFilter();
  filter.note(1_000, 100);
  expect(filter.note(500, 2_000)).toBe(500);
  expect(filter.note(900, undefined)).toBe(900);
});

test('open interest that ends and begins again is followed', () => {
  const filter = new OpenInterestFilter();
  filter.note(1_000, 0);
  filter.note(0, 0);
  expect(filter.note(0, 0)).toBe(0);
  filter.note(50, 0);
  expect(filter.note(50, 0)).toBe(50);
  expect(filter.gain()).toBe(1);
});

test('the gain is that of the steady Kalman filter', () => {
  const filter = new OpenInterestFilter();
  // Over one report 2 + 2 x 1, over twelve 24 + 2 x 1: q = 2, P = 1 + sqrt(3), K = P / (P + 1).
  Object.assign(filter, { count: 400, squares: 4, products: -1, farSquares: 26 });
  expect(filter.gain()).toBeCloseTo((1 + Math.sqrt(3)) / (2 + Math.sqrt(3)), 12);
  Object.assign(filter, { products: -0.4 });
  expect(filter.gain()).toBe(1);
});
