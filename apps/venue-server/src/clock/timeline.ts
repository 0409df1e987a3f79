/** Takes back what was planned; may be called again. */
export type Cancel = () => void;

interface Planned {
  readonly time: number;
  /** Equal times run in the order in which they were planned. */
  readonly order: number;
  readonly action: () => void;
  isCancelled: boolean;
}

/** Actions waiting for their unix ms. Nothing here reads a clock: whoever owns it says what time it is. */
export class Timeline {
  readonly #heap: Planned[] = [];
  #order = 0;
  #now: number;

  constructor(start: number) {
    this.#now = start;
  }

  /** Unix ms reached. */
  get now(): number {
    return this.#now;
  }

  /** When the next action is due; Infinity where none is planned. */
  get nextTime(): number {
    while (this.#heap[0]?.isCancelled === true) this.#take();
    return this.#heap[0]?.time ?? Number.POSITIVE_INFINITY;
  }

  /** Plans an action; a moment that has passed is now. */
  at(time: number, action: () => void): Cancel {
    const planned = { time: Math.max(time, this.#now), order: this.#order++, action, isCancelled: false };
    this.#add(planned);
    return () => void (planned.isCancelled = true);
  }

  /** Plans an action `ms` from now. */
  after(ms: number, action: () => void): Cancel {
    return this.at(this.#now + ms, action);
  }

  /** Plans an action at each multiple of `ms` since 1970, so that everybody's seconds are the same seconds. */
  every(ms: number, action: () => void): Cancel {
    let cancel: Cancel = () => undefined;
    let isOver = false;
    const plan = (): void => {
      cancel = this.at((Math.floor(this.#now / ms) + 1) * ms, () => {
        action();
        if (!isOver) plan();
      });
    };
    plan();
    return () => {
      isOver = true;
      cancel();
    };
  }

  /** Moves to `time`, which must not lie before now, and runs what is due by then. */
  runTo(time: number): void {
    while (this.nextTime <= time) {
      const planned = this.#take();
      this.#now = Math.max(this.#now, planned.time);
      planned.action();
    }
    this.#now = Math.max(this.#now, time);
  }

  #add(planned: Planned): void {
    const heap = this.#heap;
    let at = heap.push(planned) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(heap[at]!, heap[above]!)) break;
      [heap[at], heap[above]] = [heap[above]!, heap[at]!];
      at = above;
    }
  }

  #take(): Planned {
    const heap = this.#heap;
    const first = heap[0]!;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    heap[0] = last;
    for (let at = 0; ;) {
      let least = at;
      for (const below of [2 * at + 1, 2 * at + 2]) {
        if (below < heap.length && isBefore(heap[below]!, heap[least]!)) least = below;
      }
      if (least === at) return first;
      [heap[at], heap[least]] = [heap[least]!, heap[at]!];
      at = least;
    }
  }
}

function isBefore(a: Planned, b: Planned): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}
