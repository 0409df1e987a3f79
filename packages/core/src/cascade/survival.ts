import type { Fraction } from '../model/units.js';
import type { SeededRandom } from '../numeric/seeded-random.js';

/**
 * Share of the book within 1 % that is still there during an event, as a Beta variable. Measured: P10 .06, P50 .29, P90 .65
 * (docs/cascades.md#survival). Least squares on the three quantiles gives alpha 1.14, beta 2.36, whose quantiles are .060, .290
 * and .650 and whose mean is .326.
 */
export const BOOK_SURVIVAL = { alpha: 1.14, beta: 2.36 } as const;

/** A share of the book that survives an event, drawn; never 0. */
export function drawSurvival(random: SeededRandom): Fraction {
  const kept = gamma(random, BOOK_SURVIVAL.alpha);
  const gone = gamma(random, BOOK_SURVIVAL.beta);
  return (kept / (kept + gone)) as Fraction;
}

/**
 * Gamma variable of shape >= 1 and scale 1.
 * Marsaglia and Tsang, A simple method for generating gamma variables, ACM TOMS 26 (2000).
 */
function gamma(random: SeededRandom, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const cubed = (1 + c * x) ** 3;
    if (cubed > 0 && Math.log(1 - random.next()) < 0.5 * x * x + d - d * cubed + d * Math.log(cubed)) return d * cubed;
  }
}
