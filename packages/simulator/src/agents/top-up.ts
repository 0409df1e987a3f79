import type { BracketTable } from '@liquidation-heatmap/core';
import { liquidationPriceOf } from '../liquidation-price-of.js';
import type { NewPosition } from '../positions.js';
import type { TopUps } from '../worlds/world.js';

/** Mark at which an owner is called to add margin: `reach` of the way from entry to liquidation price; NaN where there is none. */
export function callPriceOf(entryPrice: number, liquidationPrice: number, reach: number): number {
  return entryPrice + (liquidationPrice - entryPrice) * reach;
}

/** A position after its owner has added margin once: liquidation price and next call lie further from the entry. */
export function toppedUp(position: NewPosition, topUps: TopUps, units: number, table: BracketTable): NewPosition {
  const initial = (units * position.entryPrice) / position.leverage;
  const margin = position.margin + topUps.amount * initial;
  const liquidationPrice = liquidationPriceOf({ ...position, margin }, units, table);
  const callPrice = callPriceOf(position.entryPrice, liquidationPrice, topUps.reach);
  return { ...position, margin, liquidationPrice, callPrice };
}
