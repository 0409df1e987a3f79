import { expect, test } from 'vitest';
import { settleTurnover } from './turnover.js';

test('opens are the change of open interest plus closes plus what was swept', () => {
  expect(settleTurnover({ openInterestChange: 10, closes: 5, swept: 2, volume: 1_000 })).toEqual({
    opens: 17,
    exitShare: 1,
  });
});

test('open interest that fell by more than closes and sweeps opens nothing', () => {
  expect(settleTurnover({ openInterestChange: -50, closes: 5, swept: 2, volume: 1_000 })).toEqual({
    opens: 0,
    exitShare: 1,
  });
});

test('opens beyond 60 % of volume shrink the closes, never the change of open interest', () => {
  const { opens, exitShare } = settleTurnover({ openInterestChange: 10, closes: 100, swept: 0, volume: 50 });
  expect(opens).toBeCloseTo(30);
  expect(exitShare).toBeCloseTo(0.2);
  expect(settleTurnover({ openInterestChange: 90, closes: 100, swept: 0, volume: 50 })).toEqual({
    opens: 90,
    exitShare: 0,
  });
});

test('without volume nothing is capped', () => {
  expect(settleTurnover({ openInterestChange: 10, closes: 100, swept: 0, volume: undefined }).opens).toBe(110);
});

test('without open interest 15 % of volume opens', () => {
  expect(settleTurnover({ openInterestChange: undefined, closes: 3, swept: 1, volume: 200 })).toEqual({
    opens: 30,
    exitShare: 1,
  });
});
