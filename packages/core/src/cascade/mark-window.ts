import { MS_PER_MINUTE, type Fraction } from '../model/units.js';
import type { GaugeOptions } from './gauge-options.js';

/** Marks are kept as highs and lows of intervals this long: bounded, whatever a venue sends. */
const INTERVAL_MS = 250;

/** What a mark window goes on from; plain data. */
export interface MarkWindowState {
  readonly last: number | undefined;
  /** Start, high and low of each interval within the window, oldest first. */
  readonly intervals: readonly (readonly [start: number, high: number, low: number])[];
  /** The minute that is still open. */
  readonly minute: { readonly index: number; readonly high: number; readonly low: number } | undefined;
  /** Close of the minute before the open one; undefined after a gap. */
  readonly closeBefore: number | undefined;
  readonly range: number | undefined;
  readonly minutes: number;
}

type Mutable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] };

/**
 * Marks of the detection window, and the average true range of a minute: max(high, close before) / min(low, close before) - 1,
 * averaged over the first minutes and then smoothed as Wilder does, range += (true range - range) / minutes.
 */
export class MarkWindow {
  readonly #options: GaugeOptions;
  readonly #state: Mutable<MarkWindowState>;
  readonly #intervals: (readonly [start: number, high: number, low: number])[];

  constructor(options: GaugeOptions, state?: MarkWindowState) {
    this.#options = options;
    this.#intervals = [...(state?.intervals ?? [])];
    this.#state = {
      last: state?.last,
      intervals: [],
      minute: state?.minute,
      closeBefore: state?.closeBefore,
      range: state?.range,
      minutes: state?.minutes ?? 0,
    };
  }

  /** Average range of a minute; undefined before enough minutes were seen. */
  get minuteRange(): Fraction | undefined {
    return this.#state.minutes < this.#options.leastMinutes ? undefined : (this.#state.range as Fraction | undefined);
  }

  /** Takes a mark; times do not decrease. */
  push(time: number, price: number): void {
    this.#closeMinute(time);
    const start = Math.floor(time / INTERVAL_MS) * INTERVAL_MS;
    const newest = this.#intervals.at(-1);
    if (newest?.[0] === start) {
      this.#intervals[this.#intervals.length - 1] = [start, Math.max(newest[1], price), Math.min(newest[2], price)];
    } else this.#intervals.push([start, price, price]);
    const { minute } = this.#state;
    this.#state.minute =
      minute === undefined
        ? { index: Math.floor(time / MS_PER_MINUTE), high: price, low: price }
        : { ...minute, high: Math.max(minute.high, price), low: Math.min(minute.low, price) };
    this.#state.last = price;
  }

  /** Forgets what has left the window. */
  advance(time: number): void {
    let gone = 0;
    while (gone < this.#intervals.length && this.#intervals[gone]![0] <= time - this.#options.windowMs) gone++;
    if (gone > 0) this.#intervals.splice(0, gone);
  }

  /** Furthest mark of the window against a direction: where a move that way began; undefined without marks. */
  originOf(direction: -1 | 1): number | undefined {
    if (this.#intervals.length === 0) return undefined;
    return direction < 0
      ? Math.max(...this.#intervals.map(([, high]) => high))
      : Math.min(...this.#intervals.map(([, , low]) => low));
  }

  /** Move of the mark within the window in a direction, as a fraction of where it began; never below 0. */
  displacement(direction: -1 | 1): Fraction {
    const origin = this.originOf(direction);
    const { last } = this.#state;
    if (origin === undefined || last === undefined) return 0 as Fraction;
    return Math.max(0, (last / origin - 1) * direction) as Fraction;
  }

  /** The newest mark. */
  get last(): number | undefined {
    return this.#state.last;
  }

  /** What another window goes on from. */
  state(): MarkWindowState {
    return { ...this.#state, intervals: [...this.#intervals] };
  }

  #closeMinute(time: number): void {
    const { minute, last } = this.#state;
    const index = Math.floor(time / MS_PER_MINUTE);
    if (minute === undefined || minute.index === index) return;
    const before = this.#state.closeBefore;
    const high = Math.max(minute.high, before ?? minute.high);
    const low = Math.min(minute.low, before ?? minute.low);
    const minutes = Math.min(this.#options.rangeMinutes, this.#state.minutes + 1);
    const range = this.#state.range ?? 0;
    this.#state.range = range + (high / low - 1 - range) / minutes;
    this.#state.minutes = minutes;
    // A move during missing minutes is not the range of one minute.
    this.#state.closeBefore = index === minute.index + 1 ? last : undefined;
    this.#state.minute = undefined;
  }
}
