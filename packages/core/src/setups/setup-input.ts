import type { CascadeState } from '../model/cascade.js';
import type { Cluster } from '../model/cluster.js';
import type { BookHealth, MagnetLift, RetracementRates, TouchRates } from '../model/setup.js';
import type { DurationMs, Fraction, Price, UnixMs, Usd } from '../model/units.js';
import type { RowExposure } from './cluster-reach.js';

/** The resting order that a cluster is judged against, in prices of the reference venue. */
export interface RestingMatch {
  readonly side: 'bid' | 'ask';
  /** Undefined when no order of that side is large enough to be judged. */
  readonly price: Price | undefined;
  readonly notional: Usd | undefined;
  /** Share of all levels of the book that are smaller; without an order that of the side's largest. */
  readonly percentile: number;
  readonly persistedMs: DurationMs | undefined;
}

/** What the book says about one cluster; undefined = not known. */
export interface ClusterReadings {
  /** Notional resting between the price and the cluster, USD. */
  readonly pathNotional: number | undefined;
  /** Its median in the same hour of the last 7 days (`SameHourMedian`). */
  readonly usualPathNotional: number | undefined;
  /** Undefined when the book does not reach the cluster. */
  readonly resting: RestingMatch | undefined;
  /** Resting over expected forced notional. */
  readonly absorbRatio: number | undefined;
}

/** What a cascade's own record adds to its gauge. */
export interface CascadeReadings {
  readonly cascade: CascadeState;
  /** Share of the swept cluster that is gone, corrected for throttled feeds; undefined = not known. */
  readonly consumedShare: Fraction | undefined;
  /** Flow in the direction of the sweep (`FlowZScore`). */
  readonly flowZ: number | undefined;
}

/** Archived outcomes that setups are shown with. */
export interface SetupEvidence {
  readonly lifts: readonly MagnetLift[];
  readonly touches: readonly TouchRates[];
  readonly retracements: readonly RetracementRates[];
}

/** No outcome has been archived yet. */
export const NO_EVIDENCE: SetupEvidence = { lifts: [], touches: [], retracements: [] };

/** Everything a look at the setups needs, as of one moment. */
export interface SetupInput {
  readonly seenTime: UnixMs;
  /** Mark of the reference venue. */
  readonly price: Price;
  readonly clusters: readonly Cluster[];
  /** Undefined while there is no picture of the present. */
  readonly rows: RowExposure | undefined;
  /** Data older than a reader may rely on (30 s). */
  readonly isStale: boolean;
  readonly book: BookHealth;
  /** Asked only for clusters that are looked at; must answer the same to the same question. */
  readonly readingsOf: (cluster: Cluster) => ClusterReadings;
  /** One a side at most. */
  readonly cascades: readonly CascadeReadings[];
  readonly evidence: SetupEvidence;
}
