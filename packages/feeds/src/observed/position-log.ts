import type { DurationMs, Fault, InstrumentId, UnixMs } from '@liquidation-heatmap/core';
import type { ObservedPositions } from '../venues/hyperliquid/parse-positions.js';
import type { AddressCounts, ObservedRow } from './observed-snapshot.js';

/** An answer that is not too old, as far as it concerns what is observed. */
interface Answer {
  readonly seenTime: UnixMs;
  readonly rows: ReadonlyMap<InstrumentId, ObservedRow>;
}

/** What was last seen of every address. In memory only. */
export class PositionLog {
  readonly #instruments: ReadonlySet<InstrumentId>;
  readonly #dropAfterMs: DurationMs;
  readonly #answers = new Map<string, Answer>();
  /** Addresses whose last question failed, the newest failure last. */
  readonly #faults = new Map<string, Fault>();

  constructor(instruments: Iterable<InstrumentId>, dropAfterMs: DurationMs) {
    this.#instruments = new Set(instruments);
    this.#dropAfterMs = dropAfterMs;
  }

  /** An answer replaces the one before: a position that is not in it is closed. Returns whether it holds anything observed. */
  answered(address: string, { time, positions }: ObservedPositions, seenTime: UnixMs): boolean {
    const rows = new Map<InstrumentId, ObservedRow>();
    for (const { instrument, ...position } of positions)
      if (this.#instruments.has(instrument)) rows.set(instrument, { ...position, eventTime: time, seenTime });
    this.#answers.set(address, { seenTime, rows });
    this.#faults.delete(address);
    return rows.size > 0;
  }

  /** A question failed: what was seen before stays. */
  failed(address: string, fault: Fault): void {
    this.#faults.delete(address);
    this.#faults.set(address, fault);
  }

  /** An address is observed no more. */
  forget(address: string): void {
    this.#answers.delete(address);
    this.#faults.delete(address);
  }

  /** What an address was last seen to hold, by instrument. */
  heldBy(address: string): ReadonlyMap<InstrumentId, ObservedRow> | undefined {
    return this.#answers.get(address)?.rows;
  }

  /** The newest failure that no answer has followed. */
  get fault(): Fault | undefined {
    return [...this.#faults.values()].at(-1);
  }

  /** Positions in an instrument that are not too old, largest first, and how many addresses they come from. */
  read(instrument: InstrumentId, now: UnixMs): { rows: readonly ObservedRow[]; counts: Omit<AddressCounts, 'known'> } {
    const rows: ObservedRow[] = [];
    let answered = 0;
    for (const answer of this.#answers.values()) {
      if (now - answer.seenTime > this.#dropAfterMs) continue;
      answered += 1;
      const row = answer.rows.get(instrument);
      if (row !== undefined) rows.push(row);
    }
    rows.sort((a, b) => b.size - a.size);
    const outdated = this.#answers.size - answered;
    return { rows, counts: { answered, holding: rows.length, failing: this.#faults.size, outdated } };
  }
}
