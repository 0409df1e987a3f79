import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fraction, Usd } from '../model/units.js';
import { consumedShare, correctedPrints } from './consumed-share.js';

const share = (swept: number, printed: number, feedGain: number, openInterestFall: number, amount: number): number =>
  consumedShare(
    {
      swept: swept as Usd,
      printed: printed as Usd,
      feedGain: feedGain as Fraction,
      openInterestFall: openInterestFall as Usd,
    },
    amount as Usd,
  );

test('S53: the strongest of crossing, corrected prints and fall of open interest counts', () => {
  expect(share(30, 10, 1, 20, 100)).toBe(0.3);
  expect(share(30, 10, 0.25, 20, 100)).toBe(0.4);
  expect(share(30, 10, 0.25, 70, 100)).toBe(0.7);
  expect(share(300, 0, 1, 0, 100)).toBe(1);
});

test('of nothing, nothing was consumed', () => {
  expect(share(30, 10, 1, 20, 0)).toBe(0);
});

test('a feed that is known to report hardly anything, or more than everything, is not believed without end', () => {
  expect(correctedPrints(10 as Usd, 0 as Fraction)).toBe(200);
  expect(correctedPrints(10 as Usd, 3 as Fraction)).toBe(10);
});

test('more evidence of any kind never lowers the share, which stays between 0 and 1', () => {
  const amount = fc.double({ min: 0, max: 1e9, noNaN: true });
  const gain = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(amount, amount, gain, amount, amount, amount, (swept, printed, feedGain, fall, whole, more) => {
      const before = share(swept, printed, feedGain, fall, whole);
      expect(before >= 0 && before <= 1).toBe(true);
      expect(share(swept + more, printed, feedGain, fall, whole)).toBeGreaterThanOrEqual(before);
      expect(share(swept, printed + more, feedGain, fall, whole)).toBeGreaterThanOrEqual(before);
      expect(share(swept, printed, feedGain * 0.5, fall, whole)).toBeGreaterThanOrEqual(before);
      expect(share(swept, printed, feedGain, fall + more, whole)).toBeGreaterThanOrEqual(before);
    }),
  );
});
