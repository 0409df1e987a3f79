import type { PositionSide } from '@liquidation-heatmap/core';
import type { Positions } from './positions.js';
import type { Deleveraging } from './worlds/world.js';

/** A winner and how many of his size steps the venue closes. */
export interface ClosedWinner {
  readonly slot: number;
  readonly size: number;
}

/**
 * Who is closed against a forced position that the market does not take: positions in gain on the other side, those with the
 * highest gain times leverage first (the order venues publish, `liquidationRule` in core), until `size` steps are found.
 * Accounts that net are left alone.
 */
export function winnersAgainst(positions: Positions, side: PositionSide, mark: number, size: number): ClosedWinner[] {
  const sign = side === 'long' ? 1 : -1;
  const ranked = [...positions.slots()].flatMap((slot) => {
    const { entryPrice, leverage, isNetted, size: own, side: ownSide } = positions.at(slot);
    const rank = ((sign * (mark - entryPrice)) / entryPrice) * leverage;
    return ownSide === side && !isNetted && rank > 0 ? [{ slot, own, rank }] : [];
  });
  ranked.sort((a, b) => b.rank - a.rank || a.slot - b.slot);
  const closed: ClosedWinner[] = [];
  let left = size;
  for (const { slot, own } of ranked) {
    if (left === 0) break;
    const taken = Math.min(own, left);
    closed.push({ slot, size: taken });
    left -= taken;
  }
  return closed;
}

/** Size closed by force lately, as the insurance fund feels it: fades with the fund's own time. */
export class ForcedBurst {
  #size = 0;
  #at = Number.NaN;
  readonly #rule: Deleveraging;

  constructor(rule: Deleveraging) {
    this.#rule = rule;
  }

  /** Notes a forced close. */
  note(size: number, time: number): void {
    this.#size = this.sizeAt(time) + size;
    this.#at = time;
  }

  /** What is felt of all of them at a time, size steps. */
  sizeAt(time: number): number {
    return Number.isNaN(this.#at) ? 0 : this.#size * 2 ** (-(time - this.#at) / this.#rule.memoryMs);
  }

  /** Whether the fund is used up. */
  isExtreme(time: number, openInterest: number): boolean {
    return this.sizeAt(time) > this.#rule.fromShare * openInterest;
  }
}
