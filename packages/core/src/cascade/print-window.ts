import type { GaugeOptions } from './gauge-options.js';

/** Prints are summed over intervals this long: bounded, though a venue can send 170 a second. */
const INTERVAL_MS = 250;

/** Prints of one interval. */
interface PrintInterval {
  readonly start: number;
  /** When the first of them was seen. */
  readonly first: number;
  readonly count: number;
  readonly notional: number;
  readonly isLowerBound: boolean;
}

/** What a print window goes on from; plain data. */
export interface PrintWindowState {
  readonly intervals: readonly PrintInterval[];
  /** Exponentially weighted rates in USD a second, as of `ratesAt`. */
  readonly fast: number;
  readonly slow: number;
  readonly ratesAt: number;
}

/** Prints of one side: those of the detection window, and their rate over a fast and a slow exponential window. */
export class PrintWindow {
  readonly #options: GaugeOptions;
  readonly #intervals: PrintInterval[];
  #fast: number;
  #slow: number;
  #ratesAt: number;

  constructor(options: GaugeOptions, state?: PrintWindowState) {
    this.#options = options;
    this.#intervals = [...(state?.intervals ?? [])];
    this.#fast = state?.fast ?? 0;
    this.#slow = state?.slow ?? 0;
    this.#ratesAt = state?.ratesAt ?? 0;
  }

  /** Takes a print; times do not decrease. */
  push(time: number, notional: number, isLowerBound: boolean): void {
    const { fastMs, slowMs } = this.#options;
    this.#fast = this.rateAt(time) + notional / (fastMs / 1_000);
    this.#slow = this.#slowAt(time) + notional / (slowMs / 1_000);
    this.#ratesAt = time;
    const start = Math.floor(time / INTERVAL_MS) * INTERVAL_MS;
    const newest = this.#intervals.at(-1);
    const isNew = newest?.start !== start;
    const before = isNew || newest === undefined ? { first: time, count: 0, notional: 0, isLowerBound: false } : newest;
    const sum: PrintInterval = {
      start,
      first: before.first,
      count: before.count + 1,
      notional: before.notional + notional,
      isLowerBound: before.isLowerBound || isLowerBound,
    };
    if (isNew) this.#intervals.push(sum);
    else this.#intervals[this.#intervals.length - 1] = sum;
  }

  /** Forgets what has left the window. */
  advance(time: number): void {
    let gone = 0;
    while (gone < this.#intervals.length && this.#intervals[gone]!.start <= time - this.#options.windowMs) gone++;
    if (gone > 0) this.#intervals.splice(0, gone);
  }

  /** Prints of the window taken together; undefined when there are none. */
  total(): Omit<PrintInterval, 'start'> | undefined {
    const [oldest] = this.#intervals;
    if (oldest === undefined) return undefined;
    return {
      first: oldest.first,
      count: this.#intervals.reduce((sum, { count }) => sum + count, 0),
      notional: this.#intervals.reduce((sum, { notional }) => sum + notional, 0),
      isLowerBound: this.#intervals.some(({ isLowerBound }) => isLowerBound),
    };
  }

  /** Rate over the fast window, USD a second. */
  rateAt(time: number): number {
    return this.#fast * Math.exp((this.#ratesAt - time) / this.#options.fastMs);
  }

  /**
   * Slope of the rate, USD a second per second: a window with time constant T lags a steady slope by T, so the difference of
   * two windows is the slope times the difference of their constants.
   */
  slopeAt(time: number): number {
    const { fastMs, slowMs } = this.#options;
    return (this.rateAt(time) - this.#slowAt(time)) / ((slowMs - fastMs) / 1_000);
  }

  /** What another window goes on from. */
  state(): PrintWindowState {
    return { intervals: [...this.#intervals], fast: this.#fast, slow: this.#slow, ratesAt: this.#ratesAt };
  }

  #slowAt(time: number): number {
    return this.#slow * Math.exp((this.#ratesAt - time) / this.#options.slowMs);
  }
}
