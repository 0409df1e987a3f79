import type { Trade } from '@liquidation-heatmap/core';

/** An id that lies behind but is this much later in time is no repetition: the venue's ids have restarted. */
const RESTART_MS = 10_000;

/** What became of a trade. */
export type TradeVerdict =
  | { readonly kind: 'new' }
  | { readonly kind: 'duplicate' }
  /** New, and `missing` trades between it and the one before were never seen. */
  | { readonly kind: 'jump'; readonly missing: number; readonly after: Trade };

/** Lets each trade of one stream through once, by ids that ascend by one: reconnecting repeats trades and may lose some. */
export class TradeFilter {
  #last: Trade | undefined;

  /** Newest trade let through; undefined before any. */
  get last(): Trade | undefined {
    return this.#last;
  }

  /** Judges a trade and remembers it when it is new. */
  judge(trade: Trade): TradeVerdict {
    const before = this.#last;
    const step = before === undefined ? 1 : Number(trade.id) - Number(before.id);
    if (before !== undefined && step <= 0 && trade.eventTime - before.eventTime < RESTART_MS)
      return { kind: 'duplicate' };
    this.#last = trade;
    return before !== undefined && step > 1 ? { kind: 'jump', missing: step - 1, after: before } : { kind: 'new' };
  }
}
