import { MS_PER_SECOND, type MarketEvent, type UnixMs } from '@liquidation-heatmap/core';
import { childController } from '../runtime/abort.js';
import type { Runtime } from '../runtime/runtime.js';
import { EventQueue } from './event-queue.js';

/** How long an event may wait for an older one of another venue. Receive order is seen order, so it is rarely needed. */
export const REORDER_WINDOW_MS = 250;

/** A wait for the first event looks up this often. */
const IDLE_MS = 60_000;

/** One venue's events in order of `seenTime`. */
export type EventStream = AsyncIterable<MarketEvent>;

/**
 * Joins venue streams into one that is ordered by `seenTime` and carries a `tick` a second. Ends when the signal aborts or every
 * stream has ended; ticks start after the first event. An event that comes later than the window allows is passed on with the newest time given out: that is
 * when it could be known here.
 */
export async function* mergeFeeds(
  streams: readonly EventStream[],
  runtime: Runtime,
  signal: AbortSignal,
): AsyncGenerator<MarketEvent> {
  const { controller, unlink } = childController(signal);
  const merger = new Merger(streams.length, runtime);
  for (const [index, stream] of streams.entries()) void merger.pump(stream, index, controller.signal);
  try {
    await merger.firstHeads(controller.signal);
    while (!signal.aborted) {
      const event = merger.take();
      if (event !== undefined) yield event;
      else if (merger.isDone) return;
      else await merger.waitForMore(controller.signal);
    }
  } finally {
    controller.abort();
    merger.release();
    unlink();
  }
}

class Merger {
  readonly #runtime: Runtime;
  readonly #queues: readonly EventQueue<MarketEvent>[];
  readonly #heads: (MarketEvent | undefined)[];
  readonly #windowMs: number;
  #open: number;
  #last = -Infinity;
  /** Time of the next tick; undefined before the first event says what time it is at the venues. */
  #nextTick: number | undefined;
  readonly #lead = new Lead();
  #wake: (() => void) | undefined;
  /** The one timer that waits, and when it is due. */
  #alarm: { readonly dueAt: number; readonly controller: AbortController } | undefined;
  #bug: { readonly thrown: unknown } | undefined;

  constructor(count: number, runtime: Runtime) {
    this.#runtime = runtime;
    this.#queues = Array.from({ length: count }, () => new EventQueue<MarketEvent>());
    this.#heads = this.#queues.map(() => undefined);
    this.#windowMs = count > 1 ? REORDER_WINDOW_MS : 0;
    this.#open = count;
  }

  get isDone(): boolean {
    return (
      this.#open === 0 &&
      this.#heads.every((head) => head === undefined) &&
      this.#queues.every((queue) => queue.length === 0)
    );
  }

  async pump(stream: EventStream, index: number, signal: AbortSignal): Promise<void> {
    const queue = this.#queues[index]!;
    try {
      for await (const event of stream) {
        if (signal.aborted) return;
        this.#lead.observe(event.seenTime, this.#runtime.now());
        queue.push(event);
        this.#awake();
        const wait = queue.ready();
        if (wait !== undefined) await wait;
      }
    } catch (thrown) {
      // Streams turn the network's faults into events, so this is a bug: the reader gets it.
      this.#bug = { thrown };
    } finally {
      this.#open -= 1;
      queue.end();
      this.#awake();
    }
  }

