import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CELL_BYTES, WINDOW_ROWS } from '../model/heatmap-frame.js';
import { cellsOfPlanes, layerDifferences, layersOfDifferences, planesOfCells } from './tile-planes.js';

const COLUMN = WINDOW_ROWS * CELL_BYTES;

test('planes hold each byte of a cell together, and give the cells back', () => {
  expect([...planesOfCells(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8))]).toEqual([1, 5, 2, 6, 3, 7, 4, 8]);
  const column = fc.uint8Array({ minLength: COLUMN, maxLength: COLUMN });
  fc.assert(
    fc.property(fc.array(column, { maxLength: 3 }), (columns) => {
      const cells = Uint8Array.from(columns.flatMap((bytes) => [...bytes]));
      expect(cellsOfPlanes(planesOfCells(cells))).toEqual(cells);
    }),
    { numRuns: 20 },
  );
});

test('a column that is as the one before leaves nothing but zeros', () => {
  const cells = new Uint8Array(3 * COLUMN);
  for (let i = 0; i < cells.length; i++) cells[i] = 1 + ((i % COLUMN) % 250);
  const used = planesOfCells(cells).reduce((count, byte) => count + (byte === 0 ? 0 : 1), 0);
  expect(used).toBe(COLUMN);
});

test('layers come back from their differences, column by column and venue by venue', () => {
  const layer = fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 4, maxLength: 4 });
  const columns = fc.array(fc.tuple(layer, layer), { maxLength: 5 });
  fc.assert(
    fc.property(columns, (codes) => {
      const layers = codes.map((venues) => venues.map((venue) => Uint16Array.from(venue)));
      expect(layersOfDifferences(layerDifferences(layers))).toEqual(layers);
    }),
  );
  const same = [Uint16Array.of(7, 9)];
  expect(layerDifferences([same, same])).toEqual([same, [Uint16Array.of(0, 0)]]);
});
