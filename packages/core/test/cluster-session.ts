import { ClusterTracker, type ClusterTrackerOptions } from '../src/clusters/track-clusters.js';
import { SyntheticExposure } from './synthetic-exposure.js';

/** Exposure of five rows, most in the middle; its band is the middle three. */
export const HILL = [10_000, 20_000, 30_000, 20_000, 10_000];

/** A session on rows 1,000 to 1,399 with the mark in row 1,200: one moment a second. */
export class ClusterSession {
  readonly market = new SyntheticExposure(1_000, 400, 1_200);
  readonly tracker: ClusterTracker;
  readonly told: string[] = [];
  readonly outcomes: ReturnType<ClusterTracker['update']>['outcomes'][number][] = [];
  second = 0;

  constructor(options: Partial<ClusterTrackerOptions> = {}) {
    this.tracker = new ClusterTracker({ instruments: ['bybit:BTCUSDT', 'binance:BTCUSDT'], ...options });
  }

  /** Lets `count` seconds pass; what happened to the market before falls into the first of them. */
  pass(count = 1, origin = 1_000, rows = 400): this {
    for (let i = 0; i < count; i++) {
      const { changes, outcomes } = this.tracker.update(this.market.moment(this.second * 1_000, origin, rows));
      for (const { kind, cluster } of changes) {
        this.told.push(`${this.second} ${kind} ${cluster.side} ${SyntheticExposure.rowOf(cluster.peak)}`);
      }
      this.outcomes.push(...outcomes);
      this.second++;
    }
    return this;
  }

  get ids(): readonly string[] {
    return this.tracker.clusters().map(({ id }) => id);
  }
}
