import type { Fraction, Usd } from '../model/units.js';

/** What speaks for exposure having been forced out of the market. */
export interface ConsumptionEvidence {
  /** Crossing rule: what the mark traded through. */
  readonly swept: Usd;
  /** Liquidations that venues reported inside the band, and the share of all liquidations that they report. */
  readonly printed: Usd;
  readonly feedGain: Fraction;
  /** Fall of open interest while the mark was in the band. */
  readonly openInterestFall: Usd;
}

/** A feed is never corrected by more than this: below it nothing is known about what it leaves out. */
const LEAST_GAIN = 0.05;

/** Reported liquidations scaled up to what a feed of this gain leaves out; a gain below 5 % counts as 5 %. */
export function correctedPrints(printed: Usd, feedGain: Fraction): Usd {
  return (printed / Math.min(1, Math.max(LEAST_GAIN, feedGain))) as Usd;
}

/**
 * Share of an amount that was consumed, 0..1: the strongest of three kinds of evidence. Each alone is too low for a reason of
 * its own: throttled feeds leave prints out, open interest does not fall where the other side of a forced order opens, and the
 * crossing rule knows only the exposure the model had placed. The largest of them errs upwards where one of them does.
 */
export function consumedShare(evidence: ConsumptionEvidence, amount: Usd): Fraction {
  if (!(amount > 0)) return 0 as Fraction;
  const { swept, printed, feedGain, openInterestFall } = evidence;
  const strongest = Math.max(swept, correctedPrints(printed, feedGain), openInterestFall);
  return Math.min(1, Math.max(0, strongest / amount)) as Fraction;
}
