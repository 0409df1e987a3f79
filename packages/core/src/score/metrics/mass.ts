import { mustMatch, sumOf, type SideBins } from '../score-bins.js';

/** Share that two densities have in common after each is scaled to 1 (1 - total variation); NaN where the truth is empty. */
export function overlap(estimate: Float64Array, truth: Float64Array): number {
  mustMatch(estimate, truth);
  const [own, real] = [sumOf(estimate), sumOf(truth)];
  if (!(real > 0)) return Number.NaN;
  if (!(own > 0)) return 0;
  return truth.reduce((sum, size, i) => sum + Math.min(estimate[i]! / own, size / real), 0);
}

/** log(estimated mass / true mass): 0 is right, 0.69 twice too much; NaN where either is empty. */
export function logMassRatio(estimate: Float64Array, truth: Float64Array): number {
  const [own, real] = [sumOf(estimate), sumOf(truth)];
  return own > 0 && real > 0 ? Math.log(own / real) : Number.NaN;
}

/** Distance between the estimated and the true share of longs in the mass; NaN where either is empty. */
export function longShareError(estimate: SideBins, truth: SideBins): number {
  const shareOf = ({ long, short }: SideBins) => sumOf(long) / (sumOf(long) + sumOf(short));
  return Math.abs(shareOf(estimate) - shareOf(truth));
}
