import type { BracketTable } from '../model/margin-bracket.js';

/** A table with USD levels as the coin table of an inverse contract, valid for positions entered at that price. */
export function usdLevelsInCoin(table: BracketTable, entryPrice: number): BracketTable {
  const brackets = table.brackets.map((row) => ({
    ...row,
    floor: row.floor / entryPrice,
    cap: row.cap / entryPrice,
    deduction: row.deduction / entryPrice,
  }));
  return { ...table, brackets };
}
