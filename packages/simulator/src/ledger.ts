import type { PositionSide } from '@liquidation-heatmap/core';

/** Size steps per position side. */
export interface PerSide {
  long: number;
  short: number;
}

/** What has happened to positions since the market began, in whole size steps per side, hedgers included. */
export interface Turnover {
  readonly opened: Readonly<PerSide>;
  readonly closed: Readonly<PerSide>;
  readonly forced: Readonly<PerSide>;
}

/** The other side. */
export function oppositeOf(side: PositionSide): PositionSide {
  return side === 'long' ? 'short' : 'long';
}

/**
 * Double-entry accounts of one venue in whole size steps. Every order of an agent trades against the hedgers, who first give
 * back what they hold against the crowd and then open: so each trade changes both sides of the accounts by the same size,
 * and the sum of longs, the sum of shorts and open interest are one number.
 */
export class Ledger {
  readonly agents: PerSide = { long: 0, short: 0 };
  readonly hedgers: PerSide;
  readonly #base: number;
  readonly #opened: PerSide = { long: 0, short: 0 };
  readonly #closed: PerSide = { long: 0, short: 0 };
  readonly #forced: PerSide = { long: 0, short: 0 };

  /** `base`: size steps hedgers hold on both sides for ever. */
  constructor(base: number) {
    this.#base = base;
    this.hedgers = { long: base, short: base };
  }

  /** Size steps outstanding, counted one-sided. */
  get openInterest(): number {
    return this.agents.long + this.hedgers.long;
  }

  /** Copies of the running totals. */
  get turnover(): Turnover {
    return { opened: { ...this.#opened }, closed: { ...this.#closed }, forced: { ...this.#forced } };
  }

  /** An agent opens; hedgers take the other end. */
  open(side: PositionSide, size: number): void {
    this.agents[side] += size;
    this.#opened[side] += size;
    this.#hedge(oppositeOf(side), size);
  }

  /** An agent closes by choice; hedgers take the other end. */
  close(side: PositionSide, size: number): void {
    this.agents[side] -= size;
    this.#closed[side] += size;
    this.#hedge(side, size);
  }

  /** The venue closes an agent's position; hedgers take the other end. */
  force(side: PositionSide, size: number): void {
    this.agents[side] -= size;
    this.#forced[side] += size;
    this.#hedge(side, size);
  }

  /** The venue closes an agent's position against another agent's of the other side: no hedger takes an end. */
  deleverage(side: PositionSide, size: number): void {
    const other = oppositeOf(side);
    this.agents[side] -= size;
    this.#forced[side] += size;
    this.agents[other] -= size;
    this.#closed[other] += size;
  }

  /** Hedgers trade towards `side`: close what they hold on the other side above the base, open the rest. */
  #hedge(side: PositionSide, size: number): void {
    const other = oppositeOf(side);
    const given = Math.min(size, this.hedgers[other] - this.#base);
    this.hedgers[other] -= given;
    this.#closed[other] += given;
    this.hedgers[side] += size - given;
    this.#opened[side] += size - given;
  }
}
