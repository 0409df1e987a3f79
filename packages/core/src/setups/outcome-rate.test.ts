import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rateOf, wilsonInterval } from './outcome-rate.js';

// Table I, method 3 of R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872.
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('the interval of %i in %i agrees with the published one', (hits, n, low, high) => {
  const [low95, high95] = wilsonInterval(hits, n);
  expect(low95).toBeCloseTo(low, 4);
  expect(high95).toBeCloseTo(high, 4);
});

test('an interval holds its share and lies within 0 and 1', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
      const hits = Math.round(share * n);
      const [low, high] = wilsonInterval(hits, n);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(hits / n);
      expect(high).toBeGreaterThanOrEqual(hits / n);
    }),
  );
});

test('S34: below 30 known outcomes there is an interval but no rate, and unknown outcomes do not count', () => {
  const outcomes = [...Array<boolean>(20).fill(true), ...Array<boolean>(9).fill(false), ...Array(5).fill(undefined)];
  const rate = rateOf(outcomes as readonly (boolean | undefined)[], (outcome) => outcome, 'recorded');
  expect(rate).toMatchObject({ n: 29, rate: undefined, source: 'recorded' });
  expect(rate.low95).toBeGreaterThan(0.4);
  expect(
    rateOf([...outcomes, true] as readonly (boolean | undefined)[], (outcome) => outcome, 'archive'),
  ).toMatchObject({
    n: 30,
    rate: 0.7,
    source: 'archive',
  });
});

test('without an outcome anything is possible', () => {
  expect(rateOf([], () => true, 'recorded')).toEqual({
    n: 0,
    rate: undefined,
    low95: 0,
    high95: 1,
    source: 'recorded',
  });
});

test('more hits than cases are a mistake of the caller', () => {
  expect(() => wilsonInterval(3, 2)).toThrow('between 0 and the number of cases, were 3 of 2');
});
