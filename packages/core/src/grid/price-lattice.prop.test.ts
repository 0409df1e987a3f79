import fc from 'fast-check';
import { expect, test } from 'vitest';
import { latticePosition, LOG_ROW, priceAtPosition, ROW_RATIO, rowOfPrice } from './price-lattice.js';

const price = fc.double({ min: Math.log(1e-9), max: Math.log(1e9), noNaN: true }).map(Math.exp);

test('a price lies between the edges of its row, and the edges are 0.1 % apart', () => {
  fc.assert(
    fc.property(price, (value) => {
      const row = rowOfPrice(value);
      const rounding = 1 + 1e-12;
      expect(priceAtPosition(row)).toBeLessThanOrEqual(value * rounding);
      expect(priceAtPosition(row + 1) * rounding).toBeGreaterThan(value);
      expect(priceAtPosition(row + 1) / priceAtPosition(row)).toBeCloseTo(ROW_RATIO, 12);
    }),
  );
});

test('position and price are each other inverse', () => {
  fc.assert(
    fc.property(price, (value) => {
      expect(Math.abs(priceAtPosition(latticePosition(value)) / value - 1)).toBeLessThan(1e-12);
    }),
  );
});

test('a higher price is never in a lower row', () => {
  fc.assert(
    fc.property(price, price, (a, b) => {
      expect(rowOfPrice(Math.max(a, b))).toBeGreaterThanOrEqual(rowOfPrice(Math.min(a, b)));
    }),
  );
});

test('row 0 begins at a price of 1, whatever the symbol', () => {
  expect(priceAtPosition(0)).toBe(1);
  expect(rowOfPrice(1.000_5)).toBe(0);
  expect(rowOfPrice(0.999_5)).toBe(-1);
  expect(latticePosition(1.001)).toBeCloseTo(1, 12);
  expect(LOG_ROW).toBeCloseTo(0.000_999_500_333, 12);
});
