import type { Runtime } from '../runtime/runtime.js';

/** A snapshot asked for comes within this time, or is asked for again. */
const PATIENCE_MS = 2_000;
/** Requests before the socket itself is given up. */
const ATTEMPTS = 3;

/** Asks for a new snapshot of a streamed book until it has come, and never twice at once. */
export class BookRenewal {
  readonly #runtime: Runtime;
  #isRunning = false;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  /** A snapshot is being waited for. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** `ask` subscribes anew; `giveUp` ends the socket after asking in vain. */
  async run(isInSync: () => boolean, ask: () => void, giveUp: () => void, signal: AbortSignal): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      for (let attempt = 0; attempt < ATTEMPTS && !signal.aborted; attempt++) {
        ask();
        await this.#runtime.sleep(PATIENCE_MS, signal);
        if (isInSync() || signal.aborted) return;
      }
      if (!signal.aborted) giveUp();
    } finally {
      this.#isRunning = false;
    }
  }
}
