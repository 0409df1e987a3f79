import { expect, test } from 'vitest';
import { bracketFor, maintenanceMargin, type VenueId } from '@liquidation-heatmap/core';
import { liquidationPriceOf } from './liquidation-price-of.js';
import { firstPiece, piecesOf, restAfter, type PartialSetting } from './partial-liquidation.js';
import type { NewPosition } from './positions.js';
import { simulatedBrackets } from './simulated-brackets.js';
import type { PartialLiquidation } from './worlds/world.js';

const NOW = 1_000_000;
const table = simulatedBrackets({ id: 'binance' as VenueId, share: 1, maxLeverage: 125, basisBps: 0 }, 'BTCUSDT');
const setting = (rule: PartialLiquidation['rule']): PartialSetting => ({
  rule: { rule, fromNotional: 100_000, firstShare: 0.2, cooldownMs: 30_000 },
  table,
  stepsPerUnit: 1000,
});

function positionOf(side: 'long' | 'short', coins: number, leverage: number): NewPosition {
  const entryPrice = 60_000;
  const margin = (coins * entryPrice) / leverage;
  const liquidationPrice = liquidationPriceOf({ side, entryPrice, margin }, coins, table);
  const none = Number.NaN;
  return {
    side,
    size: coins * 1000,
    entryPrice,
    leverage,
    marginMode: 'isolated',
    margin,
    isNetted: false,
    liquidationPrice,
    callPrice: none,
    cutAt: -Infinity,
    openedAt: 0,
    stopPrice: none,
    takeProfitPrice: none,
    exitAt: 0,
  };
}

test('a fifth of a large position goes first, the rest whole within the cooldown, a fifth again after it', () => {
  const position = positionOf('long', 10, 20);
  const mark = position.liquidationPrice;
  expect(firstPiece(position, mark, NOW, setting('share'))).toBe(2000);
  const rest = restAfter(position, 2000, mark, NOW, setting('share'))!;
  expect(rest.size).toBe(8000);
  expect(firstPiece(rest, mark, NOW + 29_999, setting('share'))).toBe(8000);
  expect(firstPiece(rest, mark, NOW + 30_000, setting('share'))).toBe(1600);
});

test('a position below the notional of the rule, or a venue without one, is closed whole', () => {
  const position = positionOf('short', 1.5, 20);
  expect(firstPiece(position, 60_000, NOW, setting('share'))).toBe(1500);
  expect(restAfter(position, 1500, 60_000, NOW, setting('share'))).toBeUndefined();
  const large = positionOf('short', 100, 20);
  expect(firstPiece(large, 60_000, NOW, { ...setting('share'), rule: undefined })).toBe(100_000);
});

test.each(['long', 'short'] as const)(
  'a closed piece takes its loss along: equity of the %s stays, its price moves away',
  (side) => {
    const position = positionOf(side, 40, 25);
    const mark = position.liquidationPrice;
    const rest = restAfter(position, 8000, mark, NOW, setting('share'))!;
    const sign = side === 'long' ? 1 : -1;
    const equity = ({ margin, size, entryPrice }: NewPosition): number =>
      margin + sign * (size / 1000) * (mark - entryPrice);
    expect(equity(rest)).toBeCloseTo(equity(position), 4);
    expect(equity(position)).toBeCloseTo(maintenanceMargin(table, 40 * mark), 4);
    expect(sign * (mark - rest.liquidationPrice)).toBeGreaterThan(0);
  },
);

test('down to the lower bracket: each piece brings the notional below the floor of its row, at a mark further away', () => {
  const position = positionOf('long', 300, 20);
  const pieces = piecesOf(position, NOW, setting('lower-bracket'));
  expect(pieces.length).toBeGreaterThan(2);
  let size = position.size;
  for (const [i, piece] of pieces.entries()) {
    const row = bracketFor(table, (size / 1000) * piece.price);
    size -= piece.size;
    if (i < pieces.length - 1) {
      expect((size / 1000) * piece.price).toBeLessThan(row.floor);
      expect(((size + 1) / 1000) * piece.price).toBeGreaterThanOrEqual(row.floor);
    }
    if (i > 0) expect(piece.price).toBeLessThan(pieces[i - 1]!.price);
  }
  expect(size).toBe(0);
});

test('a mark that has gone beyond the margin leaves nothing to keep', () => {
  const position = positionOf('long', 10, 50);
  expect(restAfter(position, 2000, 55_000, NOW, setting('share'))).toBeUndefined();
});
