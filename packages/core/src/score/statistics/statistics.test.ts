import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestBaseline, compareWorlds } from './compare-worlds.js';
import { holmAdjusted } from './holm.js';
import { bootstrapInterval, comparePaired, deviationOf, gains, meanOf, signFlipP } from './paired-skill.js';

const value = fc.double({ min: 0.01, max: 100, noNaN: true });
const pairs = fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 10 });

test('halving an error is a gain of one half, doubling it a loss of one', () => {
  expect(gains([1, 4], [2, 2], 'lower')).toEqual([0.5, -1]);
  expect(gains([0.7], [0.5], 'higher')[0]).toBeCloseTo(0.2, 12);
  expect(gains([-0.1], [0.4], 'zero')[0]).toBeCloseTo(0.3, 12);
});

test('a market in which either value is unknown is no pair, and uneven lists are a mistake', () => {
  expect(gains([Number.NaN, 1], [2, 2], 'lower')).toEqual([0.5]);
  expect(() => gains([1], [1, 2], 'lower')).toThrow('Pairs must be complete');
});

test('mean and deviation of 1 2 3 4 are 2.5 and root of 5/3', () => {
  expect(meanOf([1, 2, 3, 4])).toBe(2.5);
  expect(deviationOf([1, 2, 3, 4])).toBeCloseTo(Math.sqrt(5 / 3), 12);
  expect(deviationOf([1])).toBeNaN();
});

test('a model against itself: no gain, no win, p 1', () => {
  fc.assert(
    fc.property(pairs, (of) => {
      const values = of.map(([a]) => a);
      for (const better of ['lower', 'higher', 'zero'] as const) {
        expect(comparePaired(values, values, better)).toMatchObject({ mean: 0, sd: 0, wins: 0, low: 0, high: 0, p: 1 });
      }
    }),
  );
});

test('exchanging model and reference turns a difference around and keeps its p', () => {
  fc.assert(
    fc.property(pairs, (of) => {
      const a = of.map(([own]) => own);
      const b = of.map(([, other]) => other);
      const there = comparePaired(a, b, 'higher');
      const back = comparePaired(b, a, 'higher');
      expect(back.mean).toBeCloseTo(-there.mean, 9);
      expect(back.p).toBeCloseTo(there.p, 9);
      expect(back.wins + there.wins).toBeLessThanOrEqual(of.length);
    }),
  );
});

test('the bootstrap interval repeats with its seed, lies within the values and around their mean', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 3, maxLength: 20 }), fc.integer({ min: 0, max: 99 }), (values, seed) => {
      const [low, high] = bootstrapInterval(values, seed);
      expect(bootstrapInterval(values, seed)).toEqual([low, high]);
      expect(low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
      expect(high).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
      expect(low).toBeLessThanOrEqual(high);
    }),
    { numRuns: 30 },
  );
});

test('the bootstrap interval is as wide as the normal one for many values', () => {
  const values = Array.from({ length: 400 }, (_, i) => i % 20);
  const [low, high] = bootstrapInterval(values, 3);
  const half = (1.96 * deviationOf(values)) / Math.sqrt(values.length);
  expect(high - low).toBeGreaterThan(1.8 * half);
  expect(high - low).toBeLessThan(2.2 * half);
});

test('sign flips: three equal gains happen in 2 of 8 patterns, and large samples are drawn', () => {
  expect(signFlipP([1, 1, 1], 1)).toBe(0.25);
  expect(signFlipP([1, -1], 1)).toBe(1);
  expect(
    signFlipP(
      Array.from({ length: 30 }, () => 1),
      1,
    ),
  ).toBeLessThan(0.001);
  expect(
    signFlipP(
      Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? 1 : -1)),
      1,
    ),
  ).toBe(1);
  expect(signFlipP([], 1)).toBeNaN();
});

test('Holm: .01 .02 .03 become .03 .04 .04, in the order given', () => {
  const adjusted = holmAdjusted([0.03, 0.01, 0.02]);
  [0.04, 0.03, 0.04].forEach((p, i) => expect(adjusted[i]).toBeCloseTo(p, 12));
});

test('Holm never lowers a p, never passes 1, keeps the order, and leaves the untested out of the count', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (ps) => {
      const adjusted = holmAdjusted(ps);
      ps.forEach((p, i) => {
        expect(adjusted[i]).toBeGreaterThanOrEqual(p);
        expect(adjusted[i]).toBeLessThanOrEqual(1);
        ps.forEach((other, j) => {
          if (p < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!);
        });
      });
      expect(holmAdjusted([...ps, Number.NaN])).toEqual([...adjusted, Number.NaN]);
    }),
  );
});

const market = (world: string, own: number, a: number, b: number) => ({ world, values: { own, a, b } });

test('each world has its own best baseline, and the worst world stands beside the mean', () => {
  const markets = [market('calm', 1, 2, 4), market('calm', 1, 2, 4), market('wild', 3, 9, 2), market('wild', 3, 9, 2)];
  const { worlds, mean, worst } = compareWorlds(markets, 'own', ['a', 'b'], 'lower');
  expect(worlds.map(({ world, baseline, mean: gain, wins }) => [world, baseline, gain, wins])).toEqual([
    ['calm', 'a', 0.5, 2],
    ['wild', 'b', -0.5, 0],
  ]);
  expect(mean).toBe(0);
  expect(worst?.world).toBe('wild');
  expect(worlds.map(({ p, adjustedP }) => [p, adjustedP])).toEqual([
    [0.5, 1],
    [0.5, 1],
  ]);
});

test('best is lowest, highest or closest to 0, as the metric says', () => {
  const markets = [market('any', 0, -3, 1)];
  expect(bestBaseline(markets, ['a', 'b'], 'lower')).toBe('a');
  expect(bestBaseline(markets, ['a', 'b'], 'higher')).toBe('b');
  expect(bestBaseline(markets, ['a', 'b'], 'zero')).toBe('b');
  expect(bestBaseline(markets, ['missing'], 'zero')).toBeUndefined();
});
