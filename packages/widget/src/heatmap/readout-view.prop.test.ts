import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeReadout } from './readout-view.js';

test('the readout never leaves the stage while it fits into it, and never covers the crosshair', () => {
  const stage = fc.record({ width: fc.integer({ min: 280, max: 3840 }), height: fc.integer({ min: 160, max: 2160 }) });
  const box = fc.record({ width: fc.integer({ min: 40, max: 120 }), height: fc.integer({ min: 20, max: 60 }) });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(stage, box, share, share, (size, { width, height }, shareX, shareY) => {
      const cursor = { x: shareX * size.width, y: shareY * size.height };
      const { x, y } = placeReadout(cursor, { width, height }, size);
      expect(x).toBeGreaterThanOrEqual(8);
      expect(y).toBeGreaterThanOrEqual(8);
      expect(x + width).toBeLessThanOrEqual(size.width - 8);
      expect(y + height).toBeLessThanOrEqual(size.height - 8);
      // Beside the crosshair: pushed in from an edge it still keeps 10 of its 14 px.
      const distance = Math.max(x - cursor.x, cursor.x - (x + width));
      expect(distance).toBeGreaterThanOrEqual(10 - 1e-9);
    }),
  );
});
