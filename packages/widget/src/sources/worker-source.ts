import {
  decodeMessage,
  type FrameSink,
  type Price,
  type SourceRequest,
  type UnixMs,
  type VenueSplit,
} from '@liquidation-heatmap/core';
import type { FrameSource } from './frame-source.js';
import type { Job } from './job.js';
import { LocalSource } from './local-source.js';
import type { FromWorker, ToWorker } from './worker-protocol.js';
import { trustedWorkerUrl } from './worker-url.js';

/** A worker that has not said hello by then is given up, ms. */
const HELLO_WITHIN_MS = 3_000;

/** Once a page has refused the worker it is not asked again, and the console is told only once. */
const refused = new Set<string>();

/** Feeds and engine in a module worker; on the main thread where the page allows none. */
export class WorkerSource implements FrameSource {
  readonly #job: Omit<Job, 'request'>;
  readonly #url: URL;
  readonly #splits = new Map<number, (split: readonly VenueSplit[] | undefined) => void>();
  #worker: Worker | undefined;
  #fallback: LocalSource | undefined;
  #isPaused = false;
  #nextId = 0;

  constructor(job: Omit<Job, 'request'>, url: URL) {
    this.#job = job;
    this.#url = url;
  }

  async open(request: SourceRequest, sink: FrameSink, signal: AbortSignal): Promise<void> {
    const worker = await this.#greet(signal);
    if (signal.aborted) {
      worker?.terminate();
      return;
    }
    if (worker === undefined) {
      this.#fallback = new LocalSource(this.#job);
      this.#fallback.setPaused(this.#isPaused);
      return this.#fallback.open(request, sink, signal);
    }
    this.#worker = worker;
    await this.#listen(worker, { ...this.#job, request }, sink, signal);
  }

  setPaused(paused: boolean): void {
    this.#isPaused = paused;
    this.#fallback?.setPaused(paused);
    this.#post({ kind: 'pause', paused });
  }

  splitAt(endTime: UnixMs, low: Price, high: Price): Promise<readonly VenueSplit[] | undefined> {
    if (this.#fallback !== undefined) return this.#fallback.splitAt(endTime, low, high);
    if (this.#worker === undefined) return Promise.resolve(undefined);
    const id = this.#nextId++;
    return new Promise((resolve) => {
      this.#splits.set(id, resolve);
      this.#post({ kind: 'split', id, endTime, low, high });
    });
  }

  /** A worker that said hello in time, or undefined with the reason on the console. */
  #greet(signal: AbortSignal): Promise<Worker | undefined> {
    if (refused.has(this.#url.href)) return Promise.resolve(undefined);
    let worker: Worker;
    try {
      worker = new Worker(trustedWorkerUrl(this.#url), { type: 'module', name: 'liquidation-heatmap' });
    } catch (thrown) {
      refuse(this.#url, thrown instanceof Error ? thrown.message : String(thrown));
      return Promise.resolve(undefined);
    }
    return new Promise((resolve) => {
      const settle = (reason: string | undefined): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        worker.onmessage = worker.onerror = null;
        if (reason === undefined) return resolve(worker);
        worker.terminate();
        if (!signal.aborted) refuse(this.#url, reason);
        resolve(undefined);
      };
      const onAbort = (): void => settle('given up');
      const timer = setTimeout(() => settle(`no answer within ${HELLO_WITHIN_MS / 1000} s`), HELLO_WITHIN_MS);
      signal.addEventListener('abort', onAbort);
      worker.onmessage = () => settle(undefined);
      worker.onerror = (event) => {
        event.preventDefault();
        settle('the file could not be loaded, or the page forbids workers (worker-src)');
      };
    });
  }

  #listen(worker: Worker, job: Job, sink: FrameSink, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        worker.terminate();
        this.#worker = undefined;
        for (const answer of this.#splits.values()) answer(undefined);
        this.#splits.clear();
        resolve();
      };
      signal.addEventListener('abort', end, { once: true });
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (data.kind === 'frames') for (const bytes of data.messages) deliver(bytes, sink);
        if (data.kind === 'split') {
          this.#splits.get(data.id)?.(data.split);
          this.#splits.delete(data.id);
        }
        // The worker stays: it still answers for the columns it holds.
        if (data.kind === 'ended') resolve();
      };
      worker.onerror = (event) => {
        event.preventDefault();
        const fault = { code: 'worker-failed', field: 'worker', message: `The worker stopped: ${event.message}` };
        const status = {
          state: 'error',
          origin: 'live',
          detail: fault.message,
          dataTime: undefined,
          venues: [],
          fault,
        } as const;
        sink({ kind: 'status', symbolIndex: 0, sequence: 0, epoch: 0, time: 0 as UnixMs, status });
        end();
      };
      this.#post({ kind: 'open', job });
      if (this.#isPaused) this.#post({ kind: 'pause', paused: true });
    });
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }
}

function deliver(bytes: Uint8Array, sink: FrameSink): void {
  const message = decodeMessage(bytes);
  // Our own worker encodes with the same codec: bytes it cannot read are a bug of ours.
  if (!message.ok) throw new Error(`A message of the worker must decode: ${message.fault.message}`);
  sink(message.value);
}

function refuse(url: URL, reason: string): void {
  refused.add(url.href);
  console.info(
    `liquidation-heatmap: no worker (${reason}); the estimate runs on the main thread in short slices. Worker file: ${url.href}`,
  );
}
