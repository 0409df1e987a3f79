import type { Share, UsdRange } from '../model/cluster.js';
import { malformed, parsed, type Parsed } from '../model/parsed.js';
import type { Price } from '../model/units.js';
import type { VenueId } from '../model/venue.js';
import { largePositionPieces, SPREAD_DISTANCE, type Piece } from './forced-orders.js';

/**
 * Share of a row's notional that belongs to positions large enough to be closed in pieces. Chosen, not measured: the largest
 * tenth of positions holds most of the notional, but not all of it lies above the venues' limits.
 */
export const LARGE_SHARE = 0.5;

/** What is expected to fire when the mark reaches a price: the middle of a row, or any price. */
export interface FuelRow {
  readonly price: Price;
  readonly expected: UsdRange;
}

/** Fuel ahead of the start in the order in which price reaches it, USD. */
export interface FuelColumns {
  readonly prices: Float64Array;
  readonly p10: Float64Array;
  readonly p50: Float64Array;
  readonly p90: Float64Array;
}

const QUANTILES = ['p10', 'p50', 'p90'] as const;

/** Orders rows by when price reaches them, leaves out those behind the start, and spreads what venues close in pieces. */
export function fuelAhead(
  rows: readonly FuelRow[],
  startPrice: Price,
  direction: -1 | 1,
  venueShares: readonly Share<VenueId>[],
): Parsed<FuelColumns> {
  for (const [index, row] of rows.entries()) {
    const rule = brokenRule(row);
    if (rule !== undefined) return malformed('malformed-fuel', `fuel[${index}]`, rule);
  }
  const ahead = rows
    .filter(({ price }) => (price - startPrice) * direction > 0)
    .sort((a, b) => (a.price - b.price) * direction);
  const pieces = mixedPieces(venueShares);
  // What large positions send beyond the last row lands in one more.
  const hasPieces = pieces.some(({ distance }) => distance > 0) && ahead.length > 0;
  const count = ahead.length + (hasPieces ? 1 : 0);
  const columns = emptyColumns(count);
  for (const [row, { price }] of ahead.entries()) columns.prices[row] = price;
  if (hasPieces) columns.prices[count - 1] = ahead.at(-1)!.price * (1 + direction * SPREAD_DISTANCE);
  for (const [row, { price, expected }] of ahead.entries()) {
    let target = row;
    for (const { distance, share } of pieces) {
      const aim = price * (1 + direction * distance);
      if (distance > 0) while (target < count - 1 && (columns.prices[target]! - aim) * direction < 0) target++;
      for (const quantile of QUANTILES) columns[quantile][target]! += expected[quantile] * share;
    }
  }
  return parsed(columns);
}

/** Pieces of all venues by share, nearest first; shares that are not named stay at the liquidation price. */
function mixedPieces(venueShares: readonly Share<VenueId>[]): readonly Piece[] {
  const byDistance = new Map<number, number>();
  let unspread = 1;
  for (const { part, share } of venueShares) {
    for (const piece of largePositionPieces(part)) {
      if (piece.distance === 0) continue;
      const moved = share * LARGE_SHARE * piece.share;
      unspread -= moved;
      byDistance.set(piece.distance, (byDistance.get(piece.distance) ?? 0) + moved);
    }
  }
  byDistance.set(0, unspread);
  return [...byDistance].sort(([a], [b]) => a - b).map(([distance, share]) => ({ distance, share }) as Piece);
}

function emptyColumns(count: number): FuelColumns {
  return {
    prices: new Float64Array(count),
    p10: new Float64Array(count),
    p50: new Float64Array(count),
    p90: new Float64Array(count),
  };
}

function brokenRule({ price, expected: { p10, p50, p90 } }: FuelRow): string | undefined {
  if (!(price > 0 && Number.isFinite(price))) return `A price must be above 0, was ${price}`;
  if (!(p10 >= 0 && p10 <= p50 && p50 <= p90 && Number.isFinite(p90))) {
    return `Expected notional must be 0 <= P10 <= P50 <= P90, was ${p10}, ${p50}, ${p90}`;
  }
  return undefined;
}
