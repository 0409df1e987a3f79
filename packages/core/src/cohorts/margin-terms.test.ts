import { expect, test } from 'vitest';
import { bracketsOn } from '../margin/bracket-tables.js';
import { STRIPS } from './distance-classes.js';
import { COMMON_LEVERAGES, smoothPrior } from './distance-prior.js';
import { allowedPrior, distanceOf, offeredLeverages, publishedTerms, termsOf, UNKNOWN_TERMS } from './margin-terms.js';

const tableOf = (venue: 'binance' | 'hyperliquid', ownSymbol: string) =>
  bracketsOn(venue, ownSymbol, '2026-11-01')!.table;
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
const BINANCE = termsOf(tableOf('binance', 'BTCUSDT'), 'linear');
const HYPERLIQUID = termsOf(tableOf('hyperliquid', 'BTC'), 'linear');

test('an ordinary position of 100,000 USD has the requirement its bracket asks', () => {
  // .5 % of 100,000 less 50; and half of the initial margin at 40x.
  expect(BINANCE).toEqual({
    maintenanceRate: expect.closeTo(0.0045, 12) as number,
    maxLeverage: 125,
    asOf: '2024-10-24',
  });
  expect(HYPERLIQUID).toEqual({ maintenanceRate: 0.0125, maxLeverage: 40, asOf: '2026-09-27' });
});

test('brackets of inverse contracts are in coins: the lowest one stands for all', () => {
  expect(termsOf(tableOf('binance', 'BTCUSDT'), 'inverse').maintenanceRate).toBe(0.004);
});

test('distances follow from the brackets of the venue', () => {
  expect(distanceOf(20, HYPERLIQUID)).toBeCloseTo((0.05 - 0.0125) / 0.9875, 12);
  expect(distanceOf(20, BINANCE)).toBeCloseTo((0.05 - 0.0045) / 0.9955, 12);
});

test('only leverages that a venue offers are gathered at, and its highest', () => {
  expect(offeredLeverages(COMMON_LEVERAGES, HYPERLIQUID)).toEqual([3, 5, 10, 20, 25, 40]);
  expect(offeredLeverages(COMMON_LEVERAGES, UNKNOWN_TERMS)).toEqual(COMMON_LEVERAGES);
  expect(offeredLeverages([], HYPERLIQUID)).toEqual([]);
});

test('what lies nearer than the highest leverage allows moves to where that leverage lies, and none is lost', () => {
  const smooth = smoothPrior();
  const allowed = allowedPrior(smooth, HYPERLIQUID);
  const least = distanceOf(40, HYPERLIQUID);
  expect(sum(allowed)).toBeCloseTo(sum(smooth), 12);
  STRIPS.forEach(({ from, to }, strip) => {
    if (to <= least) expect(allowed[strip]!).toBeCloseTo(smooth[strip]! / 10, 12);
    if (from > 0.013) expect(allowed[strip]!).toBe(smooth[strip]!);
  });
  expect([...allowedPrior(smooth, UNKNOWN_TERMS)]).toEqual([...smooth]);
});

test('a contract whose table ships with core has its terms from the start, any other the usual ones', () => {
  const spec = {
    id: 'hyperliquid:BTC',
    venue: 'hyperliquid',
    ownSymbol: 'BTC',
    symbol: 'BTCUSDT',
    kind: 'linear',
  } as never;
  expect(publishedTerms(spec, Date.UTC(2026, 10, 1))).toEqual(HYPERLIQUID);
  expect(publishedTerms({ ...(spec as object), ownSymbol: 'NONE' } as never, Date.UTC(2026, 10, 1))).toBe(
    UNKNOWN_TERMS,
  );
});
