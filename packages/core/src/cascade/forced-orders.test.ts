import { describe, expect, test } from 'vitest';
import type { BracketTable } from '../model/margin-bracket.js';
import type { Fraction, Price, Usd } from '../model/units.js';
import { VENUE_IDS } from '../model/venue.js';
import { forcedOrders, largePositionPieces, SPREAD_DISTANCE, type LiquidatedPosition } from './forced-orders.js';
import { liquidationRule } from './liquidation-rules.js';

const rate = (value: number): Fraction => value as Fraction;
function position(venue: LiquidatedPosition['venue'], notional: number, more: Partial<LiquidatedPosition> = {}) {
  return { venue, side: 'long' as const, notional: notional as Usd, liquidationPrice: 50_000 as Price, ...more };
}
function bracket(floor: number, cap: number, maintenanceRate: number, deduction: number) {
  return { floor, cap, maintenanceRate: rate(maintenanceRate), maxLeverage: 1, deduction };
}
/** 1 % to 1M, 2 % to 2M, 3 % to 4M, 4 % above. */
const brackets: BracketTable = {
  venue: 'bybit',
  ownSymbol: 'X',
  asOf: '2024-01-01',
  source: 'made for this test',
  brackets: [
    bracket(0, 1e6, 0.01, 0),
    bracket(1e6, 2e6, 0.02, 1e4),
    bracket(2e6, 4e6, 0.03, 3e4),
    bracket(4e6, Infinity, 0.04, 7e4),
  ],
};
const notionals = (orders: readonly { readonly notional: Usd }[]): number[] => orders.map(({ notional }) => notional);

