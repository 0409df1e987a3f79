/**
 * Log likelihood of a count under a negative binomial of a mean and a dispersion, without the terms that do not depend on the
 * mean: count ln(mean) - (count + dispersion) ln(mean + dispersion) + dispersion ln(dispersion). Counts need not be whole.
 * The smaller the dispersion, the wider counts spread and the less one of them says.
 */
export function negativeBinomialScore(count: number, mean: number, dispersion: number): number {
  return (
    count * Math.log(mean) - (count + dispersion) * Math.log(mean + dispersion) + dispersion * Math.log(dispersion)
  );
}
