import type { BracketTable } from '../model/margin-bracket.js';
import type { PositionSide } from '../model/market-event.js';
import type { VenueId } from '../model/venue.js';
import { bracketFor } from './brackets.js';
import { entryValueLiquidationPrice } from './entry-value-price.js';
import { liquidationPrice, liquidationPriceInBrackets, type LiquidationPrice } from './liquidation-price.js';
import { MarginInputError, requireAtLeast, requireRate } from './margin-input.js';
import { isolatedMargin, notionalAt, sideSign } from './margin-position.js';
import { roundAgainstTrader } from './round-against-trader.js';
import { venueMarginRule } from './venue-margin-rule.js';

/** An isolated position as a trader describes it. Money is USD on linear and coin on inverse venues. */
export interface IsolatedPosition {
  readonly venue: VenueId;
  readonly side: PositionSide;
  /** Base coins on linear venues, USD on inverse ones. */
  readonly size: number;
  readonly entryPrice: number;
  readonly leverage: number;
  /** The venue's table, or one bracket for every notional. */
  readonly maintenance: BracketTable | { readonly maintenanceRate: number; readonly deduction?: number };
  /** Margin added by hand; 0 when absent. */
  readonly extraMargin?: number;
  /** Taker fee as a fraction; 0 when absent. Counts only where the venue counts it. */
  readonly takerFeeRate?: number;
  /** When given, the price is rounded to it against the trader, as the venue shows it. */
  readonly tickSize?: number;
}

/** Liquidation price of an isolated position by the venue's own rule, `venueMarginRule`. */
export function isolatedLiquidationPrice(position: IsolatedPosition): LiquidationPrice {
  requireAtLeast('Extra margin', position.extraMargin ?? 0, 0);
  requireRate('Taker fee rate', position.takerFeeRate ?? 0);
  const found = priceByRule(position);
  if (found.kind !== 'price') return found;
  const { price } = found;
  return {
    kind: 'price',
    price: position.tickSize === undefined ? price : roundAgainstTrader(price, position.side, position.tickSize),
  };
}

function priceByRule(position: IsolatedPosition): LiquidationPrice {
  const { venue, side, size, entryPrice, leverage, maintenance, extraMargin = 0, takerFeeRate = 0 } = position;
  const rule = venueMarginRule(venue);
  if (rule === undefined) throw new MarginInputError('Venue', 'one whose margin rule is known', venue);
  const { contract } = rule;
  const initial = isolatedMargin({ contract, size, entryPrice }, leverage);
  if (rule.requirementOn === 'entry-price') {
    const row =
      'brackets' in maintenance ? bracketFor(maintenance, notionalAt({ contract, size }, entryPrice)) : maintenance;
    return entryValueLiquidationPrice({
      ...position,
      contract,
      maintenanceRate: row.maintenanceRate,
      deduction: row.deduction ?? 0,
    });
  }
  const extra = rule.extraMargin === 'less-fee' ? extraMargin / (1 + sideSign(side) * takerFeeRate) : extraMargin;
  const general = { contract, side, size, entryPrice, margin: initial + extra };
  const closingFeeRate = rule.closingFee === 'taker' ? takerFeeRate : 0;
  return 'brackets' in maintenance
    ? liquidationPriceInBrackets(general, maintenance, closingFeeRate)
    : liquidationPrice(general, { ...maintenance, closingFeeRate });
}
