import { describe, expect, test } from 'vitest';
import { shippedTable } from '../../test/shipped-table.js';
import type { BracketTable, MarginBracket } from '../model/margin-bracket.js';
import { bracketFor, checkBrackets, maintenanceMargin, nextDeduction } from './brackets.js';
import { bracketsOn, PUBLISHED_BRACKETS } from './bracket-tables.js';
import { MarginInputError } from './margin-input.js';

const btc = shippedTable('binance', 'BTCUSDT', '2024-10-24');

function changed(row: number, change: Partial<Record<keyof MarginBracket, number>>): BracketTable {
  return {
    ...btc,
    brackets: btc.brackets.map((bracket, i) => (i === row ? ({ ...bracket, ...change } as MarginBracket) : bracket)),
  };
}

describe('margin brackets', () => {
  test.each(PUBLISHED_BRACKETS)(
    'S66: the table of $venue:$ownSymbol of $asOf keeps every rule and names its source',
    (table) => {
      expect(checkBrackets(table)).toEqual({ ok: true, value: table });
      expect(table.source).toMatch(/https:\/\//);
    },
  );

  test.each(PUBLISHED_BRACKETS)('each deduction of $venue:$ownSymbol follows from the row before', ({ brackets }) => {
    for (const [i, bracket] of brackets.entries()) {
      const expected = i === 0 ? 0 : nextDeduction(brackets[i - 1]!, bracket.floor, bracket.maintenanceRate);
      expect(Math.abs(bracket.deduction - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, bracket.floor));
    }
  });

  test('the requirement of Binance BTC at the published edges is the published one', () => {
    expect(btc.brackets).toHaveLength(12);
    expect(maintenanceMargin(btc, 50_000)).toBeCloseTo(200, 9);
    expect(maintenanceMargin(btc, 12_000_000)).toBeCloseTo(108_550, 6);
    expect(btc.brackets.map(({ deduction }) => deduction).slice(0, 8)).toEqual([
      0, 50, 950, 11_450, 131_450, 481_450, 2_981_450, 14_481_450,
    ]);
  });

  test('a notional on an edge belongs to the upper row, one above the last cap to the last', () => {
    expect(bracketFor(btc, 49_999.99)).toBe(btc.brackets[0]);
    expect(bracketFor(btc, 50_000)).toBe(btc.brackets[1]);
    expect(bracketFor(btc, 1e12)).toBe(btc.brackets.at(-1));
    expect(() => bracketFor(btc, Number.NaN)).toThrow('Notional must be at least 0, was NaN');
  });

  test.each([
    [
      'a hole between rows',
      changed(2, { floor: 700_000 }),
      'brackets[2].floor',
      'brackets[2].floor must equal the cap of the row before (600000), was 700000',
    ],
    [
      'a first floor above 0',
      changed(0, { floor: 1 }),
      'brackets[0].floor',
      'brackets[0].floor must be 0 in the first row, was 1',
    ],
    [
      'a falling rate',
      changed(3, { maintenanceRate: 0.001 }),
      'brackets[3].maintenanceRate',
      'brackets[3].maintenanceRate must not fall below the rate of the row before (0.0065), was 0.001',
    ],
    [
      'a NaN rate',
      changed(1, { maintenanceRate: Number.NaN }),
      'brackets[1].maintenanceRate',
      'brackets[1].maintenanceRate must be above 0 and below 1, was NaN',
    ],
    [
      'a stale deduction',
      changed(4, { deduction: 131_000 }),
      'brackets[4].deduction',
      'brackets[4].deduction must continue the requirement of the row before (131450), was 131000',
    ],
    [
      'a rising leverage',
      changed(5, { maxLeverage: 30 }),
      'brackets[5].maxLeverage',
      'brackets[5].maxLeverage must not rise above the leverage of the row before (25), was 30',
    ],
    [
      'a leverage below 1',
      changed(11, { maxLeverage: 0 }),
      'brackets[11].maxLeverage',
      'brackets[11].maxLeverage must be at least 1, was 0',
    ],
    [
      'an upside-down row',
      changed(11, { cap: 5 }),
      'brackets[11].cap',
      'brackets[11].cap must be above the floor of its row (1200000000), was 5',
    ],
    [
      'margin below maintenance',
      changed(1, { maxLeverage: 500 }),
      'brackets[1].maxLeverage',
      'brackets[1].maxLeverage must leave a margin that covers the maintenance rate 0.005, was 500',
    ],
    ['no rows', { ...btc, brackets: [] }, 'brackets', 'brackets must have at least one row, was empty'],
    ['an impossible day', { ...btc, asOf: '2024-02-30' }, 'asOf', 'asOf must be a day, YYYY-MM-DD, was 2024-02-30'],
    ['no day', { ...btc, asOf: 'yesterday' }, 'asOf', 'asOf must be a day, YYYY-MM-DD, was yesterday'],
  ])('a table with %s is refused by naming place and rule', (_name, table, field, message) => {
    const result = checkBrackets(table);
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.fault.field).toBe(field);
    expect(result.fault.message).toContain(message);
  });

  test('S66: a day is answered by the newest table not later than it, else by the earliest, and the answer says which', () => {
    const older = { ...btc, asOf: '2021-06-01' };
    const tables = [btc, older];
    expect(bracketsOn('binance', 'BTCUSDT', '2024-10-24', tables)).toMatchObject({
      usedDate: '2024-10-24',
      fit: 'exact',
    });
    expect(bracketsOn('binance', 'BTCUSDT', '2024-10-23', tables)).toMatchObject({
      usedDate: '2021-06-01',
      fit: 'earlier',
    });
    expect(bracketsOn('binance', 'BTCUSDT', '2020-01-01', tables)).toMatchObject({
      usedDate: '2021-06-01',
      fit: 'later',
    });
    expect(bracketsOn('binance', 'NOPEUSDT', '2024-10-24')).toBeUndefined();
    expect(() => bracketsOn('binance', 'BTCUSDT', '24 Oct')).toThrow(MarginInputError);
  });
});
