import type { BandCount, FlowScore, SnapshotMetric } from '@liquidation-heatmap/core/score';
import type { FeedName } from './open-market.js';

/** One market to score. */
export interface MarketTask {
  readonly world: string;
  readonly feed: FeedName;
  readonly seed: number;
  readonly days: number;
  readonly models: readonly string[];
  /** Also run engines on slightly worse feeds. */
  readonly isRobust: boolean;
}

/** How one model did on one market. Unknown values are null, as JSON has no NaN. */
export interface ModelResult {
  /** Means over the snapshots. */
  readonly metrics: Readonly<Record<SnapshotMetric, number | null>>;
  readonly flow: Readonly<Record<keyof FlowScore, number | null>>;
  /** Bins with true mass and how many of them the band P10..P90 held. */
  readonly near: BandCount;
  readonly far: BandCount;
  /** Largest seen; null where a model keeps no accounts. */
  readonly conservationError: number | null;
  /** Time of reading a bar (a 5-minute step where there are no bars), from the median step, since the machine does other things too. */
  readonly msPerBar: number;
  /** Mean way of the five brightest clusters in percent of the price, by what was done to the feed. */
  readonly clusterShift: Readonly<Record<string, number | null>>;
}

/** How all models did on one market. */
export interface MarketResult {
  readonly world: string;
  readonly feed: FeedName;
  readonly seed: number;
  readonly snapshots: number;
  readonly bars: number;
  readonly prints: number;
  readonly models: Readonly<Record<string, ModelResult>>;
}
