import type { BracketTable } from '../model/margin-bracket.js';
import type { PositionSide } from '../model/market-event.js';
import type { Fraction } from '../model/units.js';
import type { VenueId } from '../model/venue.js';
import { bracketFor } from './brackets.js';
import { requireAtLeast, requirePositive } from './margin-input.js';
import { isolatedLiquidationPrice } from './venue-liquidation-price.js';

/** Whose distance is asked for: an isolated position opened at a leverage. */
export interface ExpectedDistanceQuery {
  readonly venue: VenueId;
  readonly leverage: number;
  /** The venue's table, or one bracket for every notional. */
  readonly maintenance: BracketTable | { readonly maintenanceRate: number; readonly deduction?: number };
  /** Value at entry: USD for linear contracts, coin for inverse ones. It selects the bracket. */
  readonly notional: number;
  /** Taker fee as a fraction; 0 when absent. Counts only where the venue counts it. */
  readonly takerFeeRate?: number;
}

/** Moves against a position that liquidate it, as fractions of its entry price. */
export interface ExpectedDistance {
  /** Undefined when no fall liquidates a long, or its margin does not meet the requirement at entry. */
  readonly long: Fraction | undefined;
  /** Undefined when no rise liquidates a short, or its margin does not meet the requirement at entry. */
  readonly short: Fraction | undefined;
  /** False when the table's highest leverage at this notional is lower, so that no such position can be opened. */
  readonly isOffered: boolean;
}

/**
 * How far price must move until an isolated position of a leverage is liquidated: 1 / leverage less what the maintenance
 * bracket takes, by the venue's rule (`venueMarginRule`). For linear contracts with the requirement at the liquidation price,
 *   long   (1 / leverage - rate - fee + deduction / notional) / (1 - rate - fee)
 *   short  (1 / leverage - rate - fee + deduction / notional) / (1 + rate + fee)
 * Throws a `MarginInputError` for a venue without a known rule.
 */
export function expectedLiquidationDistance(query: ExpectedDistanceQuery): ExpectedDistance {
  const { leverage, maintenance, notional } = query;
  requireAtLeast('Leverage', leverage, 1);
  requirePositive('Notional', notional);
  const highest = 'brackets' in maintenance ? bracketFor(maintenance, notional).maxLeverage : Number.POSITIVE_INFINITY;
  return {
    long: distanceOf(query, 'long'),
    short: distanceOf(query, 'short'),
    isOffered: leverage <= highest * (1 + 1e-9),
  };
}

/** At an entry price of 1 size and notional are the same number, for linear and for inverse contracts. */
function distanceOf(query: ExpectedDistanceQuery, side: PositionSide): Fraction | undefined {
  const { venue, leverage, maintenance, notional, takerFeeRate = 0 } = query;
  const found = isolatedLiquidationPrice({
    venue,
    side,
    size: notional,
    entryPrice: 1,
    leverage,
    maintenance,
    takerFeeRate,
  });
  if (found.kind !== 'price') return undefined;
  const distance = side === 'long' ? 1 - found.price : found.price - 1;
  return distance > 0 ? (distance as Fraction) : undefined;
}
