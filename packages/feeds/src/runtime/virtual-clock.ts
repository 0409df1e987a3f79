import type { UnixMs } from '@liquidation-heatmap/core';

/** A timer that has not fired. */
export interface VirtualTimer {
  cancel(): void;
}

interface Entry {
  readonly time: number;
  readonly order: number;
  readonly action: () => void;
  isCancelled: boolean;
}

/** Time that moves only when told to, and what is due at which time. Equal times fire in the order they were asked for. */
export class VirtualClock {
  #now: UnixMs;
  #order = 0;
  #pending = 0;
  readonly #heap: Entry[] = [];

  constructor(start: UnixMs) {
    this.#now = start;
  }

  get now(): UnixMs {
    return this.#now;
  }

  /** Timers that wait to fire. */
  get pending(): number {
    return this.#pending;
  }

  after(ms: number, action: () => void): VirtualTimer {
    const entry: Entry = { time: this.#now + Math.max(0, ms), order: this.#order++, action, isCancelled: false };
    this.#pending += 1;
    this.#insert(entry);
    return {
      cancel: () => {
        if (entry.isCancelled) return;
        entry.isCancelled = true;
        this.#pending -= 1;
      },
    };
  }

  /** Fires the next timer that is due by `limit` and moves time to it; false when there is none, and time is `limit` then. */
  step(limit: UnixMs): boolean {
    for (;;) {
      const entry = this.#heap[0];
      if (entry === undefined || entry.time > limit) {
        this.#now = Math.max(this.#now, limit) as UnixMs;
        return false;
      }
      this.#removeFirst();
      if (entry.isCancelled) continue;
      entry.isCancelled = true;
      this.#pending -= 1;
      this.#now = Math.max(this.#now, entry.time) as UnixMs;
      entry.action();
      return true;
    }
  }

  #insert(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(entry, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = entry;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (!isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}
