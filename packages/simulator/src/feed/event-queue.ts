import type { MarketEvent } from '@liquidation-heatmap/core';

/** Events waiting for their `seenTime`; equal times keep the order in which they were added. */
export class EventQueue {
  #waiting: MarketEvent[] = [];

  /** Adds an event; it must not be seen before what was already taken. */
  push(event: MarketEvent): void {
    this.#waiting.push(event);
  }

  /** Takes out, in order, every event seen at or before `time`. */
  takeUpTo(time: number): MarketEvent[] {
    if (this.#waiting.length === 0) return [];
    const waiting = this.#waiting.sort((a, b) => a.seenTime - b.seenTime);
    let count = 0;
    while (count < waiting.length && waiting[count]!.seenTime <= time) count++;
    this.#waiting = waiting.slice(count);
    waiting.length = count;
    return waiting;
  }
}
