import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bracketFor } from './brackets.js';
import { bracketsOn, PUBLISHED_BRACKETS } from './bracket-tables.js';
import { bitmexPrices } from './bitmex-price.js';
import { inverseLiquidationPriceOf2026 } from './entry-value-price.js';
import { liquidationPrice, liquidationPriceInBrackets } from './liquidation-price.js';
import { equityAt, isolatedMargin, notionalAt, requirementAt, type MarginPosition } from './margin-position.js';
import { isolatedLiquidationPrice } from './venue-liquidation-price.js';
import { roundAgainstTrader } from './round-against-trader.js';

const side = fc.constantFrom('long' as const, 'short' as const);
const contract = fc.constantFrom('linear' as const, 'inverse' as const);
const size = fc.double({ min: 1e-3, max: 1e8, noNaN: true });
const entryPrice = fc.double({ min: 1e-4, max: 1e6, noNaN: true });
const leverage = fc.double({ min: 1, max: 125, noNaN: true });
const rate = fc.double({ min: 0.001, max: 0.2, noNaN: true });
const fee = fc.double({ min: 0, max: 0.002, noNaN: true });

function isolated(
  shape: Pick<MarginPosition, 'contract' | 'side' | 'size' | 'entryPrice'>,
  times: number,
): MarginPosition {
  return { ...shape, margin: isolatedMargin(shape, times) };
}
const shapes = fc.record({ contract, side, size, entryPrice });

