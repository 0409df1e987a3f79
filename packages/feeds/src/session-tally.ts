import type { Fault } from '@liquidation-heatmap/core';

/** Faults kept until somebody takes them; every one is counted. */
const KEPT_FAULTS = 100;

/** Counts what a session read and left out, and keeps its newest faults. */
export class SessionTally {
  readonly #records = new Map<string, number>();
  readonly #drops = new Map<string, number>();
  #faults: Fault[] = [];
  #faultCount = 0;

  /** Frames and bodies by stream name. */
  get records(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#records);
  }

  /** Records left out by reason. */
  get drops(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#drops);
  }

  /** Faults in all. */
  get faultCount(): number {
    return this.#faultCount;
  }

  /** Counts one record of a stream. */
  record(stream: string): void {
    this.#records.set(stream, (this.#records.get(stream) ?? 0) + 1);
  }

  /** Counts one record that was left out. */
  drop(reason: string): void {
    this.#drops.set(reason, (this.#drops.get(reason) ?? 0) + 1);
  }

  /** Counts and keeps a fault; the record it came from is left out as `malformed`. */
  fault(fault: Fault): void {
    this.drop('malformed');
    this.#faultCount++;
    this.#faults.push(fault);
    if (this.#faults.length > KEPT_FAULTS) this.#faults.shift();
  }

  /** Faults since the last call, newest last. */
  takeFaults(): readonly Fault[] {
    const faults = this.#faults;
    this.#faults = [];
    return faults;
  }
}
