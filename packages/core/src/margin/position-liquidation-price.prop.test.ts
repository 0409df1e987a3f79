import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { UnixMs } from '../model/units.js';
import { expectedLiquidationDistance } from './expected-distance.js';
import { equityAt, requirementAt } from './margin-position.js';
import { PUBLISHED_BRACKETS } from './bracket-tables.js';
import { positionLiquidationPrice, type PositionLiquidation } from './position-liquidation-price.js';
import type { PositionQuery } from './position-query.js';
import { isolatedLiquidationPrice } from './venue-liquidation-price.js';
import { venueMarginRule } from './venue-margin-rule.js';

const NOW = Date.UTC(2026, 10, 25) as UnixMs;
const side = fc.constantFrom('long' as const, 'short' as const);
const table = fc.constantFrom(...PUBLISHED_BRACKETS);
const notional = fc.double({ min: Math.log(100), max: Math.log(4e5), noNaN: true }).map(Math.exp);
const entryPrice = fc.double({ min: 1e-3, max: 1e5, noNaN: true });
const leverage = fc.double({ min: 1.01, max: 125, noNaN: true });

function answerOf(query: PositionQuery): PositionLiquidation {
  const result = positionLiquidationPrice(query);
  if (!result.ok) throw new Error(result.fault.message);
  return result.value;
}

const positions = fc.record({ table, side, notional, entryPrice, leverage });
type Position = typeof positions extends fc.Arbitrary<infer Value> ? Value : never;

function queryOf({ table: of, leverage: times, ...shape }: Position): PositionQuery {
  const { venue, ownSymbol } = of;
  return { ...shape, venue, ownSymbol, backing: { mode: 'isolated', leverage: times }, now: NOW };
}

describe('my position', () => {
  test('in cross margin equity at the price is the requirement there, other positions included', () => {
    const cross = fc.record({
      position: positions,
      otherShare: fc.double({ min: 0, max: 0.5, noNaN: true }),
      profitShare: fc.double({ min: -0.2, max: 0.5, noNaN: true }),
    });
    fc.assert(
      fc.property(cross, ({ position, otherShare, profitShare }) => {
        const walletBalance = position.notional / position.leverage;
        const otherMaintenance = walletBalance * otherShare;
        const otherProfit = walletBalance * profitShare;
        const query = queryOf(position);
        const backing = { mode: 'cross', walletBalance, otherMaintenance, otherProfit } as const;
        const answer = answerOf({ ...query, backing });
        if (answer.kind !== 'price') return;
        const { side: of, entryPrice: entry } = position;
        const { contract, size, maintenanceRate, deduction, closingFeeRate, exactPrice } = answer;
        const held = {
          contract,
          side: of,
          size,
          entryPrice: entry,
          margin: walletBalance,
          otherMaintenance,
          otherProfit,
        };
        const excess =
          equityAt(held, exactPrice) - requirementAt(held, { maintenanceRate, deduction, closingFeeRate }, exactPrice);
        expect(Math.abs(excess) / position.notional).toBeLessThan(1e-9);
      }),
    );
  });

  test('the price is that of the venue formula of isolated positions', () => {
    fc.assert(
      fc.property(positions, (position) => {
        const answer = answerOf(queryOf(position));
        if (answer.kind === 'unknown') return;
        const formula = isolatedLiquidationPrice({
          venue: position.table.venue,
          side: position.side,
          size: position.notional / position.entryPrice,
          entryPrice: position.entryPrice,
          leverage: position.leverage,
          maintenance: position.table,
          takerFeeRate: answer.closingFeeRate,
        });
        expect(answer.kind).toBe(formula.kind);
        if (answer.kind !== 'price' || formula.kind !== 'price') return;
        expect(Math.abs(answer.exactPrice / formula.price - 1)).toBeLessThan(1e-9);
      }),
    );
  });

  test('more leverage never moves the price away from the entry', () => {
    fc.assert(
      fc.property(positions, leverage, (position, other) => {
        const near = answerOf(queryOf({ ...position, leverage: Math.max(position.leverage, other) }));
        const far = answerOf(queryOf({ ...position, leverage: Math.min(position.leverage, other) }));
        if (near.kind !== 'price' || far.kind !== 'price') return;
        expect(near.distanceFromEntry).toBeLessThanOrEqual(far.distanceFromEntry + 1e-9);
      }),
    );
  });

  test("a host's table stands in for the shipped one, and a stricter one never moves the price away", () => {
    fc.assert(
      fc.property(positions, fc.double({ min: 0.001, max: 0.05, noNaN: true }), (position, added) => {
        const { venue, ownSymbol, brackets } = position.table;
        const maintenanceRate = brackets[0]!.maintenanceRate + added;
        const query = queryOf(position);
        const row = { floor: 0, cap: null, maintenanceRate, maxLeverage: 1 / (maintenanceRate * 1.01) };
        const host = { venue, ownSymbol, asOf: '2026-11-01', source: 'a host', brackets: [row] };
        const answer = answerOf({ ...query, tables: [host] });
        if (answer.kind === 'unknown') throw new Error('Expected an answer');
        expect(answer.basis).toMatchObject({ isFromHost: true, asOf: '2026-11-01' });
        if (answer.kind !== 'price') return;
        expect(answer.maintenanceRate).toBe(maintenanceRate);
        const shipped = answerOf(query);
        if (shipped.kind !== 'price' || shipped.maintenanceRate > maintenanceRate) return;
        expect(answer.distanceFromEntry).toBeLessThanOrEqual(shipped.distanceFromEntry + 1e-9);
      }),
    );
  });
});

