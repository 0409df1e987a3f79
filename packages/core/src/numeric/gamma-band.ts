/** z of the 90 % quantile of the normal distribution. */
const Z90 = 1.2815515655446004;

/**
 * P10 or P90 of a Gamma distribution of a mean and a variance, by the cube-root approximation of Wilson and Hilferty (1931).
 * A Gamma fits what a bin can hold: it is never negative, and where the doubt is larger than the mean its P10 is zero, as it
 * is for a bin that may well be empty.
 */
export function bandEdge(mean: number, variance: number, edge: 'p10' | 'p90'): number {
  if (!(mean > 0)) return 0;
  if (!(variance > 0)) return mean;
  // Share of the standard deviation in the mean; root = 1 - 1 / (9 shape) + z / (3 sqrt(shape)).
  const relative = Math.sqrt(variance) / mean;
  const root = Math.max(0, 1 - (relative * relative) / 9 + ((edge === 'p10' ? -Z90 : Z90) * relative) / 3);
  const value = mean * root * root * root;
  return edge === 'p10' ? Math.min(mean, value) : Math.max(mean, value);
}
