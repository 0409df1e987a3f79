/**
 * Beliefs about positive multipliers, each Gamma(shape, rate) with mean shape / rate and prior mean 1. An observation adds what
 * happened to the shape and what was expected at multiplier 1 to the rate (conjugate to a Poisson count). Observations of one
 * interval are gathered against the multipliers as they were and taken in together by `settle`.
 */
export class GammaBelief {
  readonly #priorCounts: number;
  readonly shapes: Float64Array;
  readonly rates: Float64Array;
  readonly #seen: Float64Array;
  readonly #expected: Float64Array;

  /** `priorCounts`: how many observed counts the prior is worth; above 0. */
  constructor(length: number, priorCounts: number) {
    if (!(priorCounts > 0)) throw new RangeError(`Prior counts must be above 0, were ${priorCounts}`);
    this.#priorCounts = priorCounts;
    this.shapes = new Float64Array(length).fill(priorCounts);
    this.rates = new Float64Array(length).fill(priorCounts);
    this.#seen = new Float64Array(length);
    this.#expected = new Float64Array(length);
  }

  /** Mean multiplier. */
  mean(index: number): number {
    return this.shapes[index]! / this.rates[index]!;
  }

  /** Counts the belief rests on; 1 / shape is its relative variance. */
  shape(index: number): number {
    return this.shapes[index]!;
  }

  /** Moves every belief towards its prior by a number of half-lives. */
  forget(halfLives: number): void {
    const kept = 0.5 ** halfLives;
    for (let i = 0; i < this.shapes.length; i++) {
      this.shapes[i] = this.#priorCounts + (this.shapes[i]! - this.#priorCounts) * kept;
      this.rates[i] = this.#priorCounts + (this.rates[i]! - this.#priorCounts) * kept;
    }
  }

  /** Notes counts that were expected at the present multiplier and counts that were seen. */
  observe(index: number, expected: number, seen: number): void {
    this.#expected[index]! += expected;
    this.#seen[index]! += seen;
  }

  /** Takes in what was observed since the last time. */
  settle(): void {
    for (let i = 0; i < this.shapes.length; i++) {
      if (this.#expected[i]! === 0 && this.#seen[i]! === 0) continue;
      const mean = this.mean(i);
      this.shapes[i]! += this.#seen[i]!;
      this.rates[i]! += this.#expected[i]! / mean;
      this.#seen[i] = 0;
      this.#expected[i] = 0;
    }
  }
}
