/** Weight used within a running window; windows begin at its multiples since 1970, as Binance's minutes do. */
export class RequestBudget {
  readonly #limit: number;
  readonly #windowMs: number;
  #window = -1;
  #used = 0;

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Charges a weight at a time; returns what the window has used with it. */
  charge(weight: number, time: number): number {
    const window = Math.floor(time / this.#windowMs);
    if (window !== this.#window) this.#used = 0;
    this.#window = window;
    this.#used += weight;
    return this.#used;
  }

  /** True when the window has used more than it may. */
  get isSpent(): boolean {
    return this.#used > this.#limit;
  }

  /** Milliseconds until a new window begins. */
  untilNext(time: number): number {
    return this.#windowMs - (time % this.#windowMs);
  }
}
