import { CELL_BYTES } from '../model/heatmap-frame.js';

/** Cells of a tile plane by plane: half of each side's plane is empty, which a checkpoint leaves out. */
export function planesOfCells(cells: Uint8Array): Uint8Array {
  const rows = cells.length / CELL_BYTES;
  const planes = new Uint8Array(cells.length);
  for (let plane = 0; plane < CELL_BYTES; plane++) {
    for (let row = 0; row < rows; row++) planes[plane * rows + row] = cells[row * CELL_BYTES + plane]!;
  }
  return planes;
}

/** The cells back. */
export function cellsOfPlanes(planes: Uint8Array): Uint8Array {
  const rows = planes.length / CELL_BYTES;
  const cells = new Uint8Array(planes.length);
  for (let plane = 0; plane < CELL_BYTES; plane++) {
    for (let row = 0; row < rows; row++) cells[row * CELL_BYTES + plane] = planes[plane * rows + row]!;
  }
  return cells;
}
