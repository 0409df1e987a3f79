import type { DistanceClass } from './heatmap-frame.js';
import type { PositionSide } from './market-event.js';
import type { DurationMs, Fraction, Price, UnixMs, Usd } from './units.js';
import type { VenueId } from './venue.js';

/** A quantity that is not known: 10 %, 50 % and 90 % of what it may be lie below these. */
export interface UsdRange {
  readonly p10: Usd;
  readonly p50: Usd;
  readonly p90: Usd;
}

/** One part of a whole; the shares of all parts sum to 1. */
export interface Share<Part> {
  readonly part: Part;
  readonly share: Fraction;
}

/**
 * What changed a cluster's exposure since it was born, USD at the liquidation price. `born` + `opened` - `swept` - `closed` -
 * `faded` = what stands; `printed` is observed, overlaps with `swept` and is never added to it.
 */
export interface ClusterLedger {
  /** What stood when it was first seen; without it a reader could not check that the ledger balances. */
  readonly born: Usd;
  readonly opened: Usd;
  /** The price traded through it. */
  readonly swept: Usd;
  /** Liquidations that venues reported inside the band. */
  readonly printed: Usd;
  /** Modelled voluntary closes and falls of open interest. */
  readonly closed: Usd;
  /** Everything else: a multiplier learned to be lower, a band that moved or shrank. Negative where that added exposure. */
  readonly faded: Usd;
}

/** A contiguous band of rows brighter than its surroundings. Prices are of the reference venue. It is fuel, not a level that holds. */
export interface Cluster {
  /** Stable within a lineage: instruments, side, end of the column of birth, lattice row of the peak at birth. */
  readonly id: string;
  /** Who would be forced: longs sell, shorts buy. */
  readonly side: PositionSide;
  /** Edges of the band, whole lattice rows. */
  readonly low: Price;
  readonly high: Price;
  /** Middle of the row with the most exposure. */
  readonly peak: Price;
  /** Prices between which the middle half of the exposure lies. */
  readonly quartileLow: Price;
  readonly quartileHigh: Price;
  /** Standing exposure inside the band. */
  readonly energy: UsdRange;
  /** Largest P50 of `energy` since birth. */
  readonly peakEnergy: Usd;
  /** Height of the peak over its surroundings, in standard deviations of the estimate there. */
  readonly prominence: number;
  /** Half the width of the band P10..P90 is larger than what the cluster holds. */
  readonly isUncertain: boolean;
  readonly bornAt: UnixMs;
  /** Mean and largest age of the exposure itself, which can be older than the cluster. */
  readonly meanAgeMs: DurationMs;
  readonly oldestAgeMs: DurationMs;
  readonly venues: readonly Share<VenueId>[];
  readonly classes: readonly Share<DistanceClass>[];
  readonly ledger: ClusterLedger;
}

/** What can happen to a cluster. */
export type ClusterChangeKind = 'appear' | 'grow' | 'move' | 'dissolve' | 'consume' | 'approach';

/** One thing that happened to a cluster, known from `seenTime`. */
export interface ClusterChange {
  readonly kind: ClusterChangeKind;
  readonly seenTime: UnixMs;
  /** As it stood after the change; for `dissolve` and `consume` as it last stood. */
  readonly cluster: Cluster;
}

/** How a cluster that is gone was resolved. */
export interface ClusterOutcome {
  readonly id: string;
  readonly side: PositionSide;
  readonly low: Price;
  readonly high: Price;
  readonly bornAt: UnixMs;
  readonly endedAt: UnixMs;
  readonly end: 'consume' | 'dissolve';
  /** The older cluster that took its band over; undefined where it ended by itself. Its exposure did not leave the market. */
  readonly mergedInto: string | undefined;
  readonly peakEnergy: Usd;
  /** First time the mark reached the band; undefined when it never did. */
  readonly touchedAt: UnixMs | undefined;
  /** Mark then, from which `moves` are measured: at the end of the moment in which the band was reached. */
  readonly touchMark: Price | undefined;
  /** Share of `peakEnergy` that was swept, by the strongest evidence: see `clusters/consumed-share`. */
  readonly consumedShare: Fraction;
  readonly ledger: ClusterLedger;
  /**
   * Log return of the mark after `touchedAt`, positive in the direction of the forced orders; undefined while not yet known and
   * where no mark was seen near that moment.
   */
  readonly moves: readonly { readonly afterMs: DurationMs; readonly move: number | undefined }[];
}
