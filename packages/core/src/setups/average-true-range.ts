import type { Fraction } from '../model/units.js';

/** A window of prices, five minutes, and how many of them the average spans: the usual 14 (Wilder 1978). */
const WINDOW_MS = 300_000;
const WINDOWS = 14;
/** Prices further apart than this do not belong to one path: what lies between was not seen. */
const MOST_SILENCE_MS = 3 * WINDOW_MS;

/** What an `AverageTrueRange` goes on from; NaN where nothing was seen. */
export type AverageTrueRangeState = Readonly<
  Record<'window' | 'low' | 'high' | 'close' | 'before' | 'mean' | 'count' | 'seenAt', number>
>;

/** Average true range of five-minute windows as a fraction of the price, smoothed after Wilder over 14 of them. */
export class AverageTrueRange {
  #window = Number.NaN;
  #low = Number.NaN;
  #high = Number.NaN;
  #close = Number.NaN;
  /** Close of the window before. */
  #before = Number.NaN;
  #mean = 0;
  #count = 0;
  #seenAt = Number.NaN;

  /** Prices seen up to a time; times do not decrease. */
  note(time: number, low: number, high: number, close: number): void {
    if (!(low > 0 && high >= low && close > 0)) return;
    if (time - this.#seenAt > MOST_SILENCE_MS) {
      this.#window = Number.NaN;
      this.#before = Number.NaN;
    }
    this.#seenAt = time;
    const window = Math.ceil(time / WINDOW_MS);
    if (window !== this.#window) this.#begin(window);
    this.#low = Math.min(this.#low, low);
    this.#high = Math.max(this.#high, high);
    this.#close = close;
  }

  /** The average of closed windows; undefined before 14 of them. */
  value(): Fraction | undefined {
    return this.#count < WINDOWS ? undefined : (this.#mean as Fraction);
  }

  /** Everything needed to go on, as plain data. */
  state(): AverageTrueRangeState {
    const [window, low, high, close] = [this.#window, this.#low, this.#high, this.#close];
    return {
      window,
      low,
      high,
      close,
      before: this.#before,
      mean: this.#mean,
      count: this.#count,
      seenAt: this.#seenAt,
    };
  }

  /** Goes on from a state as if never interrupted. */
  restore(state: AverageTrueRangeState): void {
    this.#window = state.window;
    this.#low = state.low;
    this.#high = state.high;
    this.#close = state.close;
    this.#before = state.before;
    this.#mean = state.mean;
    this.#count = state.count;
    this.#seenAt = state.seenAt;
  }

  #begin(window: number): void {
    if (!Number.isNaN(this.#window)) this.#closeWindow();
    this.#window = window;
    this.#low = Number.POSITIVE_INFINITY;
    this.#high = Number.NEGATIVE_INFINITY;
  }

  #closeWindow(): void {
    const before = Number.isNaN(this.#before) ? this.#close : this.#before;
    const range = (Math.max(this.#high, before) - Math.min(this.#low, before)) / this.#close;
    this.#count = Math.min(WINDOWS, this.#count + 1);
    this.#mean += (range - this.#mean) / this.#count;
    this.#before = this.#close;
  }
}
