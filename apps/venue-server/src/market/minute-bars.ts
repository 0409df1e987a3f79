import { MS_PER_MINUTE } from '@liquidation-heatmap/core';

/** A candle; prices in quote, sizes in base coins, turnover in quote. */
export interface VenueBar {
  readonly openTime: number;
  open: number;
  high: number;
  low: number;
  close: number;
  size: number;
  takerBuySize: number;
  turnover: number;
  takerBuyTurnover: number;
  trades: number;
}

const FIVE_MINUTES_MS = 5 * MS_PER_MINUTE;
/** Share of a five-minute bar that each of its minutes is given; invented, sums to 1. */
const MINUTE_SHARES = [0.22, 0.18, 0.25, 0.15, 0.2] as const;

/**
 * Candles without a hole, oldest first: of five minutes while they are history, of one minute since. Longer ones are made of
 * them, and minutes of history when somebody asks, because a month of them would fill hundreds of megabytes.
 */
export class MinuteBars {
  readonly #history: VenueBar[] = [];
  readonly #minutes: VenueBar[] = [];
  readonly #priceStep: number;

  /** Prices that are invented between known ones are put on multiples of `priceStep`. */
  constructor(priceStep: number) {
    this.#priceStep = priceStep;
  }

  /** The running minute, or the last bar of history; undefined before anything was seen. */
  get last(): VenueBar | undefined {
    return this.#minutes.at(-1) ?? this.#history.at(-1);
  }

  /** Takes a bar of history in; each follows the one before, and all come before the first minute. */
  addFiveMinutes(bar: VenueBar): void {
    this.#history.push(bar);
  }

  /** Sees a price at a time, and what was traded at it; minutes that nobody saw stand still at the last close. */
  see(time: number, price: number, size = 0, takerBuySize = 0): void {
    const bar = this.#minuteAt(time, price);
    if (bar === undefined) return;
    // A minute that stood still until now begins with its first trade.
    if (size > 0 && bar.trades === 0) bar.open = bar.high = bar.low = price;
    bar.high = Math.max(bar.high, price);
    bar.low = Math.min(bar.low, price);
    bar.close = price;
    if (size === 0) return;
    bar.size += size;
    bar.takerBuySize += takerBuySize;
    bar.turnover += size * price;
    bar.takerBuyTurnover += takerBuySize * price;
    bar.trades += 1;
  }

  /** Brings the candles up to a time at which nothing was seen. */
  standStill(time: number): void {
    const { last } = this;
    if (last !== undefined) this.#minuteAt(time, last.close);
  }

