import type { TakerSide } from '../model/market-event.js';
import { MS_PER_SECOND, type UnixMs, type Usd } from '../model/units.js';
import { medianOf } from './quantile.js';

/** What is called ordinary: the hour before (S54). */
const BASELINE_SECONDS = 3_600;
/** Silence longer than this between two calls is not quiet flow but no observation: time is told once a second. Chosen. */
const MAX_SILENCE_SECONDS = 60;
/** Share of the hour's windows that must have been observed. Chosen: with less the hour is not one. */
const MIN_SEEN_SHARE = 0.5;
/** Median absolute deviation of a normal distribution in standard deviations: 1 / 0.6745. */
const DEVIATIONS_PER_MAD = 1.4826;
const NOT_SEEN = -1;

/** Where flow comes from, and over how long it is summed: 10 s for trades, the length of a bar for bars. */
export interface FlowWindow {
  readonly fedBy: 'trades' | 'bars';
  readonly windowSeconds: number;
}

/** What a `FlowZScore` needs to go on. Seconds hold USD; -1 = not seen. */
export interface FlowZScoreState {
  readonly window: FlowWindow;
  readonly head: number | undefined;
  readonly end: number | undefined;
  readonly buy: readonly number[];
  readonly sell: readonly number[];
}

/**
 * How unusual the flow of one taker side is against the hour before, in robust standard deviations: (now - median) /
 * (1.4826 x median absolute deviation). Mean and standard deviation would not do: the cascade itself lies in that hour and
 * would hide behind the spread it causes. One market, fed by its trades or by its bars, never by both.
 */
export class FlowZScore {
  readonly #window: FlowWindow;
  readonly #span: number;
  readonly #buy: Float64Array;
  readonly #sell: Float64Array;
  /** The second that is being filled, and the last one that is complete. */
  #head: number | undefined;
  #end: number | undefined;

  constructor(window: FlowWindow = { fedBy: 'trades', windowSeconds: 10 }) {
    const { windowSeconds } = window;
    if (!Number.isInteger(windowSeconds) || windowSeconds < 1 || windowSeconds > BASELINE_SECONDS / 10)
      throw new RangeError(`windowSeconds must be whole, at least 1 and at most 360, was ${windowSeconds}`);
    this.#window = { ...window };
    // The hour, the window itself, the second being filled, and the bar that may still be open.
    this.#span = BASELINE_SECONDS + 2 * windowSeconds + 1;
    this.#buy = new Float64Array(this.#span).fill(NOT_SEEN);
    this.#sell = new Float64Array(this.#span).fill(NOT_SEEN);
  }

