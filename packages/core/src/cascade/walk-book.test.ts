import { expect, test } from 'vitest';
import type { ContractSize, Price } from '../model/units.js';
import { slippageOf, walkBook } from './walk-book.js';

const asks = { ticks: Float64Array.of(1_000, 1_010, 1_050), sizes: Float64Array.of(2, 3, 5) };
const linear = { tickSize: 0.1, contract: 'linear' as const };
const inverse = { tickSize: 0.1, contract: 'inverse' as const };

test('a market order fills from the best level on and stops inside the level that has enough', () => {
  const walk = walkBook(asks, 4 as ContractSize, linear);
  expect(walk.fills).toEqual([
    { price: 100, size: 2, notional: 200 },
    { price: 101, size: 2, notional: 202 },
  ]);
  expect(walk).toMatchObject({ levelsEaten: 2, filled: 4, unfilled: 0, averagePrice: 100.5, endPrice: 101 });
});

test('what the book cannot fill is told, not traded at a made-up price', () => {
  const walk = walkBook(asks, 12 as ContractSize, linear);
  expect(walk).toMatchObject({ levelsEaten: 3, filled: 10, unfilled: 2, endPrice: 105 });
});

test('nothing sent moves nothing', () => {
  expect(walkBook(asks, 0 as ContractSize, linear)).toMatchObject({
    fills: [],
    averagePrice: undefined,
    endPrice: undefined,
    unfilled: 0,
  });
});

test('inverse fills average by coins: $2 at 100 and $3 at 101', () => {
  const walk = walkBook(asks, 5 as ContractSize, inverse);
  expect(walk.averagePrice).toBeCloseTo(5 / (2 / 100 + 3 / 101), 12);
  expect(walk.fills[1]?.notional).toBe(3);
});

test('slippage of an inverse order is its missing coins at the reference price', () => {
  const { cost, share } = slippageOf('inverse', 1_000, 99 as Price, 100 as Price);
  expect(cost).toBeCloseTo(Math.abs(1_000 / 99 - 1_000 / 100) * 100, 9);
  expect(share).toBeCloseTo(0.01, 12);
});

test('a size below 0 is a mistake of the caller', () => {
  expect(() => walkBook(asks, -1 as ContractSize, linear)).toThrow('Size must be at least 0, was -1');
});