  /** Candles of a whole number of minutes whose open lies in `from..to`, oldest first; the last may still be running. */
  range(lengthMs: number, from: number, to: number): VenueBar[] {
    const first = (this.#history[0] ?? this.#minutes[0])?.openTime;
    if (first === undefined) return [];
    const bars: VenueBar[] = [];
    const begin = Math.ceil(Math.max(from, first) / lengthMs) * lengthMs;
    for (let open = begin; open <= Math.min(to, this.#lastOpen); open += lengthMs) {
      bars.push(merged(this.#pieces(open, open + lengthMs)));
    }
    return bars;
  }

  /** The newest of a range. */
  newest(lengthMs: number, limit: number, from = 0, to = Number.POSITIVE_INFINITY): VenueBar[] {
    const end = Math.floor(Math.min(to, this.#lastOpen) / lengthMs) * lengthMs;
    return this.range(lengthMs, Math.max(from, end - (limit - 1) * lengthMs), end);
  }

  /** The oldest of a range. */
  oldest(lengthMs: number, limit: number, from: number, to = Number.POSITIVE_INFINITY): VenueBar[] {
    const first = (this.#history[0] ?? this.#minutes[0])?.openTime ?? 0;
    const begin = Math.ceil(Math.max(from, first) / lengthMs) * lengthMs;
    return this.range(lengthMs, begin, Math.min(to, begin + (limit - 1) * lengthMs));
  }

  get #lastOpen(): number {
    const running = this.#minutes.at(-1)?.openTime;
    return running ?? (this.#history.at(-1)?.openTime ?? 0) + FIVE_MINUTES_MS - MS_PER_MINUTE;
  }

  /** Bars that make up `from..to`, both on a minute: whole ones of history where they fit. */
  #pieces(from: number, to: number): VenueBar[] {
    const pieces: VenueBar[] = [];
    const past = this.#history[0]?.openTime ?? 0;
    for (let at = Math.max(0, Math.floor((from - past) / FIVE_MINUTES_MS)); at < this.#history.length; at++) {
      const bar = this.#history[at]!;
      if (bar.openTime >= to) break;
      const isWhole = bar.openTime >= from && bar.openTime + FIVE_MINUTES_MS <= to;
      if (isWhole) pieces.push(bar);
      else pieces.push(...this.#split(bar).filter(({ openTime }) => openTime >= from && openTime < to));
    }
    const first = this.#minutes[0]?.openTime;
    if (first === undefined || to <= first) return pieces;
    const index = (time: number): number => Math.max(0, (time - first) / MS_PER_MINUTE);
    return pieces.concat(this.#minutes.slice(index(from), index(to)));
  }

  /** Five minutes that make a bar up again: its open, extremes, close and sizes are kept, the path between them is invented. */
  #split(bar: VenueBar): VenueBar[] {
    // A rising bar dips before it peaks, a falling one peaks before it dips.
    const [near, far] = bar.close >= bar.open ? [bar.low, bar.high] : [bar.high, bar.low];
    const between = (a: number, b: number): number => Math.round((a + b) / 2 / this.#priceStep) * this.#priceStep;
    const ends = [bar.open, near, between(near, far), far, between(far, bar.close), bar.close];
    let trades = bar.trades;
    return MINUTE_SHARES.map((share, index) => {
      const [open, close] = [ends[index]!, ends[index + 1]!];
      const counted = index === MINUTE_SHARES.length - 1 ? trades : Math.floor(bar.trades * share);
      trades -= counted;
      return {
        openTime: bar.openTime + index * MS_PER_MINUTE,
        open,
        high: Math.max(open, close),
        low: Math.min(open, close),
        close,
        size: bar.size * share,
        takerBuySize: bar.takerBuySize * share,
        turnover: bar.turnover * share,
        takerBuyTurnover: bar.takerBuyTurnover * share,
        trades: counted,
      };
    });
  }

  #minuteAt(time: number, price: number): VenueBar | undefined {
    const open = Math.floor(time / MS_PER_MINUTE) * MS_PER_MINUTE;
    const past = this.#history.at(-1);
    let last = this.#minutes.at(-1);
    if (last === undefined) {
      if (past !== undefined && open < past.openTime + FIVE_MINUTES_MS) return undefined;
      const begin = past === undefined ? open : past.openTime + FIVE_MINUTES_MS;
      this.#minutes.push((last = flatBar(begin, begin === open ? price : (past?.close ?? price))));
    }
    while (last.openTime < open) {
      const next: number = last.openTime + MS_PER_MINUTE;
      this.#minutes.push((last = flatBar(next, next === open ? price : last.close)));
    }
    return this.#minutes[(open - this.#minutes[0]!.openTime) / MS_PER_MINUTE];
  }
}

function flatBar(openTime: number, price: number): VenueBar {
  const nothing = { size: 0, takerBuySize: 0, turnover: 0, takerBuyTurnover: 0, trades: 0 };
  return { openTime, open: price, high: price, low: price, close: price, ...nothing };
}

function merged(bars: readonly VenueBar[]): VenueBar {
  const whole: VenueBar = { ...bars[0]! };
  for (const bar of bars.slice(1)) {
    whole.high = Math.max(whole.high, bar.high);
    whole.low = Math.min(whole.low, bar.low);
    whole.close = bar.close;
    whole.size += bar.size;
    whole.takerBuySize += bar.takerBuySize;
    whole.turnover += bar.turnover;
    whole.takerBuyTurnover += bar.takerBuyTurnover;
    whole.trades += bar.trades;
  }
  return whole;
}
