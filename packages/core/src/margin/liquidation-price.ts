import type { BracketTable, MarginBracket } from '../model/margin-bracket.js';
import type { Price } from '../model/units.js';
import {
  checkPosition,
  checkRequirement,
  freeMargin,
  notionalAt,
  sideSign,
  type MarginPosition,
  type MarginRequirement,
} from './margin-position.js';

/** Why there is no price: `none`, the margin outlasts every price; `always`, it meets the requirement at no price. */
export type WithoutLiquidationPrice = { readonly kind: 'none' } | { readonly kind: 'always' };

/** A price, or the plain statement that there is none. */
export type LiquidationPrice = { readonly kind: 'price'; readonly price: Price } | WithoutLiquidationPrice;

/** A liquidation price with the bracket that was in force there. */
export type BracketedLiquidationPrice =
  { readonly kind: 'price'; readonly price: Price; readonly bracket: MarginBracket } | WithoutLiquidationPrice;

/** A notional this close to a row's edge, relatively, belongs to both rows: the requirement is continuous there. */
const EDGE_TOLERANCE = 1e-9;

/**
 * Mark price at which equity equals the maintenance requirement, for one bracket.
 *   linear   (free + deduction - s x size x entry) / (size x (rate + fee - s))
 *   inverse  size x (s + rate + fee) / (free + deduction + s x size / entry)
 * s is +1 for long and -1 for short; free = margin - maintenance of other positions + their profit. Funding is left out.
 * Linear: https://www.binance.com/en/support/faq/b3c689c1f50a44cabb3a84e663b81d93
 * Inverse: https://www.binance.com/en/support/faq/ceccfcfb4e3a45e3b48b0b1bb1a8ae46
 */
export function liquidationPrice(position: MarginPosition, requirement: MarginRequirement): LiquidationPrice {
  checkPosition(position);
  checkRequirement(requirement);
  return priceOrWithout(solve(position, requirement), position);
}

/**
 * Liquidation price under a table: rate and deduction are those of the bracket that contains the notional at the liquidation
 * price itself. Equity less requirement is monotone and continuous in the price when the table passes `checkBrackets`, so at
 * most one bracket agrees with its own answer. The last bracket goes on above its cap.
 */
export function liquidationPriceInBrackets(
  position: MarginPosition,
  table: BracketTable,
  closingFeeRate = 0,
): BracketedLiquidationPrice {
  checkPosition(position);
  const last = table.brackets.at(-1);
  for (const bracket of table.brackets) {
    const requirement = { maintenanceRate: bracket.maintenanceRate, deduction: bracket.deduction, closingFeeRate };
    checkRequirement(requirement);
    const price = solve(position, requirement);
    if (!(price > 0 && Number.isFinite(price))) continue;
    const notional = notionalAt(position, price);
    const isAbove = notional >= bracket.floor * (1 - EDGE_TOLERANCE);
    const isBelow = bracket === last || notional <= bracket.cap * (1 + EDGE_TOLERANCE);
    if (isAbove && isBelow) return { kind: 'price', price: price as Price, bracket };
  }
  return withoutPrice(position);
}

/** Wraps a solution of a margin equation: only a positive, finite number is a price. */
export function priceOrWithout(price: number, position: Pick<MarginPosition, 'contract' | 'side'>): LiquidationPrice {
  return price > 0 && Number.isFinite(price) ? { kind: 'price', price: price as Price } : withoutPrice(position);
}

/** A linear long cannot lose more than its notional, nor an inverse short more than its coins; the other two can only be short of margin everywhere. */
function withoutPrice({ contract, side }: Pick<MarginPosition, 'contract' | 'side'>): WithoutLiquidationPrice {
  const isBounded = contract === 'linear' ? side === 'long' : side === 'short';
  return { kind: isBounded ? 'none' : 'always' };
}

function solve(position: MarginPosition, requirement: MarginRequirement): number {
  const sign = sideSign(position.side);
  const rate = requirement.maintenanceRate + (requirement.closingFeeRate ?? 0);
  const cushion = freeMargin(position) + (requirement.deduction ?? 0);
  if (position.contract === 'linear') {
    return (cushion - sign * position.size * position.entryPrice) / (position.size * (rate - sign));
  }
  return (position.size * (sign + rate)) / (cushion + (sign * position.size) / position.entryPrice);
}
