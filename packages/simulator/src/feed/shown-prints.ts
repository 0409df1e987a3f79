import { MS_PER_SECOND } from '@liquidation-heatmap/core';
import type { LiquidationFeed } from '../market-options.js';
import type { ForcedClose } from '../venue-market.js';

/** A forced close that traded at a moment within a step, 0..1. */
interface Filled {
  readonly moment: number;
  readonly forced: ForcedClose;
}

/** The forced fills of one venue's step that the public is told of, by moment. `from` is the step's beginning, a whole second. */
export function shownPrints<Fill extends Filled>(
  fills: readonly Fill[],
  feed: LiquidationFeed,
  from: number,
  stepMs: number,
): readonly Fill[] {
  if (feed === 'none' || fills.length === 0) return [];
  if (feed === 'complete') return fills;
  const kept = new Map<string, Fill>();
  for (const fill of fills) {
    const second = Math.floor((from + fill.moment * stepMs) / MS_PER_SECOND);
    const key = feed === 'throttled' ? `${second} ${fill.forced.side}` : `${second}`;
    const known = kept.get(key);
    const isLatest = feed === 'throttled-latest' && known !== undefined && fill.moment >= known.moment;
    const isLargest = feed !== 'throttled-latest' && known !== undefined && fill.forced.size > known.forced.size;
    if (known === undefined || isLatest || isLargest) kept.set(key, fill);
  }
  return [...kept.values()].sort((a, b) => a.moment - b.moment);
}

/** What an asked feed leaves of a venue's own: the one that tells less. */
export function lesserFeed(asked: LiquidationFeed, own: LiquidationFeed): LiquidationFeed {
  if (asked === 'complete' || own === 'none') return own;
  if (own === 'complete' || asked === 'none') return asked;
  return own;
}
