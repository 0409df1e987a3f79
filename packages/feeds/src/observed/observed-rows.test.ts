import { rowOfPrice, type ContractSize, type Fraction, type Price, type UnixMs } from '@liquidation-heatmap/core';
import { expect, test } from 'vitest';
import { observedLabel } from './observed-label.js';
import { observedRows } from './observed-rows.js';
import type { ObservedRow } from './observed-snapshot.js';

const row = (side: ObservedRow['side'], size: number, liquidationPrice: number | undefined): ObservedRow => ({
  side,
  size: size as ContractSize,
  entryPrice: 60_000 as Price,
  liquidationPrice: liquidationPrice as Price | undefined,
  leverage: 10,
  marginMode: 'cross',
  eventTime: 0 as UnixMs,
  seenTime: 0 as UnixMs,
});

test('positions lie in the row of the one lattice that holds their liquidation price, long and short apart', () => {
  const rows = [row('long', 1, 50_000), row('long', 2, 50_001), row('short', 4, 50_000), row('short', 8, 70_000)];
  const { rows: found, withoutPrice } = observedRows({ rows });
  expect(found).toMatchObject([
    { row: rowOfPrice(50_000), long: 3, short: 4 },
    { row: rowOfPrice(70_000), long: 0, short: 8 },
  ]);
  for (const { low, high } of found.slice(0, 1)) expect([low <= 50_000, high > 50_001]).toEqual([true, true]);
  expect(withoutPrice).toEqual({ long: 0, short: 0 });
});

test('what no price would liquidate is kept apart: nothing is lost and nothing is placed', () => {
  const { rows: found, withoutPrice } = observedRows({ rows: [row('long', 1, undefined), row('short', 2, 70_000)] });
  expect(found).toHaveLength(1);
  expect(withoutPrice).toEqual({ long: 1, short: 0 });
});

test.each([
  [0.042, 'observed, 4.2 % of open interest'],
  [0.9999, 'observed, 99.9 % of open interest'],
  [0.0004, 'observed, under 0.1 % of open interest'],
  [0, 'observed, 0.0 % of open interest'],
  [undefined, 'observed, share of open interest unknown'],
])('a share of %s is called "%s"', (total, label) => {
  const share =
    total === undefined ? undefined : { long: 0 as Fraction, short: 0 as Fraction, total: total as Fraction };
  expect(observedLabel({ share })).toBe(label);
});
