import { expect, test } from 'vitest';
import { SeededRandom } from '../numeric/seeded-random.js';
import { PrintDispersion } from './print-dispersion.js';

/** Counts of a Poisson process with that mean, each worth `size` counts. */
function poisson(random: SeededRandom, mean: number, size: number): number {
  const left = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > left; product *= random.next()) count++;
  return count * size;
}

test('independent counts come down to 1, counts in fives to about 5', () => {
  const random = new SeededRandom(7);
  const single = new PrintDispersion();
  const fives = new PrintDispersion();
  for (let i = 0; i < 20_000; i++) {
    single.note(i % 2, poisson(random, 0.5, 1), 0.5);
    fives.note(i % 2, poisson(random, 0.1, 5), 0.5);
  }
  expect(single.value()).toBeGreaterThanOrEqual(1);
  expect(single.value()).toBeLessThan(1.1);
  expect(fives.value()).toBeGreaterThan(4.5);
  expect(fives.value()).toBeLessThan(5.5);
});

test('begins with what is assumed, forgets towards it, and stays within 1 to 8', () => {
  const dispersion = new PrintDispersion();
  const assumed = dispersion.value();
  for (let i = 0; i < 200; i++) dispersion.note(0, i % 20 === 0 ? 400 : 0, 1);
  expect(dispersion.value()).toBe(8);
  dispersion.fade(1e-9);
  expect(dispersion.value()).toBeCloseTo(assumed, 3);
  for (let i = 0; i < 10_000; i++) dispersion.note(0, 1, 1);
  expect(dispersion.value()).toBe(1);
});

test('sides are gathered apart, and little that is expected waits for more', () => {
  const dispersion = new PrintDispersion();
  const assumed = dispersion.value();
  dispersion.note(0, 10, 0.6);
  dispersion.note(1, 0, 0.6);
  expect(dispersion.value()).toBe(assumed);
  dispersion.note(0, 0, 0.4);
  expect(dispersion.value()).toBeCloseTo((81 + 40 * assumed) / 41, 9);
});
