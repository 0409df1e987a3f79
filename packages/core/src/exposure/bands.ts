import { CLASS_COUNT, PRIOR } from '../cohorts/distance-classes.js';

/** z of the 90 % quantile of the normal distribution. */
const Z90 = 1.2815515655446004;

/**
 * How sure a class's multiplier is before any liquidation print has been seen: Gamma(a, a) with a = 1 + 3 x prior / mean prior
 * (docs/method.md#bands). Quantiles of the mean-1 multiplier by the Wilson-Hilferty cube-root approximation (1931).
 */
function gammaQuantile(shape: number, z: number): number {
  const root = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
  return Math.max(0, root) ** 3;
}

const MEAN_PRIOR = PRIOR.reduce((sum, share) => sum + share, 0) / CLASS_COUNT;
const SHAPES = PRIOR.map((share) => 1 + (3 * share) / MEAN_PRIOR);

/** P10 of each class's multiplier; bands of a bin add the classes as if they erred together, which keeps them additive and wide. */
export const LOW_FACTORS: readonly number[] = SHAPES.map((shape) => gammaQuantile(shape, -Z90));

/** P90 of each class's multiplier. */
export const HIGH_FACTORS: readonly number[] = SHAPES.map((shape) => gammaQuantile(shape, Z90));
