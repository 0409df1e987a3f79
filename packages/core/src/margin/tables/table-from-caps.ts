import type { BracketTable, MarginBracket } from '../../model/margin-bracket.js';
import type { Fraction } from '../../model/units.js';

/** One row as tables are written down: cap, maintenance rate, highest leverage, deduction. */
export type CapRow = readonly [cap: number, maintenanceRate: number, maxLeverage: number, deduction: number];

/** A table from its rows in ascending order; each floor is the cap before, so that holes cannot be written down. */
export function tableFromCaps(about: Omit<BracketTable, 'brackets'>, rows: readonly CapRow[]): BracketTable {
  const brackets = rows.map(([cap, rate, maxLeverage, deduction], index): MarginBracket => ({
    floor: rows[index - 1]?.[0] ?? 0,
    cap,
    maintenanceRate: rate as Fraction,
    maxLeverage,
    deduction,
  }));
  return { ...about, brackets };
}
