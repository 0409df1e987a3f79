import type { Trade } from '@liquidation-heatmap/core';

/** An id that lies behind but is this much later in time is no repetition: the venue's ids have restarted. */
const RESTART_MS = 10_000;
/** Holes in the ids that may still be filled; older ones are given up. */
const KEPT_HOLES = 50;

/** What became of a trade. */
export type TradeVerdict =
  | { readonly kind: 'new' }
  | { readonly kind: 'duplicate' }
  /** New, and `missing` trades between it and the one before were never seen. */
  | { readonly kind: 'jump'; readonly missing: number; readonly after: Trade };

/**
 * Lets each trade of one stream through once, by ids that ascend by one: reconnecting repeats trades and may lose some. A trade that was
 * missed is let through when it comes later.
 */
export class TradeFilter {
  #last: Trade | undefined;
  /** Ids that were jumped over, oldest first. */
  readonly #holes: { readonly from: number; readonly to: number }[] = [];

  /** Newest trade let through; undefined before any. */
  get last(): Trade | undefined {
    return this.#last;
  }

  /** Judges a trade and remembers it when it is new. */
  judge(trade: Trade): TradeVerdict {
    const before = this.#last;
    const id = Number(trade.id);
    const step = before === undefined ? 1 : id - Number(before.id);
    if (before !== undefined && step <= 0 && trade.eventTime - before.eventTime < RESTART_MS)
      return { kind: this.#isMissed(id) ? 'new' : 'duplicate' };
    if (step <= 0) this.#holes.length = 0;
    this.#last = trade;
    if (before === undefined || step <= 1) return { kind: 'new' };
    this.#holes.push({ from: Number(before.id) + 1, to: id - 1 });
    if (this.#holes.length > KEPT_HOLES) this.#holes.shift();
    return { kind: 'jump', missing: step - 1, after: before };
  }

  /** Whether an id was jumped over; from now on it was not. */
  #isMissed(id: number): boolean {
    const at = this.#holes.findIndex(({ from, to }) => id >= from && id <= to);
    const hole = this.#holes[at];
    if (hole === undefined) return false;
    const rest = [
      { from: hole.from, to: id - 1 },
      { from: id + 1, to: hole.to },
    ];
    this.#holes.splice(at, 1, ...rest.filter(({ from, to }) => from <= to));
    return true;
  }
}
