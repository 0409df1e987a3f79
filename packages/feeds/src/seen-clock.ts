import type { UnixMs } from '@liquidation-heatmap/core';

/** The smallest delay is looked for in the running and the previous window of this length, so that a drifting clock is followed. */
const WINDOW_MS = 600_000;
/** Half a day apart is no skew but a wrong date: such a pair teaches nothing. */
const MAX_SKEW_MS = 43_200_000;
/** A delay this far below the smallest so far must come three times in a row before it is believed. */
const JUMP_MS = 10_000;
const JUMP_REPEATS = 3;

/**
 * Turns receive times of one machine into `seenTime` on the venue's clock.
 *   seenTime = receive time - min(receive time - event time), the minimum over the last 10 to 20 minutes; never less than before.
 * The fastest message counts as if it had arrived at once, so that a clock that is behind (recorded: 1.27 s) or ahead is set right;
 * what is lost is the smallest delay itself, some tens of milliseconds.
 */
export class SeenClock {
  #running = Number.POSITIVE_INFINITY;
  #previous = Number.POSITIVE_INFINITY;
  #windowStart = Number.NEGATIVE_INFINITY;
  #newest = Number.NEGATIVE_INFINITY;
  #jumps = 0;

  /** Smallest delay believed at present, in ms (negative when this machine's clock is behind); 0 before any message. */
  get skewMs(): number {
    const smallest = Math.min(this.#running, this.#previous);
    return Number.isFinite(smallest) ? smallest : 0;
  }

  /** True once a message has been seen. */
  get isKnown(): boolean {
    return this.#windowStart !== Number.NEGATIVE_INFINITY;
  }

  /** Learns from a message that carries the venue's own time of sending. */
  observe(receiveTime: UnixMs, eventTime: UnixMs): void {
    const delay = receiveTime - eventTime;
    if (Math.abs(delay) > MAX_SKEW_MS || this.#isLoneJump(delay)) return;
    if (receiveTime - this.#windowStart >= WINDOW_MS) {
      this.#previous = this.#running;
      this.#running = Number.POSITIVE_INFINITY;
      this.#windowStart = receiveTime;
    }
    if (delay < this.#running) this.#running = delay;
  }

  /** The corrected time of a receive time; never decreases once a message has been seen, and is the receive time before. */
  seenTimeOf(receiveTime: UnixMs): UnixMs {
    if (!this.isKnown) return receiveTime;
    const corrected = receiveTime - this.skewMs;
    if (corrected > this.#newest) this.#newest = corrected;
    return this.#newest as UnixMs;
  }

  #isLoneJump(delay: number): boolean {
    const smallest = Math.min(this.#running, this.#previous);
    if (!Number.isFinite(smallest) || delay >= smallest - JUMP_MS) {
      this.#jumps = 0;
      return false;
    }
    this.#jumps++;
    return this.#jumps < JUMP_REPEATS;
  }
}
