import {
  decodeMessage,
  type FrameSink,
  type Price,
  type SourceRequest,
  type UnixMs,
  type VenueSplit,
} from '@liquidation-heatmap/core';
import type { FrameSource } from './frame-source.js';
import { isOfVenues, type Job } from './job.js';
import { LocalSource } from './local-source.js';
import { workerHostAt, type WorkerHost } from './worker-host.js';

/** Feeds and engine in a module worker; on the main thread where the page allows none. */
export class WorkerSource implements FrameSource {
  readonly #job: Omit<Job, 'request'>;
  readonly #url: URL;
  readonly #splits = new Map<number, (split: readonly VenueSplit[] | undefined) => void>();
  #host: WorkerHost | undefined;
  #id = Number.NaN;
  #fallback: LocalSource | undefined;
  #isPaused = false;
  #nextQuestion = 0;

  constructor(job: Omit<Job, 'request'>, url: URL) {
    this.#job = job;
    this.#url = url;
  }

  async open(request: SourceRequest, sink: FrameSink, signal: AbortSignal): Promise<void> {
    const host = await workerHostAt(this.#url, isOfVenues(this.#job.choice));
    if (signal.aborted) return;
    if (host === undefined) {
      this.#fallback = new LocalSource(this.#job);
      this.#fallback.setPaused(this.#isPaused);
      return this.#fallback.open(request, sink, signal);
    }
    await this.#run(host, { ...this.#job, request }, sink, signal);
  }

  setPaused(paused: boolean): void {
    this.#isPaused = paused;
    this.#fallback?.setPaused(paused);
    this.#host?.post({ kind: 'pause', id: this.#id, paused });
  }

  splitAt(endTime: UnixMs, low: Price, high: Price): Promise<readonly VenueSplit[] | undefined> {
    if (this.#fallback !== undefined) return this.#fallback.splitAt(endTime, low, high);
    const host = this.#host;
    if (host === undefined) return Promise.resolve(undefined);
    const question = this.#nextQuestion++;
    return new Promise((resolve) => {
      this.#splits.set(question, resolve);
      host.post({ kind: 'split', id: this.#id, question, endTime, low, high });
    });
  }

  #run(host: WorkerHost, job: Job, sink: FrameSink, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        host.remove(this.#id);
        this.#host = undefined;
        for (const answer of this.#splits.values()) answer(undefined);
        this.#splits.clear();
        resolve();
      };
      this.#host = host;
      this.#id = host.add({
        told: (message) => {
          if (message.kind === 'frames') for (const bytes of message.messages) deliver(bytes, sink);
          if (message.kind === 'split') {
            this.#splits.get(message.question)?.(message.split);
            this.#splits.delete(message.question);
          }
          // The job stays: it still answers for the columns it holds.
          if (message.kind === 'ended') resolve();
        },
        broke: (words) => {
          tellBroken(words, sink);
          end();
        },
      });
      signal.addEventListener('abort', end, { once: true });
      host.post({ kind: 'open', id: this.#id, job });
      if (this.#isPaused) host.post({ kind: 'pause', id: this.#id, paused: true });
    });
  }
}

function tellBroken(words: string, sink: FrameSink): void {
  const fault = { code: 'worker-failed', field: 'worker', message: `The worker stopped: ${words}` };
  const detail = fault.message;
  const status = { state: 'error', origin: 'live', detail, dataTime: undefined, venues: [], fault } as const;
  sink({ kind: 'status', symbolIndex: 0, sequence: 0, epoch: 0, time: 0 as UnixMs, status });
}

function deliver(bytes: Uint8Array, sink: FrameSink): void {
  const message = decodeMessage(bytes);
  // Our own worker encodes with the same codec: bytes it cannot read are a bug of ours.
  if (!message.ok) throw new Error(`A message of the worker must decode: ${message.fault.message}`);
  sink(message.value);
}
