import { CELL_BYTES, WINDOW_ROWS } from '../model/heatmap-frame.js';

const COLUMN_CELLS = WINDOW_ROWS * CELL_BYTES;

/**
 * Cells of a tile plane by plane, each column as its difference from the one before (modulo 256): half of each side's plane is
 * empty and most cells stay as they were from one second to the next, and a checkpoint leaves runs of zeros out.
 */
export function planesOfCells(cells: Uint8Array): Uint8Array {
  const rows = cells.length / CELL_BYTES;
  const planes = new Uint8Array(cells.length);
  for (let plane = 0; plane < CELL_BYTES; plane++) {
    for (let row = 0; row < rows; row++) {
      const cell = row * CELL_BYTES + plane;
      const before = row < WINDOW_ROWS ? 0 : cells[cell - COLUMN_CELLS]!;
      planes[plane * rows + row] = cells[cell]! - before;
    }
  }
  return planes;
}

/** The cells back. */
export function cellsOfPlanes(planes: Uint8Array): Uint8Array {
  const rows = planes.length / CELL_BYTES;
  const cells = new Uint8Array(planes.length);
  for (let plane = 0; plane < CELL_BYTES; plane++) {
    for (let row = 0; row < rows; row++) {
      const cell = row * CELL_BYTES + plane;
      const before = row < WINDOW_ROWS ? 0 : cells[cell - COLUMN_CELLS]!;
      cells[cell] = planes[plane * rows + row]! + before;
    }
  }
  return cells;
}

/** Layers of a tile's columns, each as its difference from the same venue's in the column before (modulo 65,536). */
export function layerDifferences(columns: readonly (readonly Uint16Array[])[]): readonly (readonly Uint16Array[])[] {
  return columns.map((layers, column) =>
    layers.map((layer, venue) => {
      const before = columns[column - 1]?.[venue];
      return before === undefined ? layer : layer.map((code, i) => code - before[i]!);
    }),
  );
}

/** The layers back. */
export function layersOfDifferences(columns: readonly (readonly Uint16Array[])[]): (readonly Uint16Array[])[] {
  const restored: (readonly Uint16Array[])[] = [];
  for (const layers of columns) {
    const before = restored.at(-1);
    restored.push(
      before === undefined ? layers : layers.map((layer, venue) => layer.map((d, i) => d + before[venue]![i]!)),
    );
  }
  return restored;
}
