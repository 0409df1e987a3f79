import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addShifted } from './merge-venues.js';

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

test('moving rows loses nothing but what falls outside, and says how much', () => {
  const rows = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(
      rows,
      fc.double({ min: -60, max: 60, noNaN: true }),
      fc.integer({ min: -20, max: 20 }),
      (sizes, shift, origin) => {
        const source = Float64Array.from(sizes);
        const target = new Float64Array(50);
        const dropped = addShifted(source, 0, target, origin, shift);
        expect(sum(target) + dropped).toBeCloseTo(sum(source), 3);
      },
    ),
  );
});

test('a venue half a row above the reference is split between two rows', () => {
  const target = new Float64Array(4);
  addShifted(Float64Array.of(0, 8), 10, target, 10, 0.5);
  expect([...target]).toEqual([0, 4, 4, 0]);
});
