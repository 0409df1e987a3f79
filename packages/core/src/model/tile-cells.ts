import { CELL_BYTES, WINDOW_ROWS, type Column, type Tile } from './heatmap-frame.js';

/** Writes the four planes of a column into a tile's cells as its column `index`, row by row as a texture takes them. */
export function writeColumnCells(
  cells: Uint8Array,
  index: number,
  column: Pick<Column, 'long' | 'short' | 'spread' | 'age'>,
): void {
  const start = index * WINDOW_ROWS * CELL_BYTES;
  for (let row = 0; row < WINDOW_ROWS; row++) {
    const at = start + row * CELL_BYTES;
    cells[at] = column.long[row]!;
    cells[at + 1] = column.short[row]!;
    cells[at + 2] = column.spread[row]!;
    cells[at + 3] = column.age[row]!;
  }
}

/** One column of a tile as separate planes (copies). */
export function columnOfTile(tile: Tile, index: number): Column {
  const planes = [0, 1, 2, 3].map(() => new Uint8Array(WINDOW_ROWS));
  const start = index * WINDOW_ROWS * CELL_BYTES;
  for (let row = 0; row < WINDOW_ROWS; row++) {
    for (let plane = 0; plane < CELL_BYTES; plane++) {
      planes[plane]![row] = tile.cells[start + row * CELL_BYTES + plane]!;
    }
  }
  return {
    head: tile.heads[index]!,
    originRow: tile.originRow,
    floor: tile.floor,
    step: tile.step,
    long: planes[0]!,
    short: planes[1]!,
    spread: planes[2]!,
    age: planes[3]!,
  };
}
