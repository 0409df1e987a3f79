import type { UnixMs } from '@liquidation-heatmap/core';
import type { MarketRandom } from '../random.js';

/** How late each kind of event is seen, ms: fixed part and mean of an exponential part. Invented, in the range of recordings. */
export const LATENESS = {
  trade: [45, 25],
  mark: [90, 40],
  book: [40, 20],
  openInterest: [250, 150],
  funding: [120, 60],
  print: [800, 250],
  ratio: [2_000, 1_000],
} as const satisfies Record<string, readonly [number, number]>;

/** Both times of an event. */
export interface EventTimes {
  readonly eventTime: UnixMs;
  readonly seenTime: UnixMs;
}

/** Times of one stream of one venue: it delivers in order, so nothing is seen before what the stream sent earlier. */
export class StreamClock {
  readonly #fixed: number;
  readonly #mean: number;
  readonly #random: MarketRandom;
  #lastSeen = 0;

  constructor(stream: keyof typeof LATENESS, random: MarketRandom) {
    [this.#fixed, this.#mean] = LATENESS[stream];
    this.#random = random;
  }

  /** Whole milliseconds, `seenTime` never before the stream's last. */
  stamp(time: number): EventTimes {
    const eventTime = Math.floor(time);
    const late = eventTime + Math.round(this.#fixed + this.#random.exponential(this.#mean));
    this.#lastSeen = Math.max(this.#lastSeen, late);
    return { eventTime: eventTime as UnixMs, seenTime: this.#lastSeen as UnixMs };
  }
}