describe('S30: forced orders by venue', () => {
  test('S30: Binance sends everything at the liquidation price, immediate or cancel', () => {
    expect(forcedOrders(position('binance', 5e6))).toEqual({
      orders: [{ notional: 5e6, price: 50_000, distance: 0 }],
      basis: 'rule',
    });
    expect(liquidationRule('binance')?.order).toBe('immediate-or-cancel');
  });

  test('S30: Hyperliquid sends up to 100,000 USDC whole and 20 % of anything larger first', () => {
    expect(notionals(forcedOrders(position('hyperliquid', 100_000)).orders)).toEqual([100_000]);
    const { orders, basis } = forcedOrders(position('hyperliquid', 1e6, { maintenanceRate: rate(0.0125) }));
    expect(basis).toBe('rule');
    expect(notionals(orders)).toEqual([200_000, 800_000]);
  });

  test('S30: the rest on Hyperliquid fires where the equity left no longer covers it: x = m f / ((1 - f)(1 - m))', () => {
    const long = forcedOrders(position('hyperliquid', 1e6, { maintenanceRate: rate(0.0125) })).orders[1]!;
    expect(long.distance).toBeCloseTo((0.0125 * 0.2) / (0.8 * (1 - 0.0125)), 12);
    expect(long.price).toBeCloseTo(50_000 * (1 - long.distance), 6);
    const short = forcedOrders(position('hyperliquid', 1e6, { side: 'short', maintenanceRate: rate(0.0125) }));
    expect(short.orders[1]!.distance).toBeCloseTo((0.0125 * 0.2) / (0.8 * 1.0125), 12);
    expect(short.orders[1]!.price).toBeGreaterThan(50_000);
  });

  test('S30: Bybit goes down bracket by bracket', () => {
    const { orders, basis } = forcedOrders(position('bybit', 5e6, { brackets }));
    expect(basis).toBe('rule');
    expect(notionals(orders)).toEqual([1e6, 2e6, 1e6, 1e6].map((value) => expect.closeTo(value, 3)));
    // 5M at 4 % less 70,000 is 130,000 of equity; 4M needs 90,000; the 40,000 between are lost at 40,000 / (4M x .96).
    expect(orders[1]!.distance).toBeCloseTo(40_000 / (4e6 * (1 - 0.04)), 9);
    expect(notionals(forcedOrders(position('bybit', 9e5, { brackets })).orders)).toEqual([9e5]);
  });

  test('S30: OKX goes down two brackets at a time from the third on, the two lowest go whole', () => {
    expect(notionals(forcedOrders(position('okx', 5e6, { brackets })).orders)).toEqual(
      [3e6, 2e6].map((value) => expect.closeTo(value, 3)),
    );
    expect(notionals(forcedOrders(position('okx', 3e6, { brackets })).orders)).toEqual(
      [2e6, 1e6].map((value) => expect.closeTo(value, 3)),
    );
    expect(notionals(forcedOrders(position('okx', 1.5e6, { brackets })).orders)).toEqual([1.5e6]);
  });

  test('S30: Deribit closes in small orders, of which exp(-x / (rate - fee)) is left at a distance x', () => {
    const { orders, basis } = forcedOrders(position('deribit', 1e6, { maintenanceRate: rate(0.0125) }));
    expect(basis).toBe('rule');
    const scale = 0.0125 - 0.0075;
    for (const [index, { distance, notional }] of orders.entries()) {
      expect(notional).toBeCloseTo(2e5, 6);
      expect(Math.exp(-distance / scale)).toBeCloseTo(1 - (index + 0.5) / 5, 12);
    }
  });

  test('S30: a large position of a venue that closes in pieces is spread over half a percent when no more is known', () => {
    for (const venue of ['okx', 'bybit', 'deribit', 'hyperliquid'] as const) {
      const { orders, basis } = forcedOrders(position(venue, 5e6, { largeFrom: 1e6 as Usd }));
      expect(basis, venue).toBe('spread');
      expect(Math.max(...orders.map(({ distance }) => distance)), venue).toBeLessThanOrEqual(SPREAD_DISTANCE);
      expect(orders.length, venue).toBeGreaterThan(4);
    }
  });

  test('S30: nothing says that it is large: whole, and said to be assumed', () => {
    expect(forcedOrders(position('okx', 5e4, { largeFrom: 1e6 as Usd })).basis).toBe('assumed-whole');
    expect(forcedOrders(position('kraken', 5e6)).basis).toBe('assumed-whole');
  });

  test('S30: on every venue the orders add up to the position and never lie before the liquidation price', () => {
    for (const venue of VENUE_IDS) {
      for (const side of ['long', 'short'] as const) {
        for (const more of [{}, { maintenanceRate: rate(0.01) }, { brackets }, { largeFrom: 1 as Usd }]) {
          for (const size of [1e3, 1e5, 1.2e6, 4e6, 7e7]) {
            const { orders } = forcedOrders(position(venue, size, { side, ...more }));
            expect(notionals(orders).reduce((sum, value) => sum + value, 0) / size).toBeCloseTo(1, 12);
            const distances = orders.map(({ distance }) => distance);
            expect(distances).toEqual(distances.toSorted((a, b) => a - b));
            expect(distances[0]).toBeGreaterThanOrEqual(0);
            for (const order of orders) {
              expect((order.price - 50_000) * (side === 'long' ? -1 : 1)).toBeGreaterThanOrEqual(0);
              expect(order.notional).toBeGreaterThan(0);
            }
          }
        }
      }
    }
  });

  test('S30: every rule names its source, and what is not verified says so', () => {
    for (const venue of VENUE_IDS) {
      const rule = liquidationRule(venue);
      if (rule === undefined) continue;
      expect(rule.source).toMatch(/^https:/);
      if (venue !== 'hyperliquid') expect(rule.unverified).toBeTruthy();
    }
    expect(liquidationRule('hyperliquid')?.backstop).toEqual({ kind: 'vault', belowShareOfRequirement: 2 / 3 });
  });
});

test('pieces of a large position add up to it, on every venue', () => {
  for (const venue of VENUE_IDS) {
    const shares = largePositionPieces(venue).map(({ share }) => share);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  }
});

test('a position without notional is a mistake of the caller', () => {
  expect(() => forcedOrders(position('okx', 0))).toThrow('Notional must be above 0, was 0');
});
