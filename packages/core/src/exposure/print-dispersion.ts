/** Variance of counts over their mean before anything was seen, and how many counts that guess is worth. Chosen on simulated markets. */
const ASSUMED_DISPERSION = 2.2;
const ASSUMED_COUNTS = 40;
/** Counts are compared when at least this many were expected: less says nothing about bursts. */
const LEAST_EXPECTED = 1;
/** Prints of independent positions have 1; what lies beyond the most is a broken feed. */
const LEAST_DISPERSION = 1;
const MOST_DISPERSION = 8;

/**
 * How much more counts of prints vary than those of positions that are forced one by one: variance over mean, as in a
 * quasi-Poisson model (Wedderburn 1974). Venues close large positions in steps, owners of like positions are forced together, and
 * where a map errs its misses come in rows; each makes a print worth less as evidence, and a sum of positions less certain.
 */
export class PrintDispersion {
  /** Sums of squared residuals and of expected counts, faded. */
  squares = 0;
  expected = 0;
  /** What is gathered until enough is expected, per side: counts seen and expected. */
  readonly seenOpen = new Float64Array(2);
  readonly expectedOpen = new Float64Array(2);

  /** Notes counts of one side that were seen where `expected` were. */
  note(side: number, seen: number, expected: number): void {
    this.seenOpen[side]! += seen;
    this.expectedOpen[side]! += expected;
    const sum = this.expectedOpen[side]!;
    if (sum < LEAST_EXPECTED) return;
    this.squares += (this.seenOpen[side]! - sum) ** 2;
    this.expected += sum;
    this.seenOpen[side] = 0;
    this.expectedOpen[side] = 0;
  }

  /** Forgets by a factor 0..1. */
  fade(kept: number): void {
    this.squares *= kept;
    this.expected *= kept;
  }

  /** Variance of counts over their mean, 1 to 8. */
  value(): number {
    const measured = (this.squares + ASSUMED_COUNTS * ASSUMED_DISPERSION) / (this.expected + ASSUMED_COUNTS);
    return Math.min(MOST_DISPERSION, Math.max(LEAST_DISPERSION, measured));
  }
}
