import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromShortFloats, toShortFloats } from './short-floats.js';

test('a number comes back within 1/512 of itself, 0 as 0, and what came back stays', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e15, noNaN: true }), { maxLength: 50 }), (values) => {
      // Below the smallest normal number of a Float32 precision ends; no exposure is a billionth of a dollar.
      const numbers = Float32Array.from(values, (value) => (value < 1e-9 ? 0 : value));
      const back = fromShortFloats(toShortFloats(numbers));
      numbers.forEach((value, i) => {
        expect(Math.abs(back[i]! - value)).toBeLessThanOrEqual(value / 512);
      });
      expect(fromShortFloats(toShortFloats(back))).toEqual(back);
    }),
  );
});

test('order is kept, and a part of a larger buffer is read as that part', () => {
  const whole = Float32Array.of(9, 0, 1, 1.001, 1.01, 2, 1e6, 9);
  const back = fromShortFloats(toShortFloats(whole.subarray(1, 7)));
  expect([...back]).toEqual([...back].toSorted((a, b) => a - b));
  expect(back[0]).toBe(0);
  expect(back[1]).toBe(1);
  expect(back.length).toBe(6);
});
