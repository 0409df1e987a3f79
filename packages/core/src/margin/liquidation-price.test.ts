import { describe, expect, test } from 'vitest';
import { shippedTable } from '../../test/shipped-table.js';
import { bankruptcyPrice } from './bankruptcy-price.js';
import { deribitMaintenanceRate } from './deribit-maintenance.js';
import { liquidationPrice, liquidationPriceInBrackets } from './liquidation-price.js';
import { MarginInputError } from './margin-input.js';
import { isolatedMargin, type MarginPosition } from './margin-position.js';
import { isolatedLiquidationPrice } from './venue-liquidation-price.js';

const long: MarginPosition = { contract: 'linear', side: 'long', size: 2, entryPrice: 100, margin: 20 };
const rate = { maintenanceRate: 0.005 };

describe('positions without a liquidation price', () => {
  test('a linear long whose margin covers its notional cannot be liquidated', () => {
    expect(liquidationPrice({ ...long, margin: 200 }, rate)).toEqual({ kind: 'none' });
    expect(
      liquidationPriceInBrackets({ ...long, margin: 200 }, shippedTable('binance', 'BTCUSDT', '2024-10-24')),
    ).toEqual({ kind: 'none' });
  });

  test('an inverse short at 1x cannot be liquidated, a linear short at 1x can', () => {
    expect(
      liquidationPrice({ contract: 'inverse', side: 'short', size: 100, entryPrice: 100, margin: 1 }, rate),
    ).toEqual({ kind: 'none' });
    expect(bankruptcyPrice({ contract: 'inverse', side: 'short', size: 100, entryPrice: 100, margin: 1 })).toEqual({
      kind: 'none',
    });
    expect(liquidationPrice({ ...long, side: 'short', margin: 200 }, rate).kind).toBe('price');
  });

  test('a wallet short of margin at every price says so instead of giving a price', () => {
    expect(liquidationPrice({ ...long, side: 'short', otherMaintenance: 500 }, rate)).toEqual({ kind: 'always' });
    expect(
      liquidationPrice(
        { contract: 'inverse', side: 'long', size: 100, entryPrice: 100, margin: 1, otherProfit: -3 },
        rate,
      ),
    ).toEqual({
      kind: 'always',
    });
  });
});

describe('bad input to the margin formulas', () => {
  const position = {
    venue: 'binance',
    side: 'long',
    size: 1,
    entryPrice: 100,
    leverage: 10,
    maintenance: rate,
  } as const;

  test.each([
    [{ ...position, leverage: 0 }, 'Leverage must be at least 1, was 0'],
    [{ ...position, leverage: Number.NaN }, 'Leverage must be at least 1, was NaN'],
    [{ ...position, size: -1 }, 'Size must be above 0, was -1'],
    [{ ...position, entryPrice: Infinity }, 'Entry price must be above 0, was Infinity'],
    [
      { ...position, maintenance: { maintenanceRate: 1 } },
      'Maintenance rate must be a fraction of at least 0 and below 1, was 1',
    ],
    [{ ...position, takerFeeRate: -0.1 }, 'Taker fee rate must be a fraction of at least 0 and below 1, was -0.1'],
    [{ ...position, extraMargin: -1 }, 'Extra margin must be at least 0, was -1'],
    [{ ...position, tickSize: 0 }, 'Tick size must be above 0, was 0'],
    [{ ...position, venue: 'kraken' as const }, 'Venue must be one whose margin rule is known, was kraken'],
  ])('is refused with the field and the rule: $1', (bad, message) => {
    expect(() => isolatedLiquidationPrice(bad)).toThrow(message);
    expect(() => isolatedLiquidationPrice(bad)).toThrow(MarginInputError);
  });

  test('names the field on the error', () => {
    expect(() => isolatedMargin(long, 0)).toThrow(expect.objectContaining({ field: 'Leverage' }));
    expect(() => liquidationPrice({ ...long, otherProfit: Number.NaN }, rate)).toThrow(
      'Profit of other positions must be a finite number, was NaN',
    );
    expect(() => deribitMaintenanceRate('toString', 1)).toThrow('Asset must be one of BTC, ETH, SOL, was toString');
  });
});

describe('venue rules', () => {
  const position = { side: 'long', size: 1, entryPrice: 100, leverage: 10, maintenance: rate } as const;

  test('a rounded price stands on the tick, nearer to the entry', () => {
    const exact = isolatedLiquidationPrice({ ...position, venue: 'binance' });
    const shown = isolatedLiquidationPrice({ ...position, venue: 'binance', tickSize: 0.5 });
    expect(exact).toEqual({ kind: 'price', price: 90 / 0.995 });
    expect(shown).toEqual({ kind: 'price', price: 90.5 });
    expect(isolatedLiquidationPrice({ ...position, side: 'short', venue: 'binance', tickSize: 0.5 })).toEqual({
      kind: 'price',
      price: 109,
    });
  });

  test('the taker fee moves the price only where the venue counts it', () => {
    const priceAt = (venue: 'binance' | 'okx', takerFeeRate: number) =>
      isolatedLiquidationPrice({ ...position, venue, takerFeeRate });
    expect(priceAt('binance', 0.001)).toEqual(priceAt('binance', 0));
    expect(priceAt('okx', 0.001)).toEqual({ kind: 'price', price: 90 / (1 - 0.006) });
  });

  test('extra margin on an inverse Bybit position counts less the fee to close with it', () => {
    const inverse = { ...position, venue: 'bybit-inverse', extraMargin: 0.01 } as const;
    const free = isolatedLiquidationPrice(inverse);
    const paid = isolatedLiquidationPrice({ ...inverse, takerFeeRate: 0.000_6 });
    expect(paid).toEqual({ kind: 'price', price: expect.closeTo(1.005 / (0.01 + 0.001 + 0.01 / 1.0006), 9) });
    expect(free.kind === 'price' && paid.kind === 'price' && paid.price > free.price).toBe(true);
  });
});
