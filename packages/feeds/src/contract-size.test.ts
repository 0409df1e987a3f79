import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contractSizeOf } from './contract-size.js';

test('a size is the double nearest to the decimal product, for the multipliers venues use', () => {
  const quantity = fc.integer({ min: 0, max: 1e9 });
  fc.assert(
    fc.property(quantity, fc.integer({ min: 0, max: 4 }), fc.integer({ min: -4, max: 2 }), (units, decimals, power) => {
      const product = Number(`${String(units)}e${String(power - decimals)}`);
      const size = contractSizeOf(units / 10 ** decimals, power < 0 ? 1 / 10 ** -power : 10 ** power);
      expect(size).toBe(product);
    }),
  );
});

test('an unknown multiplier makes no number', () => {
  expect(contractSizeOf(3, Number.NaN)).toBeNaN();
});