describe('the expected distance of a leverage', () => {
  test('it is the distance of the calculator, at any entry price', () => {
    fc.assert(
      fc.property(positions, (position) => {
        const answer = answerOf(queryOf(position));
        if (answer.kind === 'unknown') return;
        const expected = expectedLiquidationDistance({
          venue: position.table.venue,
          leverage: position.leverage,
          maintenance: position.table,
          notional: position.notional,
          takerFeeRate: answer.closingFeeRate,
        })[position.side];
        if (answer.kind !== 'price' || answer.distanceFromEntry <= 1e-12) return;
        expect(Math.abs((expected ?? Number.NaN) - answer.distanceFromEntry)).toBeLessThan(1e-9);
      }),
    );
  });

  test('it lies below 1 / leverage, and for a long and a short it is the written form in one bracket', () => {
    const rate = fc.double({ min: 0.001, max: 0.02, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 2, max: 40, noNaN: true }), rate, notional, (times, maintenanceRate, value) => {
        const maintenance = { maintenanceRate, deduction: value * maintenanceRate * 0.1 };
        const found = expectedLiquidationDistance({ venue: 'binance', leverage: times, maintenance, notional: value });
        const spare = 1 / times - maintenanceRate * 0.9;
        expect(found.long).toBeCloseTo(spare / (1 - maintenanceRate), 9);
        expect(found.short).toBeCloseTo(spare / (1 + maintenanceRate), 9);
        expect(found.short).toBeLessThan(1 / times);
      }),
    );
  });

  test('a leverage the bracket does not offer is named, and one without margin to spare has no distance', () => {
    const btc = PUBLISHED_BRACKETS.find(({ venue, ownSymbol }) => venue === 'binance' && ownSymbol === 'BTCUSDT')!;
    const at = (times: number, value: number) =>
      expectedLiquidationDistance({ venue: 'binance', leverage: times, maintenance: btc, notional: value });
    expect(at(125, 10_000)).toMatchObject({ isOffered: true });
    expect(at(125, 100_000)).toMatchObject({ isOffered: false });
    expect(at(125, 10_000).long).toBeCloseTo((0.008 - 0.004) / 0.996, 12);
    expect(at(100, 30_000_000)).toEqual({ long: undefined, short: undefined, isOffered: false });
    expect(at(1, 10_000).long).toBeUndefined();
    expect(at(1, 10_000).short).toBeGreaterThan(0.99);
    expect(() => expectedLiquidationDistance({ venue: 'htx', leverage: 5, maintenance: btc, notional: 1 })).toThrow(
      'Venue must be one whose margin rule is known, was htx',
    );
    expect(venueMarginRule('htx')).toBeUndefined();
  });
});
