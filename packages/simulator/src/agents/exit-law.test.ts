import { expect, test } from 'vitest';
import { randomFor } from '../random.js';
import { ExitLaw } from './exit-law.js';

const HOUR = 3_600_000;

test('the chance to leave falls with age as the exponent says', () => {
  const law = new ExitLaw(0.8, 6 * HOUR);
  const hazard = (hours: number): number =>
    -Math.log(law.survival((hours + 1e-3) * HOUR) / law.survival(hours * HOUR)) / 1e-3;
  expect(Math.log(hazard(100) / hazard(1)) / Math.log(100)).toBeCloseTo(-0.8, 1);
});

test('drawn holding times follow the survival, from the start and at any age', () => {
  const law = new ExitLaw(0.75, 6 * HOUR);
  const random = randomFor(1, 'exit');
  for (const age of [0, 5 * HOUR]) {
    const draws = Array.from({ length: 20_000 }, () => law.drawRemaining(random, age));
    for (const later of [HOUR / 10, HOUR, 24 * HOUR]) {
      const share = draws.filter((remaining) => remaining > later).length / draws.length;
      expect(Math.abs(share - law.survival(age + later) / law.survival(age))).toBeLessThan(0.02);
    }
  }
});

test('the mean holding time within two weeks is the one asked for', () => {
  const law = new ExitLaw(0.8, 6 * HOUR);
  let mean = 0;
  for (let minute = 0; minute < 14 * 24 * 60; minute++) mean += law.survival((minute + 0.5) * 60_000) / 60;
  expect(mean).toBeGreaterThan(5.7);
  expect(mean).toBeLessThan(6.3);
});

test('exponent 0 is a constant chance to leave, whatever the age', () => {
  const law = new ExitLaw(0, 6 * HOUR);
  for (const hours of [0, 1, 10, 100]) {
    expect(-Math.log(law.survival((hours + 1) * HOUR) / law.survival(hours * HOUR))).toBeCloseTo(1 / 6, 2);
  }
});

test('bad parameters are refused by name', () => {
  expect(() => new ExitLaw(1, HOUR)).toThrow('Exit exponent');
  expect(() => new ExitLaw(-0.1, HOUR)).toThrow('Exit exponent');
  expect(() => new ExitLaw(0.5, 0)).toThrow('Mean holding time');
});
