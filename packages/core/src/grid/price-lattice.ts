import type { LatticeRow, Price } from '../model/units.js';

/** Ratio of a row's upper to its lower edge: one lattice for all symbols, venues and time. */
export const ROW_RATIO = 1.001;
/** Height of a row on the log-price axis. */
export const LOG_ROW = Math.log(ROW_RATIO);

/** Position of a price on the lattice in rows, fractional; row n covers [n, n + 1). */
export function latticePosition(price: number): number {
  return Math.log(price) / LOG_ROW;
}

/** Row that contains a price: `[1.001^n, 1.001^(n+1))`. */
export function rowOfPrice(price: number): LatticeRow {
  return Math.floor(latticePosition(price)) as LatticeRow;
}

/** Price at a (fractional) lattice position; the lower edge of a row for an integer. */
export function priceAtPosition(position: number): Price {
  return Math.exp(position * LOG_ROW) as Price;
}
