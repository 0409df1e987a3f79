import { describe, expect, test } from 'vitest';
import { SeededRandom } from './seeded-random.js';

const draw = (random: SeededRandom, count: number) => Array.from({ length: count }, () => random.next());

describe('seeded random numbers', () => {
  test('the same seed gives the same stream, another seed another one', () => {
    expect(draw(new SeededRandom(7), 100)).toEqual(draw(new SeededRandom(7), 100));
    expect(draw(new SeededRandom(7), 5)).not.toEqual(draw(new SeededRandom(8), 5));
    expect(draw(new SeededRandom(7), 5)).not.toEqual(draw(new SeededRandom(7 + 2 ** 32), 5));
  });

  test('a saved state goes on exactly where the stream was', () => {
    const random = new SeededRandom(42);
    draw(random, 1_000);
    const restored = new SeededRandom(random.state);
    expect(draw(restored, 100)).toEqual(draw(random, 100));
  });

  test('the stream of a seed never changes between releases', () => {
    const random = new SeededRandom(1);
    expect(Array.from({ length: 3 }, () => random.uint32())).toMatchInlineSnapshot(`
      [
        2026416846,
        1661539736,
        2729060721,
      ]
    `);
  });

  test('uniform numbers fill [0, 1) evenly: 100 bins of 200,000 draws stay within five standard deviations', () => {
    const counts = new Array<number>(100).fill(0);
    const random = new SeededRandom(3);
    for (let i = 0; i < 200_000; i++) counts[Math.floor(random.next() * 100)]!++;
    for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(5 * Math.sqrt(2_000));
  });

  test('normal and exponential numbers have their mean and variance', () => {
    const random = new SeededRandom(5);
    const normal = Array.from({ length: 100_000 }, () => random.normal());
    const waits = Array.from({ length: 100_000 }, () => random.exponential(3));
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean(normal))).toBeLessThan(0.015);
    expect(Math.abs(mean(normal.map((value) => value ** 2)) - 1)).toBeLessThan(0.025);
    expect(Math.abs(mean(waits) - 3)).toBeLessThan(0.05);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(0);
  });

  test('whole numbers reach every value below their bound and no other', () => {
    const random = new SeededRandom(9);
    const seen = new Set(Array.from({ length: 500 }, () => random.integer(6)));
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('a seed that is no whole number and an empty range are refused', () => {
    expect(() => new SeededRandom(0.5)).toThrow('Seed must be a safe integer, was 0.5');
    expect(() => new SeededRandom(1).integer(0)).toThrow('Upper bound must be at least 1, was 0');
  });
});
