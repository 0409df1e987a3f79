import {
  FrameStore,
  type FrameChange,
  type FrameMessage,
  type HeatmapSource,
  type Price,
  type SourceRequest,
  type UnixMs,
  type VenueSplit,
} from '@liquidation-heatmap/core';
import { createSource, type SourceOptions } from '../sources/create-source.js';
import { errorStatus, faultOf } from '../sources/job.js';
import type { FrameSource } from '../sources/frame-source.js';

/** What is to be shown, and how it is got. `source` is a host's own and wins over the choice. */
export interface Connection extends SourceOptions {
  readonly request: SourceRequest;
  readonly source: HeatmapSource | undefined;
}

/** Owns one open source and the store it fills; changes come to the listener one message at a time. */
export class SourceController {
  readonly #onChange: (change: FrameChange) => void;
  #store = new FrameStore();
  #stop: AbortController | undefined;
  #source: FrameSource | undefined;
  #connection: Connection | undefined;
  #key = '';
  #isPaused = false;

  constructor(onChange: (change: FrameChange) => void) {
    this.#onChange = onChange;
  }

  get store(): FrameStore {
    return this.#store;
  }

  /** True from `connect` to `disconnect`. */
  get isOpen(): boolean {
    return this.#stop !== undefined;
  }

  /** Shows something; an equal connection that is already open goes on untouched. Returns true when it began anew. */
  connect(connection: Connection): boolean {
    const key = keyOf(connection);
    const isSame = this.isOpen && key === this.#key && connection.source === this.#connection?.source;
    if (isSame) return false;
    this.disconnect();
    this.#key = key;
    this.#connection = connection;
    this.#store = new FrameStore();
    this.#stop = new AbortController();
    void this.#run(connection, this.#stop.signal);
    return true;
  }

  /** Closes socket, worker and file at once; the store keeps what it has. */
  disconnect(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.#source = undefined;
  }

  /** Opens the same connection anew. */
  reconnect(): void {
    const connection = this.#connection;
    if (connection === undefined) return;
    this.disconnect();
    this.connect(connection);
  }

  /** Holds recordings and simulations. */
  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#source?.setPaused?.(isPaused);
  }

  /** Exposure by venue in the column that ends at `endTime`, where the source can know. */
  splitAt(endTime: UnixMs, low: Price, high: Price): Promise<readonly VenueSplit[] | undefined> {
    return this.#source?.splitAt?.(endTime, low, high) ?? Promise.resolve(undefined);
  }

  async #run(connection: Connection, signal: AbortSignal): Promise<void> {
    const sink = (message: FrameMessage): void => {
      if (!signal.aborted) this.#take(message);
    };
    try {
      const source = connection.source ?? (await createSource(connection));
      if (signal.aborted) return;
      this.#source = source;
      this.#source.setPaused?.(this.#isPaused);
      await source.open(connection.request, sink, signal);
    } catch (thrown) {
      const status = errorStatus(connection.choice, faultOf(thrown, 'source'));
      sink({ kind: 'status', symbolIndex: 0, sequence: 0, epoch: 0, time: 0 as UnixMs, status });
    }
  }

  /** Keeps one range to pan back to beyond the one shown, so that a page left open for days stays as small as on its first. */
  #forget(newest: UnixMs): void {
    const rangeMs = this.#connection?.request.rangeMs;
    if (rangeMs !== undefined) this.#store.dropBefore((newest - 2 * rangeMs) as UnixMs);
  }

  #take(message: FrameMessage): void {
    const change = this.#store.apply(message);
    if (change.kind === 'column' && change.isNew) this.#forget(change.head.endTime);
    this.#onChange(change);
    // A hole cannot be mended from here: the source starts over with a snapshot.
    if (change.kind === 'ignored' && change.reason === 'lost') queueMicrotask(() => this.reconnect());
  }
}

function keyOf({ choice, request, speed, workerUrl }: Connection): string {
  return JSON.stringify([choice, request, speed, workerUrl?.href]);
}