  /** Waits a moment until every stream has shown its first event, so that none of them is overtaken by a tick. */
  async firstHeads(signal: AbortSignal): Promise<void> {
    const deadline = this.#runtime.now() + REORDER_WINDOW_MS;
    for (;;) {
      this.#oldest();
      const waitMs = deadline - this.#runtime.now();
      if (signal.aborted || waitMs <= 0 || this.#open === 0 || !this.#heads.includes(undefined)) return;
      await this.#arrivalOr(waitMs, signal);
    }
  }

  /** The next event that may be given out now. */
  take(): MarketEvent | undefined {
    if (this.#bug !== undefined) throw this.#bug.thrown;
    const now = this.#now();
    const oldest = this.#oldest();
    if (oldest !== undefined && this.#mayGo(oldest.head, now)) {
      const { head, index } = oldest;
      this.#nextTick ??= (Math.floor(head.seenTime / MS_PER_SECOND) + 1) * MS_PER_SECOND;
      if (head.seenTime >= this.#nextTick) return this.#tick(this.#nextTick, now);
      this.#heads[index] = undefined;
      return this.#stamped(head);
    }
    return this.#nextTick !== undefined && this.#nextTick + this.#windowMs <= now
      ? this.#tick(this.#nextTick, now)
      : undefined;
  }

  /** Waits until an event arrives or time allows something. */
  async waitForMore(signal: AbortSignal): Promise<void> {
    const headDue = (this.#oldest()?.head.seenTime ?? Infinity) + this.#windowMs;
    const tickDue = (this.#nextTick ?? Infinity) + this.#windowMs;
    const waitMs = Math.min(headDue, tickDue) - this.#now();
    await this.#arrivalOr(Number.isFinite(waitMs) ? waitMs : IDLE_MS, signal);
  }

  /** Lets pumps that wait for room go on to their end. */
  release(): void {
    for (const queue of this.#queues) queue.end();
  }

  async #arrivalOr(waitMs: number, signal: AbortSignal): Promise<void> {
    const arrival = new Promise<void>((resolve) => (this.#wake = resolve));
    this.#setAlarm(this.#runtime.now() + waitMs, waitMs, signal);
    await arrival;
  }

  // A timer for every event cost more than the event (bench pixel). One that rings earlier than needed only looks once more.
  #setAlarm(dueAt: number, waitMs: number, signal: AbortSignal): void {
    if (this.#alarm !== undefined && this.#alarm.dueAt <= dueAt) return;
    this.#alarm?.controller.abort();
    const { controller, unlink } = childController(signal);
    const alarm = { dueAt, controller };
    this.#alarm = alarm;
    void this.#runtime.sleep(waitMs, controller.signal).then(() => {
      unlink();
      if (this.#alarm !== alarm) return;
      this.#alarm = undefined;
      this.#awake();
    });
  }

  #now(): number {
    return this.#runtime.now() + this.#lead.ms;
  }

  #oldest(): { readonly index: number; readonly head: MarketEvent } | undefined {
    let oldest: { index: number; head: MarketEvent } | undefined;
    for (const [index, queue] of this.#queues.entries()) {
      const head = (this.#heads[index] ??= queue.shift());
      if (head !== undefined && (oldest === undefined || head.seenTime < oldest.head.seenTime))
        oldest = { index, head };
    }
    return oldest;
  }

  // Nothing older can come when every stream shows a later event; else the window decides.
  #mayGo(head: MarketEvent, now: number): boolean {
    if (head.seenTime + this.#windowMs <= now || this.#windowMs === 0) return true;
    return this.#heads.every((other) => other !== undefined);
  }

  #stamped(event: MarketEvent): MarketEvent {
    if (event.seenTime >= this.#last) {
      this.#last = event.seenTime;
      return event;
    }
    return { ...event, seenTime: this.#last as UnixMs };
  }

  // After a pause (a page asleep) one tick stands for all the missed ones: time jumps, it is not replayed.
  #tick(next: number, now: number): MarketEvent {
    const upTo = Math.min(now - this.#windowMs, this.#oldest()?.head.seenTime ?? Infinity);
    const time = Math.max(next, Math.floor(upTo / MS_PER_SECOND) * MS_PER_SECOND);
    this.#nextTick = time + MS_PER_SECOND;
    return this.#stamped({ kind: 'tick', seenTime: time as UnixMs });
  }

  #awake(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}

/** How long the newest lead is believed before an older, larger one is forgotten. */
const LEAD_WINDOW_MS = 10_000;

/** How far seen times run ahead of this machine's clock (negative: behind), so that ticks keep the venues' time and not ours. */
class Lead {
  #running = -Infinity;
  #previous = -Infinity;
  #windowStart = -Infinity;

  get ms(): number {
    return Math.max(this.#running, this.#previous);
  }

  observe(seenTime: number, now: number): void {
    if (now - this.#windowStart >= LEAD_WINDOW_MS || now < this.#windowStart) {
      this.#previous = this.#running;
      this.#running = -Infinity;
      this.#windowStart = now;
    }
    this.#running = Math.max(this.#running, seenTime - now);
  }
}
