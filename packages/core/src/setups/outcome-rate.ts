import type { OutcomeRate, OutcomeSource } from '../model/setup.js';
import type { Fraction } from '../model/units.js';

/** Below this many cases a rate is not named (S34): its interval would be wider than most differences worth telling. */
export const MIN_CASES = 30;

/** 97.5 % quantile of the standard normal distribution: 95 % lie within this many standard deviations. */
const Z_95 = 1.959963984540054;

/**
 * Wilson's score interval of a rate (E. B. Wilson, Journal of the American Statistical Association 22, 1927, 209-212): stays
 * within 0..1 and holds its level near the ends, where the textbook interval does not. Without a case it is all of 0..1.
 */
export function wilsonInterval(hits: number, n: number): readonly [low: Fraction, high: Fraction] {
  if (!Number.isInteger(hits) || !Number.isInteger(n) || hits < 0 || hits > n)
    throw new RangeError(`Hits must be whole and between 0 and the number of cases, were ${hits} of ${n}`);
  if (n === 0) return [0 as Fraction, 1 as Fraction];
  const share = hits / n;
  const square = (Z_95 * Z_95) / n;
  const middle = (share + square / 2) / (1 + square);
  const half = (Z_95 / (1 + square)) * Math.sqrt((share * (1 - share)) / n + square / (4 * n));
  const low = hits === 0 ? 0 : Math.max(0, middle - half);
  const high = hits === n ? 1 : Math.min(1, middle + half);
  return [low as Fraction, high as Fraction];
}

/** How often a claim held; outcomes about which it says undefined are not yet known and do not count. */
export function rateOf<Outcome>(
  outcomes: readonly Outcome[],
  predicate: (outcome: Outcome) => boolean | undefined,
  source: OutcomeSource,
): OutcomeRate {
  let n = 0;
  let hits = 0;
  for (const outcome of outcomes) {
    const held = predicate(outcome);
    if (held === undefined) continue;
    n++;
    if (held) hits++;
  }
  const [low95, high95] = wilsonInterval(hits, n);
  return { n, rate: n < MIN_CASES ? undefined : ((hits / n) as Fraction), low95, high95, source };
}