describe('liquidation prices', () => {
  test('at the liquidation price equity equals the requirement, other positions included', () => {
    const cross = fc.record({
      shape: shapes,
      leverage,
      rate,
      fee,
      otherShare: fc.double({ min: 0, max: 0.5, noNaN: true }),
      profitShare: fc.double({ min: -0.2, max: 0.5, noNaN: true }),
    });
    fc.assert(
      fc.property(cross, (input) => {
        const alone = isolated(input.shape, input.leverage);
        const position = {
          ...alone,
          otherMaintenance: alone.margin * input.otherShare,
          otherProfit: alone.margin * input.profitShare,
        };
        const requirement = { maintenanceRate: input.rate, closingFeeRate: input.fee, deduction: alone.margin * 0.01 };
        const result = liquidationPrice(position, requirement);
        if (result.kind !== 'price') return;
        // Near a price of 0 or infinity the notional dwarfs what is compared.
        const scale = alone.margin + notionalAt(alone, result.price) + notionalAt(alone, alone.entryPrice);
        const excess = equityAt(position, result.price) - requirementAt(position, requirement, result.price);
        expect(Math.abs(excess) / scale).toBeLessThan(1e-9);
      }),
    );
  });

  test('more leverage never moves the liquidation price away from the entry', () => {
    fc.assert(
      fc.property(shapes, leverage, leverage, rate, (shape, a, b, maintenanceRate) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        const near = liquidationPrice(isolated(shape, high), { maintenanceRate });
        const far = liquidationPrice(isolated(shape, low), { maintenanceRate });
        if (near.kind !== 'price') {
          expect(far.kind).toBe(near.kind);
          return;
        }
        if (far.kind !== 'price') return;
        const slack = 1e-9 * near.price;
        if (shape.side === 'long') expect(near.price).toBeGreaterThanOrEqual(far.price - slack);
        else expect(near.price).toBeLessThanOrEqual(far.price + slack);
      }),
    );
  });

  test('a higher maintenance rate never moves the liquidation price away from the entry', () => {
    fc.assert(
      fc.property(shapes, leverage, rate, rate, (shape, times, a, b) => {
        const position = isolated(shape, times);
        const strict = liquidationPrice(position, { maintenanceRate: Math.max(a, b) });
        const mild = liquidationPrice(position, { maintenanceRate: Math.min(a, b) });
        if (strict.kind !== 'price' || mild.kind !== 'price') return;
        const slack = 1e-9 * strict.price;
        if (shape.side === 'long') expect(strict.price).toBeGreaterThanOrEqual(mild.price - slack);
        else expect(strict.price).toBeLessThanOrEqual(mild.price + slack);
      }),
    );
  });

  test('a long is liquidated below its entry and a short above, unless its margin does not meet the requirement at entry', () => {
    fc.assert(
      fc.property(shapes, leverage, rate, (shape, times, maintenanceRate) => {
        const position = isolated(shape, times);
        const result = liquidationPrice(position, { maintenanceRate });
        if (result.kind !== 'price') return;
        const isMet = 1 / times > maintenanceRate * (1 + 1e-9);
        const isBroken = 1 / times < maintenanceRate * (1 - 1e-9);
        const distance = shape.side === 'long' ? shape.entryPrice - result.price : result.price - shape.entryPrice;
        if (isMet) expect(distance).toBeGreaterThan(0);
        if (isBroken) expect(distance).toBeLessThan(0);
      }),
    );
  });

  test('the bracket in force is the one that contains the notional at the liquidation price', () => {
    const input = fc.record({
      table: fc.constantFrom(...PUBLISHED_BRACKETS),
      side,
      notional: fc.double({ min: Math.log(100), max: Math.log(2e9), noNaN: true }).map(Math.exp),
      entryPrice,
      leverage,
    });
    fc.assert(
      fc.property(input, ({ table, side: of, notional, entryPrice: entry, leverage: times }) => {
        const position = isolated({ contract: 'linear', side: of, size: notional / entry, entryPrice: entry }, times);
        const result = liquidationPriceInBrackets(position, table);
        if (result.kind !== 'price') {
          expect(result.kind).toBe('none');
          expect(times).toBeLessThan(1.01);
          return;
        }
        const at = notionalAt(position, result.price);
        // On an edge both rows give the same requirement.
        const rows = [bracketFor(table, at * (1 - 1e-8)), bracketFor(table, at * (1 + 1e-8))];
        expect(rows).toContain(result.bracket);
        const { maintenanceRate, deduction } = result.bracket;
        const again = liquidationPrice(position, { maintenanceRate, deduction });
        expect(again).toEqual({ kind: 'price', price: result.price });
        const excess =
          equityAt(position, result.price) - requirementAt(position, { maintenanceRate, deduction }, result.price);
        expect(Math.abs(excess) / notional).toBeLessThan(1e-8);
      }),
    );
  });

  test('as the move shrinks, the inverse price approaches the linear one: the gap falls with the square of the distance', () => {
    fc.assert(
      fc.property(side, entryPrice, fc.double({ min: 50, max: 125, noNaN: true }), (of, entry, times) => {
        const gapAt = (leverageNow: number) => {
          const maintenanceRate = 0.2 / leverageNow;
          const linear = liquidationPrice(
            isolated({ contract: 'linear', side: of, size: 1, entryPrice: entry }, leverageNow),
            { maintenanceRate },
          );
          const inverse = liquidationPrice(
            isolated({ contract: 'inverse', side: of, size: 1, entryPrice: entry }, leverageNow),
            { maintenanceRate },
          );
          if (linear.kind !== 'price' || inverse.kind !== 'price') throw new Error('Expected prices');
          return Math.abs(linear.price - inverse.price) / entry;
        };
        expect(gapAt(times)).toBeLessThan(2 / times ** 2);
        expect(gapAt(times) / gapAt(10 * times)).toBeGreaterThan(50);
      }),
    );
  });

  test("Bybit's inverse formula of 2026 is the general inverse form, with extra margin less the fee to close with it", () => {
    const input = fc.record({
      side,
      size,
      entryPrice,
      leverage,
      maintenanceRate: rate,
      fee,
      extraShare: fc.double({ min: 0, max: 0.5, noNaN: true }),
    });
    fc.assert(
      fc.property(input, ({ fee: closingFeeRate, extraShare, maintenanceRate, ...shape }) => {
        const extraMargin = extraShare * isolatedMargin({ ...shape, contract: 'inverse' }, shape.leverage);
        const written = inverseLiquidationPriceOf2026({ ...shape, maintenanceRate, extraMargin, closingFeeRate });
        const general = isolatedLiquidationPrice({
          ...shape,
          venue: 'bybit-inverse',
          maintenance: { maintenanceRate },
          extraMargin,
          takerFeeRate: closingFeeRate,
        });
        if (written.kind !== 'price' || general.kind !== 'price') return;
        expect(Math.abs(written.price - general.price) / general.price).toBeLessThan(1e-6);
      }),
    );
  });

  test('BitMEX liquidates between bankruptcy and entry as long as the margin exceeds the requirement', () => {
    fc.assert(
      fc.property(side, entryPrice, fc.double({ min: 1.5, max: 100, noNaN: true }), (of, entry, times) => {
        const takerFeeRate = 0.000_5;
        const { bankruptcy, liquidation } = bitmexPrices({
          side: of,
          entryPrice: entry,
          leverage: times,
          takerFeeRate,
        });
        if (bankruptcy.kind !== 'price' || liquidation.kind !== 'price') throw new Error('Expected prices');
        const sign = of === 'long' ? 1 : -1;
        expect(sign * (liquidation.price - bankruptcy.price)).toBeGreaterThan(0);
        if (1 / times > 0.01) expect(sign * (entry - liquidation.price)).toBeGreaterThan(0);
      }),
    );
  });

  test('rounding moves a price toward the market by less than a tick and never moves a rounded one', () => {
    const tick = fc.constantFrom(0.5, 0.1, 0.01, 0.05, 0.0001, 5, 0.25);
    fc.assert(
      fc.property(side, fc.double({ min: 1, max: 1e6, noNaN: true }), tick, (of, price, tickSize) => {
        const shown = roundAgainstTrader(price as never, of, tickSize);
        if (shown <= 0) return;
        const moved = (of === 'long' ? shown - price : price - shown) / tickSize;
        // A price on a tick but for binary noise stays there: noise of 1e-13 is a thousandth of a tick at 10^10 ticks.
        expect(moved).toBeGreaterThan(-2e-3);
        expect(moved).toBeLessThan(1);
        expect(roundAgainstTrader(shown, of, tickSize)).toBe(shown);
      }),
    );
  });

  test('a shipped table exists for every symbol of the calculator', () => {
    for (const symbol of ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'XRPUSDT', 'DOGEUSDT'])
      expect(bracketsOn('binance', symbol, '2024-10-24')?.fit).toBe('exact');
    for (const symbol of ['BTC', 'ETH']) expect(bracketsOn('hyperliquid', symbol, '2026-09-27')?.fit).toBe('exact');
  });
});
