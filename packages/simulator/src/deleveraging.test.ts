import { expect, test } from 'vitest';
import { ForcedBurst, winnersAgainst } from './deleveraging.js';
import { Ledger } from './ledger.js';
import { Positions, type NewPosition } from './positions.js';

function positionOf(side: 'long' | 'short', entryPrice: number, leverage: number, more: Partial<NewPosition> = {}) {
  return {
    side,
    size: 100,
    entryPrice,
    leverage,
    marginMode: 'isolated',
    margin: 1,
    isNetted: false,
    liquidationPrice: Number.NaN,
    callPrice: Number.NaN,
    cutAt: -Infinity,
    openedAt: 0,
    stopPrice: Number.NaN,
    takeProfitPrice: Number.NaN,
    exitAt: 0,
    ...more,
  } satisfies NewPosition;
}

test('winners go by gain times leverage, and losers, the other side and accounts that net are left alone', () => {
  const positions = new Positions();
  const small = positions.add(positionOf('short', 110, 2));
  const high = positions.add(positionOf('short', 105, 20));
  positions.add(positionOf('short', 95, 50));
  positions.add(positionOf('long', 80, 50));
  positions.add(positionOf('short', 120, 50, { isNetted: true }));
  expect(winnersAgainst(positions, 'short', 100, 130)).toEqual([
    { slot: high, size: 100 },
    { slot: small, size: 30 },
  ]);
  expect(winnersAgainst(positions, 'short', 100, 500).reduce((sum, { size }) => sum + size, 0)).toBe(200);
});

test('a burst is extreme from its share of open interest on and fades with its half-life', () => {
  const burst = new ForcedBurst({ fromShare: 0.02, memoryMs: 300_000, share: 0.3 });
  expect(burst.isExtreme(0, 1_000)).toBe(false);
  burst.note(15, 0);
  expect(burst.isExtreme(0, 1_000)).toBe(false);
  burst.note(15, 300_000);
  expect(burst.sizeAt(300_000)).toBeCloseTo(22.5, 9);
  expect(burst.isExtreme(300_000, 1_000)).toBe(true);
  expect(burst.isExtreme(600_000, 1_000)).toBe(false);
});

test('closing one agent against another shrinks both sides alike and asks no hedger', () => {
  const ledger = new Ledger(1_000);
  ledger.open('long', 300);
  ledger.open('short', 200);
  const hedgers = { ...ledger.hedgers };
  const { closed } = ledger.turnover;
  ledger.deleverage('long', 50);
  expect(ledger.agents).toEqual({ long: 250, short: 150 });
  expect(ledger.hedgers).toEqual(hedgers);
  expect(ledger.agents.long + ledger.hedgers.long).toBe(ledger.agents.short + ledger.hedgers.short);
  expect(ledger.turnover.forced.long).toBe(50);
  expect(ledger.turnover.closed.short - closed.short).toBe(50);
});
