import type { MarketEvent } from '@liquidation-heatmap/core';
import type { EventQueue } from '../combine/event-queue.js';
import { onAbort } from '../runtime/abort.js';
import type { Runtime } from '../runtime/runtime.js';
import { ToldState, isInPast, type PastEnd } from './told-state.js';

/** Where what a venue told goes. */
export interface LiveSink {
  push(event: MarketEvent): void;
  /** Pending while a reader is behind. */
  ready(): Promise<void> | undefined;
}

/** What a stream can say about now, for whoever joins. Undefined before it runs. */
export type NowEvents = (told: ToldState, pastEnd: PastEnd) => readonly MarketEvent[];

/** One live stream of a venue's instrument with any number of readers: sockets and polls are the same for all of them. */
export class SharedLive implements LiveSink {
  readonly #runtime: Runtime;
  readonly #onEnd: () => void;
  /** Readers, and what their own past holds already. */
  readonly #readers = new Map<EventQueue<MarketEvent>, PastEnd>();
  readonly #told = new ToldState();
  readonly #stop = new AbortController();
  #nowEvents: NowEvents | undefined;
  /** Readers and those who wait for their past. */
  #claims = 0;
  #linger: AbortController | undefined;

  /** `onEnd` is called when nobody can join any more. */
  constructor(runtime: Runtime, onEnd: () => void) {
    this.#runtime = runtime;
    this.#onEnd = onEnd;
  }

  /** Runs the stream for its first reader. */
  start(
    first: EventQueue<MarketEvent>,
    outer: AbortSignal,
    run: (sink: LiveSink, signal: AbortSignal, onRunning: (now: NowEvents) => void) => Promise<void>,
  ): void {
    this.#readers.set(first, undefined);
    this.#claim(first, outer);
    run(this, this.#stop.signal, (now) => (this.#nowEvents = now)).then(
      () => this.#end((queue) => queue.end()),
      (bug: unknown) => this.#end((queue) => queue.fail(bug)),
    );
  }

  /** Adds a reader as soon as its past is there: it is told how things stand, then everything that comes. */
  async join(queue: EventQueue<MarketEvent>, pastEnd: Promise<PastEnd> | undefined, outer: AbortSignal): Promise<void> {
    this.#claim(queue, outer);
    const end = await pastEnd;
    if (outer.aborted) return;
    for (const event of this.#nowEvents?.(this.#told, end) ?? []) queue.push(event);
    this.#readers.set(queue, end);
    if (this.#stop.signal.aborted) queue.end();
  }

  push(event: MarketEvent): void {
    this.#told.note(event);
    for (const [queue, pastEnd] of this.#readers) if (!isInPast(event, pastEnd)) queue.push(event);
  }

  ready(): Promise<void> | undefined {
    const waits = [...this.#readers.keys()].map((queue) => queue.ready()).filter((wait) => wait !== undefined);
    return waits.length === 0 ? undefined : Promise.all(waits).then(() => undefined);
  }

  #claim(queue: EventQueue<MarketEvent>, outer: AbortSignal): void {
    this.#claims += 1;
    this.#linger?.abort();
    onAbort(outer, () => {
      this.#readers.delete(queue);
      queue.end();
      this.#claims -= 1;
      if (this.#claims === 0) void this.#leave();
    });
  }

  // A page that changes its range leaves and comes back at once: its sockets stay open for it.
  async #leave(): Promise<void> {
    const { lingerMs = 0 } = this.#runtime;
    if (lingerMs > 0) {
      this.#linger = new AbortController();
      await this.#runtime.sleep(lingerMs, this.#linger.signal);
      if (this.#claims > 0) return;
    }
    this.#end((queue) => queue.end());
  }

  #end(finish: (queue: EventQueue<MarketEvent>) => void): void {
    this.#onEnd();
    this.#stop.abort();
    for (const queue of this.#readers.keys()) finish(queue);
    this.#readers.clear();
  }
}

const SHARED = new WeakMap<Runtime, Map<string, SharedLive>>();

/** The shared stream under a key on a runtime; `isNew` when this call made it. */
export function sharedLiveOf(runtime: Runtime, key: string): { readonly shared: SharedLive; readonly isNew: boolean } {
  const streams = SHARED.get(runtime) ?? new Map<string, SharedLive>();
  SHARED.set(runtime, streams);
  const found = streams.get(key);
  if (found !== undefined) return { shared: found, isNew: false };
  const shared: SharedLive = new SharedLive(runtime, () => {
    if (streams.get(key) === shared) streams.delete(key);
  });
  streams.set(key, shared);
  return { shared, isNew: true };
}
