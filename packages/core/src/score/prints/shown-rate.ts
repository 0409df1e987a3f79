/** Fewest cases from which a rate is told. */
export const LEAST_CASES = 30;

/** A rate as text: a percentage with its count, or that it is not measured yet. */
export function shownRate(share: number, n: number): string {
  return n < LEAST_CASES || !Number.isFinite(share) ? notMeasured(n) : `${(100 * share).toFixed(1)} % (n = ${n})`;
}

/** What stands in the place of any figure with too few cases behind it. */
export function notMeasured(n: number): string {
  return `not measured yet (n = ${n})`;
}
