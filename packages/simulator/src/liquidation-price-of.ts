import { liquidationPriceInBrackets, type BracketTable, type PositionSide } from '@liquidation-heatmap/core';

/** Mark that closes a linear position of so many coins by force; NaN where no mark does. */
export function liquidationPriceOf(
  position: { readonly side: PositionSide; readonly entryPrice: number; readonly margin: number },
  units: number,
  table: BracketTable,
): number {
  const { side, entryPrice, margin } = position;
  const found = liquidationPriceInBrackets({ contract: 'linear', side, size: units, entryPrice, margin }, table);
  return found.kind === 'price' ? found.price : Number.NaN;
}
