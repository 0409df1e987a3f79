import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fastLog } from './fast-log.js';

test('the fast logarithm is within 0.00025 of the true one over all sizes of money', () => {
  fc.assert(
    fc.property(fc.double({ min: -30, max: 60, noNaN: true }), (exponent) => {
      const value = Math.exp(exponent);
      expect(Math.abs(fastLog(value) - exponent)).toBeLessThan(2.5e-4);
    }),
    { numRuns: 2_000 },
  );
});
