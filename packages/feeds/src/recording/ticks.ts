import { MS_PER_SECOND, type MarketEvent, type UnixMs } from '@liquidation-heatmap/core';

/** Silence longer than this is passed with a single tick at its end: nobody watches hours of nothing second by second. */
const LONGEST_SILENCE_S = 3_600;

/** Emits a tick at every whole second that time passes. */
export class Ticker {
  #second: number | undefined;

  /** Ticks of the whole seconds after the last call up to `time`, oldest first; none on the first call. */
  until(time: UnixMs): readonly MarketEvent[] {
    const second = Math.floor(time / MS_PER_SECOND);
    const from = this.#second ?? second;
    if (second <= from) {
      this.#second = from;
      return [];
    }
    this.#second = second;
    if (second - from > LONGEST_SILENCE_S) return [tickAt(second)];
    return Array.from({ length: second - from }, (_, index) => tickAt(from + 1 + index));
  }
}

function tickAt(second: number): MarketEvent {
  return { kind: 'tick', seenTime: (second * MS_PER_SECOND) as UnixMs };
}
