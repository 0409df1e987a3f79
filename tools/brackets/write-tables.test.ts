import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type * as Core from '@liquidation-heatmap/core';
import { nextDeduction, type BracketTable, type Fraction, type MarginBracket } from '@liquidation-heatmap/core';
import { contractsOf } from './checked-contracts.js';
import { writeTables } from './write-tables.js';

const root = mkdtempSync(join(tmpdir(), 'brackets-'));
const MARGIN = 'packages/core/src/margin';
const DAY = '2026-11-27';
afterAll(() => rmSync(root, { recursive: true }));

function verdictOf(venue: 'bybit' | 'kraken', ownSymbol: string, ...steps: readonly [number, number, number][]) {
  let last: MarginBracket | undefined;
  const brackets = steps.map(([cap, rate, maxLeverage]) => {
    const floor = last?.cap ?? 0;
    const deduction = last === undefined ? 0 : nextDeduction(last, floor, rate);
    return (last = { floor, cap, maintenanceRate: rate as Fraction, maxLeverage, deduction });
  });
  const published: BracketTable = { venue, ownSymbol, asOf: DAY, source: 'v5/market/risk-limit', brackets };
  const contract = contractsOf(venue, undefined, DAY).find((known) => known.ownSymbol === ownSymbol)!;
  return { ...contract, verdict: 'different', published, rows: [] } as const;
}

test('S66: a table that differs is written beside the old one and is used from its day on', async () => {
  cpSync(join(import.meta.dirname, '../..', 'packages/core/src'), join(root, 'packages/core/src'), { recursive: true });
  const verdicts = [
    verdictOf('bybit', 'BTCUSDT', [1_000_000, 0.004, 125], [2_500_000.5, 0.0055, 90], [Infinity, 0.01, 50]),
    verdictOf('kraken', 'PI_XBTUSD', [500_000, 0.01, 50], [Infinity, 0.02, 25]),
  ];
  const written = await writeTables(verdicts, DAY, root);
  expect(written).toEqual([
    `${MARGIN}/tables/bybit-${DAY}.ts`,
    `${MARGIN}/tables/kraken-${DAY}.ts`,
    `${MARGIN}/bracket-tables.ts`,
  ]);
  const path = join(root, MARGIN, 'bracket-tables.ts');
  const tables = (await import(/* @vite-ignore */ path)) as typeof Core;
  const { bracketsOn, KRAKEN_BRACKETS } = tables;
  const found = bracketsOn('bybit', 'BTCUSDT', DAY);
  expect(found).toMatchObject({ fit: 'exact', table: { brackets: verdicts[0]!.published.brackets } });
  expect(found?.table.source).toContain('v5/market/risk-limit');
  expect(bracketsOn('bybit', 'BTCUSDT', '2026-11-26')?.usedDate).toBe('2023-10-19');
  expect(bracketsOn('kraken', 'PI_XBTUSD', DAY, KRAKEN_BRACKETS)?.fit).toBe('exact');
  expect(bracketsOn('kraken', 'PI_XBTUSD', DAY)).toBeUndefined();
  // Once more on the same day: the same files, listed once.
  const before = readFileSync(path, 'utf8');
  await writeTables(verdicts, DAY, root);
  expect(readFileSync(path, 'utf8')).toBe(before);
});

test('S66: where nothing differs nothing is written', async () => {
  const { published, ...contract } = verdictOf('bybit', 'BTCUSDT', [Infinity, 0.01, 50]);
  expect(await writeTables([{ ...contract, verdict: 'equal', published }], DAY, join(tmpdir(), 'absent'))).toEqual([]);
});
