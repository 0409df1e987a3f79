import { expect, test } from 'vitest';
import { randomFor } from './random.js';

test('streams of one seed and one stream of neighboring seeds are unlike', () => {
  const first = (seed: number | string, stream: string): number => randomFor(seed, stream).uniform();
  const values = [first(1, 'a'), first(2, 'a'), first(1, 'b'), first('1 ', 'a')];
  expect(new Set(values).size).toBe(4);
  const means = Array.from({ length: 4000 }, (_, seed) => first(seed, 'world'));
  expect(Math.abs(means.reduce((sum, value) => sum + value, 0) / 4000 - 0.5)).toBeLessThan(0.015);
});

test('drawn counts, tails and choices have the means of their distributions', () => {
  const random = randomFor('means', 'test');
  const mean = (draw: () => number): number =>
    Array.from({ length: 40_000 }, draw).reduce((sum, value) => sum + value, 0) / 40_000;
  for (const rate of [0.3, 4, 75]) expect(mean(() => random.poisson(rate)) / rate).toBeCloseTo(1, 1);
  expect(mean(() => random.pareto(3))).toBeCloseTo(1.5, 1);
  expect(mean(() => random.index([1, 2, 1]))).toBeCloseTo(1, 1);
  expect(mean(() => Math.log(random.logNormal(2, 0.5)))).toBeCloseTo(Math.log(2), 1);
});
