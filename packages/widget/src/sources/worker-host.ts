import type { FromWorker, ToWorker } from './worker-protocol.js';
import { trustedWorkerUrl } from './worker-url.js';
import { watchPresence } from './page-presence.js';

/** A worker that has not said hello by then is given up, ms. */
const HELLO_WITHIN_MS = 3_000;
/** A worker without jobs is kept so long for the next one: a page that changes its range closes and opens, ms. */
const IDLE_MS = 3_000;

/** Once a page has refused the worker it is not asked again, and the console is told only once. */
const refused = new Set<string>();
/** Workers that read venues, by address: one for all widgets of a page, so that they share sockets and limits. */
const shared = new Map<string, Promise<WorkerHost | undefined>>();

/** Who is told what the worker says of one job. */
export interface JobListener {
  told(message: FromWorker): void;
  /** The worker stopped, with the browser's words. Nothing comes any more. */
  broke(words: string): void;
}

/**
 * A worker that said hello, or undefined where the page allows none, with the reason on the console. `isShared`: the page's one worker
 * for what reads venues; others are for one job alone, since playback is work.
 */
export function workerHostAt(url: URL, isShared: boolean): Promise<WorkerHost | undefined> {
  if (!isShared) return startHost(url, () => undefined);
  const found = shared.get(url.href);
  if (found !== undefined) return found;
  const host = startHost(url, () => shared.delete(url.href));
  shared.set(url.href, host);
  void host.then((started) => started ?? shared.delete(url.href));
  return host;
}

/** One worker and the jobs it runs. It ends a moment after its last job. */
export class WorkerHost {
  readonly #worker: Worker;
  readonly #onEnd: () => void;
  readonly #listeners = new Map<number, JobListener>();
  readonly #unwatch: () => void;
  #nextId = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(worker: Worker, onEnd: () => void) {
    this.#worker = worker;
    this.#onEnd = onEnd;
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind !== 'hello') this.#listeners.get(data.id)?.told(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      const listeners = [...this.#listeners.values()];
      this.#end();
      for (const listener of listeners) listener.broke(event.message);
    };
    this.#unwatch = watchPresence((away) => this.post({ kind: 'away', away }));
    this.#rest();
  }

  /** Takes a job's listener and gives its number. */
  add(listener: JobListener): number {
    clearTimeout(this.#idle);
    const id = this.#nextId++;
    this.#listeners.set(id, listener);
    return id;
  }

  /** Ends a job. */
  remove(id: number): void {
    if (!this.#listeners.delete(id)) return;
    this.post({ kind: 'close', id });
    if (this.#listeners.size === 0) this.#rest();
  }

  post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #rest(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#end(), IDLE_MS);
  }

  #end(): void {
    clearTimeout(this.#idle);
    this.#onEnd();
    this.#unwatch();
    this.#listeners.clear();
    this.#worker.terminate();
  }
}

function startHost(url: URL, onEnd: () => void): Promise<WorkerHost | undefined> {
  if (refused.has(url.href)) return Promise.resolve(undefined);
  let worker: Worker;
  try {
    worker = new Worker(trustedWorkerUrl(url), { type: 'module', name: 'liquidation-heatmap' });
  } catch (thrown) {
    refuse(url, thrown instanceof Error ? thrown.message : String(thrown));
    return Promise.resolve(undefined);
  }
  return new Promise((resolve) => {
    const settle = (reason: string | undefined): void => {
      clearTimeout(timer);
      worker.onmessage = worker.onerror = null;
      if (reason === undefined) return resolve(new WorkerHost(worker, onEnd));
      worker.terminate();
      refuse(url, reason);
      resolve(undefined);
    };
    const timer = setTimeout(() => settle(`no answer within ${HELLO_WITHIN_MS / 1000} s`), HELLO_WITHIN_MS);
    worker.onmessage = () => settle(undefined);
    worker.onerror = (event) => {
      event.preventDefault();
      settle('the file could not be loaded, or the page forbids workers (worker-src)');
    };
  });
}

function refuse(url: URL, reason: string): void {
  refused.add(url.href);
  console.info(
    `liquidation-heatmap: no worker (${reason}); the estimate runs on the main thread in short slices. Worker file: ${url.href}`,
  );
}
