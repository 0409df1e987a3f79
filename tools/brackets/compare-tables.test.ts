import { expect, test } from 'vitest';
import type { BracketTable, Fraction, MarginBracket } from '@liquidation-heatmap/core';
import { compareTables } from './compare-tables.js';

const row = (floor: number, cap: number, rate: number, maxLeverage: number, deduction: number): MarginBracket => ({
  ...{ floor, cap, maintenanceRate: rate as Fraction, maxLeverage, deduction },
});
const table = (...brackets: readonly MarginBracket[]): BracketTable => ({
  ...{ venue: 'gate', ownSymbol: 'BTC_USDT', asOf: '2026-01-01', source: 'test', brackets },
});
const SHIPPED = table(row(0, 1e6, 0.005, 100, 0), row(1e6, 5e6, 0.01, 50, 5_000), row(5e6, Infinity, 0.02, 25, 55_000));

test('S66: a table is equal to itself, and to one whose numbers differ by rounding alone', () => {
  expect(compareTables(SHIPPED, SHIPPED)).toEqual([]);
  const [first, second, third] = SHIPPED.brackets as [MarginBracket, MarginBracket, MarginBracket];
  const rounded = { ...second, maintenanceRate: (0.01 + 1e-17) as Fraction, deduction: 5_000.000_000_001 };
  expect(compareTables(SHIPPED, table(first, rounded, third))).toEqual([]);
});

test.each([
  ['cap', 6e6],
  ['maxLeverage', 40],
  ['maintenanceRate', 0.0101],
  ['deduction', 5_001],
] as const)('S66: another %s is a difference of that row and field', (field, value) => {
  const [first, second, third] = SHIPPED.brackets as [MarginBracket, MarginBracket, MarginBracket];
  const published = { ...second, [field]: value };
  expect(compareTables(SHIPPED, table(first, published, third))).toEqual([
    { kind: 'changed', shipped: second, published, fields: [field] },
  ]);
});

test('S66: a row put in between is one new row and a cap, not a shift of all that follow', () => {
  const [first, second, third] = SHIPPED.brackets as [MarginBracket, MarginBracket, MarginBracket];
  const [short, inserted] = [{ ...second, cap: 2e6 }, row(2e6, 5e6, 0.015, 40, 15_000)];
  const more = compareTables(SHIPPED, table(first, short, inserted, third));
  expect(more).toEqual([
    { kind: 'changed', shipped: second, published: short, fields: ['cap'] },
    { kind: 'new', published: inserted },
  ]);
  expect(compareTables(table(first, short, inserted, third), SHIPPED)).toMatchObject([
    { kind: 'changed', fields: ['cap'] },
    { kind: 'gone', shipped: inserted },
  ]);
});

test('S66: an end that is no longer open is a difference', () => {
  const [first, second, third] = SHIPPED.brackets as [MarginBracket, MarginBracket, MarginBracket];
  expect(compareTables(SHIPPED, table(first, second, { ...third, cap: 1e9 }))).toMatchObject([{ fields: ['cap'] }]);
});
