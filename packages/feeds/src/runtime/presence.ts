import { onAbort } from './abort.js';

/** Whether somebody can see the page. While nobody can, sockets are released and nothing is asked for. */
export class Presence {
  #isAway = false;
  readonly #waiting = new Set<() => void>();

  get isAway(): boolean {
    return this.#isAway;
  }

  /** Tells that the page has been left, or that somebody came back. */
  set(isAway: boolean): void {
    if (isAway === this.#isAway) return;
    this.#isAway = isAway;
    for (const wake of [...this.#waiting]) wake();
  }

  /** Resolves once the page is away (or back), at once where it is, or when the signal aborts. */
  async until(isAway: boolean, signal: AbortSignal): Promise<void> {
    while (this.#isAway !== isAway && !signal.aborted) await this.#change(signal);
  }

  #change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done);
        unlink();
        resolve();
      };
      let unlink: () => void = () => undefined;
      this.#waiting.add(done);
      unlink = onAbort(signal, done);
    });
  }
}
