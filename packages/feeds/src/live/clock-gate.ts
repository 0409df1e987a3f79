import type { Runtime } from '../runtime/runtime.js';
import { childController } from '../runtime/abort.js';

/** What waits for the venue's time waits no longer than this for the first frame that tells it. */
const CLOCK_PATIENCE_MS = 3_000;

/** Holds back what needs the venue's time until the first frame has told how far this machine's clock is off. */
export class ClockGate {
  readonly #runtime: Runtime;
  #waiting: (() => void)[] | undefined = [];

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  /** The time is known: everything that waited happens now, in order. */
  open(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const act of waiting) act();
  }

  /** Acts now, or as soon as the gate opens. */
  whenOpen(act: () => void): void {
    if (this.#waiting === undefined) act();
    else this.#waiting.push(act);
  }

  /** Resolves when the gate is open; opens it when patience ends. */
  async passed(signal: AbortSignal): Promise<void> {
    if (this.#waiting === undefined) return;
    const { controller, unlink } = childController(signal);
    const known = new Promise<void>((resolve) => this.#waiting?.push(resolve));
    await Promise.race([known, this.#runtime.sleep(CLOCK_PATIENCE_MS, controller.signal)]);
    controller.abort();
    unlink();
    this.open();
  }
}
