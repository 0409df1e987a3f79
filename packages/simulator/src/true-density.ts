import { upperBound, type VenueId } from '@liquidation-heatmap/core';
import type { MarketTruth } from './truth.js';

/** Which truth, in which bins. */
export interface DensityQuery {
  /** Ascending prices; bin i is [edges[i], edges[i + 1]). */
  readonly edges: Float64Array;
  /** `usd` values a contract at its own liquidation price. */
  readonly unit: 'contract' | 'usd';
  /** Default: all venues. */
  readonly venue?: VenueId;
}

/**
 * Size per bin that would be closed by force there, per position side; `edges.length - 1` values each. A position that the
 * venue would close in pieces counts with each piece where that piece would go; one that no mark closes counts nowhere.
 */
export function trueDensity(truth: MarketTruth, query: DensityQuery): { long: Float64Array; short: Float64Array } {
  const { edges, unit, venue } = query;
  const bins = Math.max(0, edges.length - 1);
  const density = { long: new Float64Array(bins), short: new Float64Array(bins) };
  for (const { venue: own, positions } of truth.venues) {
    if (venue !== undefined && own !== venue) continue;
    for (const { side, size, liquidationPrice, pieces } of positions) {
      if (liquidationPrice === undefined) continue;
      for (const piece of pieces ?? [{ size, price: liquidationPrice }]) {
        const bin = upperBound(edges, piece.price) - 1;
        if (bin < 0 || bin >= bins) continue;
        density[side][bin]! += unit === 'usd' ? piece.size * piece.price : piece.size;
      }
    }
  }
  return density;
}
