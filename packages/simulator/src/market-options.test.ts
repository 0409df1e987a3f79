import { expect, test } from 'vitest';
import { createMarket } from './create-market.js';
import { checkMarketOptions, type MarketOptions } from './market-options.js';

const GOOD: MarketOptions = { seed: 1, symbol: 'BTCUSDT', startTime: 1_700_000_000_000 };
const VENUE = { id: 'binance', share: 1, maxLeverage: 100, basisBps: 0 } as const;

test.each<[string, Partial<MarketOptions>]>([
  ['symbol', { symbol: 'FOOUSDT' }],
  ['startTime', { startTime: Number.NaN }],
  ['startPrice', { startPrice: 0 }],
  ['venues', { venues: [] }],
  ['venues[0].id', { venues: [{ ...VENUE, id: 'nowhere' as 'binance' }] }],
  ['venues[1].id', { venues: [VENUE, VENUE] }],
  ['venues[0].share', { venues: [{ ...VENUE, share: 0 }] }],
  ['venues[0].maxLeverage', { venues: [{ ...VENUE, maxLeverage: 500 }] }],
  ['venues[0].basisBps', { venues: [{ ...VENUE, basisBps: Infinity }] }],
  ['venues[0].brackets', { symbol: 'SOLUSDT', venues: [{ ...VENUE, brackets: 'hyperliquid' }] }],
  ['history.durationMs', { history: { durationMs: -1 } }],
  ['history.stepMs', { history: { durationMs: 3_600_000, stepMs: 7000 } }],
])('a bad %s is named with its rule', (field, bad) => {
  expect(checkMarketOptions({ ...GOOD, ...bad })?.field).toBe(field);
  expect(() => createMarket({ ...GOOD, ...bad })).toThrow(`${field}: `);
});

test('usable options have no fault', () => {
  expect(checkMarketOptions(GOOD)).toBeUndefined();
  expect(
    createMarket(GOOD)
      .truth()
      .venues.map(({ instrument }) => instrument),
  ).toEqual(['simulated:BTCUSDT']);
});
