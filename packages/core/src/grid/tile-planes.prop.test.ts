import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellsOfPlanes, planesOfCells } from './tile-planes.js';

test('planes hold each byte of a cell together, and give the cells back', () => {
  expect([...planesOfCells(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8))]).toEqual([1, 5, 2, 6, 3, 7, 4, 8]);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const cells = bytes.slice(0, bytes.length - (bytes.length % 4));
      expect(cellsOfPlanes(planesOfCells(cells))).toEqual(cells);
    }),
  );
});
