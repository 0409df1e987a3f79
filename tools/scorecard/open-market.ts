import type { MarketEvent } from '@liquidation-heatmap/core';
import { createMarket, WORLD_NAMES, type MarketTruth } from '@liquidation-heatmap/simulator';

const DAY_MS = 86_400_000;
/** End of every scored market's history: any whole hour would do. */
const END_TIME = Date.UTC(2025, 0, 31);

/** Worlds that can be scored. `drawn` is whatever the seed draws. */
export const WORLDS: readonly string[] = ['drawn', ...WORLD_NAMES];

/** How much of the forced closes the public is told: all, the largest or the latest of a second, nothing. */
export const FEEDS = ['complete', 'throttled-largest', 'throttled-latest', 'none'] as const;

/** A name of `FEEDS`. */
export type FeedName = (typeof FEEDS)[number];

/** Which market to open. */
export interface MarketRequest {
  readonly world: string;
  readonly seed: number;
  readonly days: number;
  readonly feed: FeedName;
  /** Market time after the history that is told second by second, with trades and prints; default 0. */
  readonly liveMs?: number;
}

/** A market to be scored: public events, and the truth beside them. */
export interface ScoreMarket {
  readonly time: number;
  readonly startTime: number;
  readonly endTime: number;
  events(until: number): Iterable<MarketEvent>;
  truth(): MarketTruth;
}

/**
 * Opens a simulated market. The only file that knows how: today a history of 5-minute bars, in which no liquidation is printed,
 * so that all feeds are alike there.
 */
export function openMarket({ world, seed, days, feed, liveMs = 0 }: MarketRequest): ScoreMarket {
  const market = createMarket({
    seed: world === 'drawn' ? seed : `${world}-${seed}`,
    symbol: 'BTCUSDT',
    startTime: END_TIME,
    history: { durationMs: days * DAY_MS, stepMs: 10_000 },
    liquidations: feed === 'complete' || feed === 'none' ? feed : 'throttled',
    book: false,
  });
  const startTime = market.time;
  return {
    get time() {
      return market.time;
    },
    startTime,
    endTime: market.liveFrom + liveMs,
    events: (until) => market.events(until),
    truth: () => market.truth(),
  };
}
