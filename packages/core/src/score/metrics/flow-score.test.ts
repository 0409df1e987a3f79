import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SeededRandom } from '../../numeric/seeded-random.js';
import { evenDistance, medianOf, scoreFlow, type FlowWindow } from './flow-score.js';
import { gammaCdf, logGamma } from './gamma-distribution.js';

const window = (predicted: number, realized: number, range = 0.01, openInterestUsd = 1_000): FlowWindow => ({
  predicted,
  realized,
  range,
  openInterestUsd,
});

test('predictions that come true have ratio 1, no error and all of the skill', () => {
  const score = scoreFlow([window(5, 5), window(20, 20, 0.02), window(1, 1, 0.03)]);
  expect(score.ratioMedian).toBe(1);
  expect(score.logError).toBe(0);
  expect(score.devianceSkill).toBeCloseTo(1, 12);
});

test('predicting a constant share of range times open interest has no skill', () => {
  const windows = [window(0, 6, 0.01), window(0, 10, 0.03), window(0, 4, 0.01)];
  const share = 20 / (0.05 * 1_000);
  const told = windows.map((one) => ({ ...one, predicted: share * one.range * one.openInterestUsd }));
  expect(scoreFlow(told).devianceSkill).toBeCloseTo(0, 12);
});

test('deviance skill by hand: realized 2 and 4, predicted 3 and 3 beside a reference of 1.5 and 4.5', () => {
  const score = scoreFlow([window(3, 2, 0.01), window(3, 4, 0.03)]);
  const deviance = (means: readonly number[]) =>
    2 * (2 * Math.log(2 / means[0]!) - (2 - means[0]!) + 4 * Math.log(4 / means[1]!) - (4 - means[1]!));
  expect(score.devianceSkill).toBeCloseTo(1 - deviance([3, 3]) / deviance([1.5, 4.5]), 12);
});

test('the log error leaves out windows in which nothing was liquidated', () => {
  const error = Math.abs(Math.log1p(9) - Math.log1p(3)) / Math.log1p(3);
  expect(scoreFlow([window(9, 3), window(50, 0)]).logError).toBeCloseTo(error, 12);
});

test('windows into which price did not move are not judged', () => {
  expect(scoreFlow([window(5, 5), window(7, 7, 0)]).windows).toBe(1);
});

test('an empty prediction costs much and not without bound', () => {
  const { devianceSkill } = scoreFlow([window(0, 50, 0.01), window(50, 50, 0.02), window(40, 40, 0.02)]);
  expect(devianceSkill).toBeLessThan(0);
  expect(devianceSkill).toBeGreaterThan(-1_000);
});

test('even values lie 1 / 2n from the even distribution at best, a point at 0 lies 1 away', () => {
  expect(evenDistance([0.125, 0.375, 0.625, 0.875])).toBeCloseTo(0.125, 12);
  expect(evenDistance([0, 0, 0])).toBe(1);
});

test('PIT is nearly even when flows come from the predicted distribution and far from it when they are half of it', () => {
  const random = new SeededRandom(7);
  const shape = 4;
  const draw = () => Array.from({ length: shape }, () => random.exponential(1)).reduce((a, b) => a + b, 0);
  const windows = Array.from({ length: 400 }, () => window(shape, draw()));
  expect(scoreFlow(windows).pitDistance).toBeLessThan(0.07);
  expect(scoreFlow(windows.map((one) => ({ ...one, realized: one.realized / 2 }))).pitDistance).toBeGreaterThan(0.2);
});

test('the median of an even count is the mean of the middle two, and unknown values do not count', () => {
  expect(medianOf([4, Number.NaN, 1, 2, 3])).toBe(2.5);
  expect(medianOf([3, 1, 2])).toBe(2);
  expect(medianOf([])).toBeNaN();
});

test('log gamma gives log factorials and the root of pi', () => {
  expect(logGamma(6)).toBeCloseTo(Math.log(120), 11);
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 11);
});

test('shape 1 is the exponential distribution, whole shapes are sums of Poisson terms', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 60, noNaN: true }), fc.integer({ min: 1, max: 30 }), (x, shape) => {
      expect(gammaCdf(1, x)).toBeCloseTo(1 - Math.exp(-x), 10);
      let term = Math.exp(-x);
      let tail = 0;
      for (let n = 0; n < shape; n++) {
        tail += term;
        term *= x / (n + 1);
      }
      expect(gammaCdf(shape, x)).toBeCloseTo(1 - tail, 10);
    }),
  );
});

test('the distribution rises, also for shapes of a million', () => {
  const values = [0.9e6, 0.999e6, 1e6, 1.001e6, 1.1e6].map((x) => gammaCdf(1e6, x));
  expect(values).toEqual([...values].sort((a, b) => a - b));
  expect(values[2]).toBeCloseTo(0.5, 3);
});
