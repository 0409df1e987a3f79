import type { Cluster } from '../model/cluster.js';
import type { PositionSide } from '../model/market-event.js';
import { rowOfPrice } from '../grid/price-lattice.js';
import { upperBound } from '../numeric/binary-search.js';

/** Standing exposure per row of the window, USD, for both sides: `long.p50` and `short.p50` of the present. */
export interface RowExposure {
  readonly long: ArrayLike<number>;
  readonly short: ArrayLike<number>;
}

/** Densities of one exposure, sorted once for many questions. */
export interface DensityRanks {
  readonly long: Float64Array;
  readonly short: Float64Array;
}

/**
 * How far the price is from the nearest edge of a cluster, as a fraction of the price; 0 inside the band. Undefined when the
 * price has already passed it: nothing there waits any more.
 */
export function distanceTo(cluster: Pick<Cluster, 'side' | 'low' | 'high'>, price: number): number | undefined {
  if (!(price > 0)) return undefined;
  if (cluster.side === 'long') return price < cluster.low ? undefined : Math.max(0, (price - cluster.high) / price);
  return price > cluster.high ? undefined : Math.max(0, (cluster.low - price) / price);
}

/** Clusters of one side that the price has not passed, nearest first; equals in the order of their ids. */
export function nearestFirst(clusters: readonly Cluster[], side: PositionSide, price: number): readonly Cluster[] {
  return clusters
    .flatMap((cluster) => {
      const distance = cluster.side === side ? distanceTo(cluster, price) : undefined;
      return distance === undefined ? [] : [{ cluster, distance }];
    })
    .sort((a, b) => a.distance - b.distance || compareText(a.cluster.id, b.cluster.id))
    .map(({ cluster }) => cluster);
}

/** Sorts the rows of each side that hold anything; empty rows would make every cluster look dense. */
export function rankRows(rows: RowExposure): DensityRanks {
  return { long: filled(rows.long), short: filled(rows.short) };
}

function filled(exposure: ArrayLike<number>): Float64Array {
  return Float64Array.from(exposure)
    .filter((value) => value > 0)
    .sort();
}

/**
 * Rank of a cluster's mean density (exposure per row of its band) among the filled rows of its side, 0..1: the share of rows
 * that are not denser. Undefined without rows.
 */
export function densityPercentile(
  cluster: Pick<Cluster, 'side' | 'low' | 'high'>,
  energy: number,
  ranks: DensityRanks | undefined,
): number | undefined {
  const rows = ranks?.[cluster.side];
  if (rows === undefined || rows.length === 0 || !Number.isFinite(energy)) return undefined;
  return upperBound(rows, energy / rowsOf(cluster)) / rows.length;
}

/** Whole rows a band covers; edges are row edges, so half a row is taken off each before asking. */
function rowsOf({ low, high }: Pick<Cluster, 'low' | 'high'>): number {
  const HALF_ROW = 1.0005;
  return Math.max(1, rowOfPrice(high / HALF_ROW) - rowOfPrice(low * HALF_ROW) + 1);
}

/** Order of texts by code units, the same in every locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
