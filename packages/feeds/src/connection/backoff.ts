/** First ceiling of the wait before a new attempt. */
export const BACKOFF_FIRST_MS = 1_000;
/** The ceiling doubles up to this. */
export const BACKOFF_CAP_MS = 30_000;
/** Data have to flow this long before a connection counts as healthy: resetting on `open` makes a hang-up loop look healthy. */
export const HEALTHY_AFTER_MS = 60_000;

/** Waits between attempts with full jitter: uniform in [0, ceiling), the ceiling doubling from 1 s to 30 s. */
export class Backoff {
  readonly #random: () => number;
  #attempt = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Failed attempts since the last reset. */
  get attempt(): number {
    return this.#attempt;
  }

  /** Milliseconds to wait now; the next ceiling is twice as high. */
  next(): number {
    const ceiling = Math.min(BACKOFF_CAP_MS, BACKOFF_FIRST_MS * 2 ** this.#attempt);
    this.#attempt += 1;
    return this.#random() * ceiling;
  }

  /** Starts over after a healthy time. */
  reset(): void {
    this.#attempt = 0;
  }
}
