import type { MarketEvent, VenueId } from '@liquidation-heatmap/core';
import { createScoreMarket, SCORE_WORLDS, type MarketTruth } from '@liquidation-heatmap/simulator';

/** Worlds that can be scored. */
export const WORLDS: readonly string[] = SCORE_WORLDS.map(({ name }) => name);

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
}

/** A market to be scored: public events, and the truth beside them. */
export interface ScoreMarket {
  readonly time: number;
  readonly startTime: number;
  readonly endTime: number;
  events(until: number): Iterable<MarketEvent>;
  truth(): MarketTruth;
}

/** Opens a simulated market, told in bars of a minute. */
export function openMarket({ world, seed, days, feed }: MarketRequest): ScoreMarket {
  return createScoreMarket({ world, seed, days, feed });
}

/** The venues of a market, the one whose prices all models use first. */
export function venuesOf(market: ScoreMarket): readonly VenueId[] {
  return market.truth().venues.map(({ venue }) => venue);
}