  /** One trade. */
  add(seenTime: UnixMs, takerSide: TakerSide, notional: Usd): void {
    if (!(notional >= 0 && notional < Infinity))
      throw new RangeError(`Notional must be finite and not negative, was ${notional}`);
    if (this.#window.fedBy !== 'trades') throw new Error('Flow that is fed by bars takes no trades');
    this.advance(seenTime);
    const seconds = takerSide === 'buy' ? this.#buy : this.#sell;
    const slot = Math.floor(seenTime / MS_PER_SECOND) % this.#span;
    if (seconds[slot]! >= 0) seconds[slot]! += notional;
  }

  /** One closed bar, spread evenly over its seconds. */
  addBar(seenTime: UnixMs, closeTime: UnixMs, buy: Usd, sell: Usd): void {
    if (!(buy >= 0 && sell >= 0 && buy + sell < Infinity))
      throw new RangeError(`Notionals must be finite and not negative, were ${buy} and ${sell}`);
    if (this.#window.fedBy !== 'bars') throw new Error('Flow that is fed by trades takes no bars');
    if (!(closeTime <= seenTime)) throw new RangeError(`closeTime must not be after seenTime, was ${closeTime}`);
    this.#move(seenTime, NOT_SEEN);
    const { windowSeconds } = this.#window;
    const close = Math.floor(closeTime / MS_PER_SECOND);
    const oldest = Math.floor(seenTime / MS_PER_SECOND) - this.#span;
    for (let second = Math.max(close - windowSeconds, oldest + 1); second < close; second++) {
      this.#buy[second % this.#span] = buy / windowSeconds;
      this.#sell[second % this.#span] = sell / windowSeconds;
    }
    this.#end = Math.max(this.#end ?? -Infinity, close - 1);
  }

  /** Time has come this far, with or without trades. */
  advance(seenTime: UnixMs): void {
    const isSeen = this.#window.fedBy === 'trades';
    const silence = Math.floor(seenTime / MS_PER_SECOND) - (this.#head ?? -Infinity);
    this.#move(seenTime, isSeen && silence <= MAX_SILENCE_SECONDS ? 0 : NOT_SEEN);
    if (isSeen && this.#head !== undefined) this.#end = this.#head - 1;
  }

  /** Time has come this far, but nothing was seen on the way: the seconds do not count as quiet. */
  skip(seenTime: UnixMs): void {
    const from = this.#head;
    this.#move(seenTime, NOT_SEEN);
    if (from === undefined || this.#window.fedBy !== 'trades') return;
    this.#buy[from % this.#span] = NOT_SEEN;
    this.#sell[from % this.#span] = NOT_SEEN;
    if (this.#head !== undefined) this.#end = this.#head - 1;
  }

  /** Opens the seconds up to a time with a value. */
  #move(seenTime: number, value: number): void {
    const second = Math.floor(seenTime / MS_PER_SECOND);
    if (!Number.isFinite(seenTime) || second < (this.#head ?? -Infinity))
      throw new RangeError(`seenTime must be finite and not decrease, was ${seenTime}`);
    const from = Math.max((this.#head ?? second - 1) + 1, second - this.#span + 1);
    // The first second ever was seen only in part.
    const opened = this.#head === undefined ? NOT_SEEN : value;
    for (let opening = from; opening <= second; opening++) {
      this.#buy[opening % this.#span] = opened;
      this.#sell[opening % this.#span] = opened;
    }
    this.#head = second;
  }

  /**
   * Robust z-score of the newest complete window. Undefined while that window or half of the hour was not seen, when the
   * newest bar is more than a bar old, and in a market so quiet that most windows are alike.
   */
  zOf(takerSide: TakerSide): number | undefined {
    const { windowSeconds } = this.#window;
    if (this.#head === undefined || this.#end === undefined) return undefined;
    if (this.#head - this.#end > windowSeconds + 1) return undefined;
    const seconds = takerSide === 'buy' ? this.#buy : this.#sell;
    const now = this.#sumEnding(seconds, this.#end);
    const windows = Math.floor(BASELINE_SECONDS / windowSeconds);
    const before: number[] = [];
    for (let age = 1; age <= windows; age++) {
      const sum = this.#sumEnding(seconds, this.#end - age * windowSeconds);
      if (sum !== undefined) before.push(sum);
    }
    if (now === undefined || before.length < windows * MIN_SEEN_SHARE) return undefined;
    const median = medianOf(before) ?? 0;
    const spread = medianOf(before.map((sum) => Math.abs(sum - median))) ?? 0;
    return spread > 0 ? (now - median) / (DEVIATIONS_PER_MAD * spread) : undefined;
  }

  /** Sum of the window whose last second is given; undefined if any of it was not seen. */
  #sumEnding(seconds: Float64Array, end: number): number | undefined {
    let sum = 0;
    for (let second = end - this.#window.windowSeconds + 1; second <= end; second++) {
      const value = second < 0 ? NOT_SEEN : seconds[second % this.#span]!;
      if (value < 0) return undefined;
      sum += value;
    }
    return sum;
  }

  /** Everything needed to go on, as plain data. */
  state(): FlowZScoreState {
    return {
      window: { ...this.#window },
      head: this.#head,
      end: this.#end,
      buy: [...this.#buy],
      sell: [...this.#sell],
    };
  }

  /** Goes on from a state as if never interrupted. */
  static restore(state: FlowZScoreState): FlowZScore {
    const restored = new FlowZScore(state.window);
    if (state.buy.length !== restored.#span || state.sell.length !== restored.#span)
      throw new RangeError(`Flow state must have ${restored.#span} seconds, had ${state.buy.length}`);
    restored.#buy.set(state.buy);
    restored.#sell.set(state.sell);
    restored.#head = state.head;
    restored.#end = state.end;
    return restored;
  }
}
