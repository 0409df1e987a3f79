import { encodeMessage, type FrameMessage } from '@liquidation-heatmap/core';
import { JobRunner } from './sources/job-runner.js';
import type { FromWorker, ToWorker } from './sources/worker-protocol.js';

/** The part of a dedicated worker's global scope that is used here; the page's DOM types know it under another name. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
}

const scope = globalThis as unknown as WorkerScope;
const stop = new AbortController();
let runner: JobRunner | undefined;
let waiting: Uint8Array<ArrayBuffer>[] = [];

scope.onmessage = ({ data }) => {
  if (data.kind === 'open') void open(new JobRunner(data.job, enqueue));
  if (data.kind === 'pause') runner?.setPaused(data.paused);
  if (data.kind === 'split') {
    scope.postMessage({ kind: 'split', id: data.id, split: runner?.splitAt(data.endTime, data.low, data.high) });
  }
};
scope.postMessage({ kind: 'hello' });

async function open(next: JobRunner): Promise<void> {
  runner = next;
  await next.run(stop.signal);
  flush();
  scope.postMessage({ kind: 'ended' });
}

/** Messages of one sending travel together; their bytes are handed over, not copied. */
function enqueue(message: FrameMessage): void {
  if (waiting.length === 0) queueMicrotask(flush);
  waiting.push(owned(encodeMessage(message)));
}

function flush(): void {
  if (waiting.length === 0) return;
  const messages = waiting;
  waiting = [];
  scope.postMessage(
    { kind: 'frames', messages },
    messages.map((bytes) => bytes.buffer),
  );
}

/** Only a whole buffer can be handed over; a view into a larger one is copied out first. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const isWhole = bytes.byteLength === bytes.buffer.byteLength && bytes.buffer instanceof ArrayBuffer;
  return isWhole ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}
