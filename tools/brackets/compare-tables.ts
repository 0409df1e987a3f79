import type { BracketTable, MarginBracket } from '@liquidation-heatmap/core';

/** Numbers come as decimals and through products of decimals: equal means equal to this relative error. */
const TOLERANCE = 1e-9;

/** What is compared of a row; rows are matched by their floors. */
export const COMPARED_FIELDS = ['cap', 'maxLeverage', 'maintenanceRate', 'deduction'] as const;

/** A compared field of a row. */
export type ComparedField = (typeof COMPARED_FIELDS)[number];

/** A row that is not the same in both tables. Money is USD, of inverse contracts coin. */
export type RowDifference =
  | {
      readonly kind: 'changed';
      readonly shipped: MarginBracket;
      readonly published: MarginBracket;
      /** At least one. */
      readonly fields: readonly ComparedField[];
    }
  /** Published, but not in the table that ships. */
  | { readonly kind: 'new'; readonly published: MarginBracket }
  /** In the table that ships, but no longer published. */
  | { readonly kind: 'gone'; readonly shipped: MarginBracket };

/** Rows that differ, by rising floor; empty where the tables say the same. */
export function compareTables(shipped: BracketTable, published: BracketTable): readonly RowDifference[] {
  const atFloor = ({ brackets }: BracketTable, floor: number) => brackets.find((row) => isSame(row.floor, floor));
  const differences = published.brackets.flatMap((row): RowDifference[] => {
    const before = atFloor(shipped, row.floor);
    if (before === undefined) return [{ kind: 'new', published: row }];
    const fields = COMPARED_FIELDS.filter((field) => !isSame(before[field], row[field]));
    return fields.length === 0 ? [] : [{ kind: 'changed', shipped: before, published: row, fields }];
  });
  const gone = shipped.brackets.filter(({ floor }) => atFloor(published, floor) === undefined);
  const all = [...differences, ...gone.map((row): RowDifference => ({ kind: 'gone', shipped: row }))];
  return all.sort((a, b) => floorOf(a) - floorOf(b));
}

/** Where the row begins. */
export function floorOf(difference: RowDifference): number {
  return (difference.kind === 'gone' ? difference.shipped : difference.published).floor;
}

function isSame(a: number, b: number): boolean {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return a === b;
  return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}
