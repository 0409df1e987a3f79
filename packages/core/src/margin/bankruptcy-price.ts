import { liquidationPrice, type LiquidationPrice } from './liquidation-price.js';
import type { MarginPosition } from './margin-position.js';

/**
 * Price at which a position's margin is used up: the liquidation price without requirement, fee and deduction.
 * Inverse isolated: long entry x L / (L + 1), short entry x L / (L - 1), so a short at 1x has none.
 * https://help.mycoinstory.com
 */
export function bankruptcyPrice(position: MarginPosition): LiquidationPrice {
  return liquidationPrice(position, { maintenanceRate: 0 });
}
