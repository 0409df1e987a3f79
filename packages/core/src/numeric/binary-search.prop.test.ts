import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lowerBound, upperBound } from './binary-search.js';

const ascending = fc.array(fc.integer({ min: -20, max: 20 })).map((values) => Float64Array.from(values).sort());

test('everything before the lower bound is below the value and nothing after it is', () => {
  fc.assert(
    fc.property(ascending, fc.integer({ min: -21, max: 21 }), (values, value) => {
      const at = lowerBound(values, value);
      expect([...values].map((other) => other < value)).toEqual([...values].map((_, i) => i < at));
    }),
  );
});

test('everything before the upper bound is at most the value and nothing after it is', () => {
  fc.assert(
    fc.property(ascending, fc.integer({ min: -21, max: 21 }), (values, value) => {
      const at = upperBound(values, value);
      expect([...values].map((other) => other <= value)).toEqual([...values].map((_, i) => i < at));
    }),
  );
});
