import type { DurationMs, UnixMs } from '@liquidation-heatmap/core';

/** No address is asked for again sooner than this, however few there are: the venue's own marks do not move its answer faster. */
export const LEAST_GAP_MS = 5_000;

/** What makes addresses wait for their turn. */
export interface RotationOptions {
  readonly addresses: readonly string[];
  readonly learn: number;
  readonly dropAfterMs: DurationMs;
  readonly spacingMs: DurationMs;
}

/**
 * Who is asked for next. Two kinds of turns alternate:
 *   fair     whoever waits longest: everyone has a turn, and a newly learned address waits behind all others
 *   urgent   the largest urgency x time since the last question, among those that hold something
 * Urgent turns are taken only while fair turns alone still come round within `dropAfterMs`; without anyone urgent a turn is fair.
 */
export class AddressRotation {
  readonly #options: RotationOptions;
  /** Time of the last question, in order of it; addresses that were never asked for are in the order they came. */
  readonly #asked = new Map<string, number>();
  readonly #learned = new Set<string>();
  /** Learned addresses that were seen to hold nothing and have not traded since, in the order in which that was first seen. */
  readonly #flat = new Set<string>();
  #isUrgentTurn = false;

  constructor(options: RotationOptions) {
    this.#options = options;
    for (const address of options.addresses) this.#asked.set(address, Number.NEGATIVE_INFINITY);
  }

  /** Addresses known, learned ones included. */
  get size(): number {
    return this.#asked.size;
  }

  has(address: string): boolean {
    return this.#asked.has(address);
  }

  /**
   * Hears of an address that traded. Once as many are learned as may be, a newcomer takes the place of the one that holds nothing and was
   * heard of longest ago; while there is none such it is let go, so that those who hold something stay. Returns who left.
   */
  learn(address: string): string | undefined {
    // Who traded may hold something now.
    this.#flat.delete(address);
    if (this.#options.learn === 0 || this.#asked.has(address)) return undefined;
    const left = this.#learned.size < this.#options.learn ? undefined : this.#flat.values().next().value;
    if (left === undefined && this.#learned.size >= this.#options.learn) return undefined;
    if (left !== undefined) this.#remove(left);
    this.#asked.set(address, Number.NEGATIVE_INFINITY);
    this.#learned.add(address);
    return left;
  }

  /** An answer said whether an address holds something. */
  noteHolding(address: string, isHolding: boolean): void {
    if (isHolding) this.#flat.delete(address);
    else if (this.#learned.has(address)) this.#flat.add(address);
  }

  #remove(address: string): void {
    this.#flat.delete(address);
    this.#learned.delete(address);
    this.#asked.delete(address);
  }

  /** Who is asked for now, noted as asked; undefined while everyone was asked for a moment ago. */
  take(now: UnixMs, urgencyOf: (address: string) => number): string | undefined {
    const isUrgent = this.#isUrgentTurn && this.#hasRoom();
    this.#isUrgentTurn = !this.#isUrgentTurn;
    const address = (isUrgent ? this.#mostUrgent(now, urgencyOf) : undefined) ?? this.#longestWaiting(now);
    if (address === undefined) return undefined;
    this.#asked.delete(address);
    this.#asked.set(address, now);
    return address;
  }

  /** Whether half of the turns are enough for everyone. */
  #hasRoom(): boolean {
    return this.#asked.size * this.#options.spacingMs * 2 <= this.#options.dropAfterMs;
  }

  #longestWaiting(now: UnixMs): string | undefined {
    for (const [address, asked] of this.#asked) if (now - asked >= LEAST_GAP_MS) return address;
    return undefined;
  }

  #mostUrgent(now: UnixMs, urgencyOf: (address: string) => number): string | undefined {
    let [most, found]: [number, string | undefined] = [0, undefined];
    for (const [address, asked] of this.#asked) {
      if (asked === Number.NEGATIVE_INFINITY || now - asked < LEAST_GAP_MS) continue;
      const urgency = urgencyOf(address) * (now - asked);
      if (urgency > most) [most, found] = [urgency, address];
    }
    return found;
  }
}
