import { priceAtPosition, rowOfPrice, type ContractSize, type LatticeRow, type Price } from '@liquidation-heatmap/core';
import { sizeOf, type BothSides, type ObservedRow, type ObservedSnapshot } from './observed-snapshot.js';

/** What is observed to be liquidated in one row of core's price lattice, long and short apart, in the contract's own unit. */
export interface ObservedPriceRow extends BothSides<ContractSize> {
  readonly row: LatticeRow;
  /** Lower edge. */
  readonly low: Price;
  /** Upper edge, not included. */
  readonly high: Price;
}

/** Observed size by liquidation price: the rows and what has no such price add up to the snapshot's size. */
export interface ObservedPriceRows {
  /** Rows that hold something, lowest price first. */
  readonly rows: readonly ObservedPriceRow[];
  /** Positions that no price would liquidate, as the venue says. */
  readonly withoutPrice: BothSides<ContractSize>;
}

/** Puts observed positions on the price lattice that every picture is drawn on; a layer of its own, never added to an estimate. */
export function observedRows({ rows }: Pick<ObservedSnapshot, 'rows'>): ObservedPriceRows {
  const byRow = new Map<LatticeRow, ObservedRow[]>();
  const unpriced: ObservedRow[] = [];
  for (const position of rows) {
    const { liquidationPrice } = position;
    if (liquidationPrice === undefined) {
      unpriced.push(position);
      continue;
    }
    const row = rowOfPrice(liquidationPrice);
    const held = byRow.get(row);
    if (held === undefined) byRow.set(row, [position]);
    else held.push(position);
  }
  const priced = [...byRow].sort(([a], [b]) => a - b);
  return {
    rows: priced.map(([row, held]) => ({
      row,
      low: priceAtPosition(row),
      high: priceAtPosition(row + 1),
      ...sizeOf(held),
    })),
    withoutPrice: sizeOf(unpriced),
  };
}
