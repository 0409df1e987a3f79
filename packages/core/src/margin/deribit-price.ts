import { priceOrWithout, type LiquidationPrice } from './liquidation-price.js';
import { checkPosition, freeMargin, notionalAt, sideSign, type MarginPosition } from './margin-position.js';
import { requireAtLeast, requireRate } from './margin-input.js';

/** A maintenance rate that grows with the position: base + slope x coins. */
export interface SizedRate {
  readonly base: number;
  /** Per coin of position value. */
  readonly slope: number;
}

/**
 * Price at which an inverse cross position's requirement (base + slope x coins) x coins meets equity, coins = size / price.
 * With n = size / price and n0 = size / entry this is slope n^2 + (base + s) n = free + s n0, s = +1 long, -1 short.
 * A long has one positive solution; of a short's two the smaller is reached first by a rising price. A short's larger one, at a
 * price far below the entry where its value in coins has grown by thousands, is left out.
 */
export function sizedRateLiquidationPrice(
  position: Omit<MarginPosition, 'contract'>,
  { base, slope }: SizedRate,
): LiquidationPrice {
  const inverse = { ...position, contract: 'inverse' } as const;
  checkPosition(inverse);
  requireRate('Base rate', base);
  requireAtLeast('Slope', slope, 0);
  const sign = sideSign(position.side);
  const linear = base + sign;
  const constant = -(freeMargin(inverse) + sign * notionalAt(inverse, position.entryPrice));
  const discriminant = linear * linear - 4 * slope * constant;
  if (discriminant < 0) return { kind: 'always' };
  // Written so that no two nearly equal numbers are subtracted.
  const coins = (-2 * constant) / (linear + Math.sign(linear) * Math.sqrt(discriminant));
  return priceOrWithout(position.size / coins, inverse);
}
