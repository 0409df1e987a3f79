import { describe, expect, test } from 'vitest';
import { SeededRandom } from '../numeric/seeded-random.js';
import { drawSurvival } from './survival.js';

describe('the share of a book that survives an event', () => {
  const random = new SeededRandom(7);
  const draws = Float64Array.from({ length: 40_000 }, () => drawSurvival(random)).sort();

  // Standard errors of these quantiles at 40,000 draws are .0006, .0012 and .0012: five of them are allowed.
  test.each([
    [0.1, 0.06, 0.003],
    [0.5, 0.29, 0.006],
    [0.9, 0.65, 0.006],
  ])('has the measured quantile P%d at %d', (share, measured, allowed) => {
    expect(Math.abs(draws[Math.floor(share * draws.length)]! - measured)).toBeLessThan(allowed);
  });

  test('is a share above 0 and below 1', () => {
    expect(draws[0]).toBeGreaterThan(0);
    expect(draws.at(-1)).toBeLessThan(1);
  });
});
