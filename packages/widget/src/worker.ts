import { encodeMessage } from '@liquidation-heatmap/core';
import type { Job } from './sources/job.js';
import { JobRunner } from './sources/job-runner.js';
import type { FromWorker, ToWorker } from './sources/worker-protocol.js';

/** The part of a dedicated worker's global scope that is used here; the page's DOM types know it under another name. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
}

interface OpenJob {
  readonly runner: JobRunner;
  readonly stop: AbortController;
}

const scope = globalThis as unknown as WorkerScope;
const jobs = new Map<number, OpenJob>();
let isAway = false;

scope.onmessage = ({ data }) => {
  switch (data.kind) {
    case 'open':
      void open(data.id, data.job);
      return;
    case 'close':
      jobs.get(data.id)?.stop.abort();
      jobs.delete(data.id);
      return;
    case 'pause':
      jobs.get(data.id)?.runner.setPaused(data.paused);
      return;
    case 'away':
      isAway = data.away;
      for (const { runner } of jobs.values()) runner.setAway(isAway);
      return;
    case 'split': {
      const { id, question } = data;
      const split = jobs.get(id)?.runner.splitAt(data.endTime, data.low, data.high);
      scope.postMessage({ kind: 'split', id, question, split });
    }
  }
};
scope.postMessage({ kind: 'hello' });

async function open(id: number, job: Job): Promise<void> {
  const outbox = new Outbox(id);
  const runner = new JobRunner(job, (message) => outbox.add(encodeMessage(message)));
  const stop = new AbortController();
  jobs.set(id, { runner, stop });
  runner.setAway(isAway);
  await runner.run(stop.signal);
  outbox.flush();
  if (!stop.signal.aborted) scope.postMessage({ kind: 'ended', id });
}

/** Messages of one sending travel together; their bytes are handed over, not copied. */
class Outbox {
  readonly #id: number;
  #waiting: Uint8Array<ArrayBuffer>[] = [];

  constructor(id: number) {
    this.#id = id;
  }

  add(bytes: Uint8Array): void {
    if (this.#waiting.length === 0) queueMicrotask(() => this.flush());
    this.#waiting.push(owned(bytes));
  }

  flush(): void {
    if (this.#waiting.length === 0) return;
    const messages = this.#waiting;
    this.#waiting = [];
    scope.postMessage(
      { kind: 'frames', id: this.#id, messages },
      messages.map((bytes) => bytes.buffer),
    );
  }
}

/** Only a whole buffer can be handed over; a view into a larger one is copied out first. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const isWhole = bytes.byteLength === bytes.buffer.byteLength && bytes.buffer instanceof ArrayBuffer;
  return isWhole ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}
