import type { Share } from '../model/cluster.js';
import type { DistanceClass } from '../model/heatmap-frame.js';
import type { DurationMs, Fraction, LatticeRow, Price, UnixMs, Usd } from '../model/units.js';
import type { VenueId } from '../model/venue.js';

/** What is only worked out for clusters that a reader is told of, because it costs. */
export interface ClusterDetail {
  /** 10 %, 50 % and 90 % of what the rows together may hold lie below these. */
  readonly p10: Usd;
  readonly p50: Usd;
  readonly p90: Usd;
  readonly meanAgeMs: DurationMs;
  readonly oldestAgeMs: DurationMs;
  /** Parts that hold something; shares sum to 1. Any order. */
  readonly venues: readonly Share<VenueId>[];
  readonly classes: readonly Share<DistanceClass>[];
}

/**
 * One side's state at one moment, USD per row of the common lattice; index i is row `originRow + i`. All vectors have the same
 * length. Flows are sums since the moment before and lie where they happened.
 */
export interface ClusterRows {
  readonly originRow: LatticeRow;
  /** Standing exposure, P50. */
  readonly p50: Float64Array;
  /** Standard deviation of the estimate of a row, against its neighbors: what all rows have in common says nothing about shape. */
  readonly deviation: Float64Array;
  readonly opened: Float64Array;
  readonly swept: Float64Array;
  /** Modelled voluntary closes and falls of open interest. */
  readonly closed: Float64Array;
  /** Liquidations that venues reported, in the row of their price. */
  readonly printed: Float64Array;
  /** Detail of lattice rows from..to (exclusive). */
  readonly detail: (fromRow: LatticeRow, toRow: LatticeRow) => ClusterDetail;
}

/** Everything the clusters of one moment are made of. Prices are of the reference venue. */
export interface ClusterMoment {
  readonly time: UnixMs;
  /** Price by which positions are liquidated, now, and its extremes since the moment before. */
  readonly mark: Price;
  readonly markLow: Price;
  readonly markHigh: Price;
  /** Open interest of all instruments, in the unit of the rows. */
  readonly openInterest: Usd;
  /** Median notional of recent trades; 0 where unknown. */
  readonly medianTrade: Usd;
  /** By how much open interest fell since the moment before; 0 where it rose or is unknown. */
  readonly openInterestFall: Usd;
  /** Share of liquidations that the feeds report, 0..1; 1 for complete feeds. */
  readonly feedGain: Fraction;
  /** Detail younger than this is kept whatever its band; left out, it is asked for with every new band and every 10 s. */
  readonly detailKeptMs?: DurationMs;
  readonly long: ClusterRows;
  readonly short: ClusterRows;
}
