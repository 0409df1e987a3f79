import { describe, expect, test } from 'vitest';
import { shippedTable } from '../../test/shipped-table.js';
import type { BracketTable } from '../model/margin-bracket.js';
import type { UnixMs } from '../model/units.js';
import { VENUE_IDS, type VenueId } from '../model/venue.js';
import type { HostBracketTable } from './parse-bracket-table.js';
import { positionLiquidationPrice, type PositionLiquidation } from './position-liquidation-price.js';
import type { PositionQuery } from './position-query.js';

const NOW = Date.UTC(2026, 10, 25) as UnixMs;

/** Fields of the query to replace; undefined takes one away. */
type Change = { readonly [Field in keyof PositionQuery]?: PositionQuery[Field] | undefined };

const query: PositionQuery = {
  venue: 'binance',
  symbol: 'BTCUSDT',
  side: 'long',
  entryPrice: 60_000,
  size: 1,
  backing: { mode: 'isolated', leverage: 10 },
  now: NOW,
};

function hostTable(venue: VenueId, ownSymbol: string, change: Partial<HostBracketTable> = {}): HostBracketTable {
  return {
    venue,
    ownSymbol,
    asOf: '2026-11-20',
    source: 'https://example.org/brackets',
    brackets: [
      { floor: 0, cap: 50_000, maintenanceRate: 0.005, maxLeverage: 100 },
      { floor: 50_000, cap: 1_000_000, maintenanceRate: 0.01, maxLeverage: 50 },
      { floor: 1_000_000, cap: null, maintenanceRate: 0.02, maxLeverage: 25 },
    ],
    ...change,
  };
}

function answerOf(change: Change): PositionLiquidation {
  const result = positionLiquidationPrice({ ...query, ...change } as PositionQuery);
  if (!result.ok) throw new Error(`Refused: ${result.fault.message}`);
  return result.value;
}

function priceOf(change: Change) {
  const answer = answerOf(change);
  if (answer.kind !== 'price') throw new Error(`Expected a price, got ${JSON.stringify(answer)}`);
  return answer;
}

function codesOf(change: Change): readonly string[] {
  const answer = answerOf(change);
  return answer.kind === 'unknown' ? [answer.reason] : answer.warnings.map(({ code }) => code);
}

function faultOf(change: Change) {
  const result = positionLiquidationPrice({ ...query, ...change } as PositionQuery);
  if (result.ok) throw new Error('Expected a fault');
  return result.fault;
}

describe('my position', () => {
  test('S66: the answer names bracket, deduction, table, day, source, and that the table is outdated', () => {
    const answer = priceOf({});
    // 54,246.23 x 1 BTC lies in the second bracket (.5 %, deduction 50): (60,000 - 6,000 - 50) / .995.
    expect(answer.exactPrice).toBeCloseTo((54_000 - 50) / 0.995, 6);
    expect(answer.maintenanceRate).toBe(0.005);
    expect(answer.deduction).toBe(50);
    expect(answer.bankruptcy).toEqual({ kind: 'price', price: 54_000 });
    expect(answer.distanceFromEntry).toBeCloseTo(1 - answer.exactPrice / 60_000, 12);
    expect(answer.basis).toMatchObject({
      kind: 'brackets',
      asOf: '2024-10-24',
      table: shippedTable('binance', 'BTCUSDT', '2026-11-25'),
      isOutdated: true,
      ageDays: 762,
      isFromHost: false,
    });
    expect(answer.warnings).toEqual([{ code: 'table-outdated', asOf: '2024-10-24', ageDays: 762 }]);
  });

  test('a table is outdated after 90 days and not before, and one younger than the present is named', () => {
    const day = 86_400_000;
    const read = Date.UTC(2024, 9, 24);
    expect(priceOf({ now: (read + 90 * day) as UnixMs }).basis.isOutdated).toBe(false);
    expect(priceOf({ now: (read + 91 * day) as UnixMs }).basis.isOutdated).toBe(true);
    expect(priceOf({ now: (read - day) as UnixMs }).warnings).toEqual([
      { code: 'table-later-than-now', asOf: '2024-10-24' },
    ]);
  });

  test('the bracket is that of the liquidation price and not that of the entry', () => {
    // 10.2 BTC at 60,000 are 612,000 USD (third bracket); at the price they are in the second.
    const answer = priceOf({ size: 10.2 });
    expect(answer.maintenanceRate).toBe(0.005);
    expect(answer.exactPrice * 10.2).toBeLessThan(600_000);
    expect(priceOf({ size: 10.2, side: 'short' }).maintenanceRate).toBe(0.0065);
  });

  test('the price is rounded against the trader to the tick, and the distance follows the rounded price', () => {
    const long = priceOf({ tickSize: 0.5 });
    expect(long.price).toBe(Math.ceil(long.exactPrice * 2) / 2);
    const short = priceOf({ side: 'short', tickSize: 0.5 });
    expect(short.price).toBe(Math.floor(short.exactPrice * 2) / 2);
    expect(short.distanceFromEntry).toBe((short.price - 60_000) / 60_000);
    expect(long.price).not.toBe(long.exactPrice);
  });

  test('S29: the distance from the mark is stated beside the one from the entry', () => {
    const answer = priceOf({ markPrice: 58_000 });
    expect(answer.distanceFromMark).toBeCloseTo((58_000 - answer.price) / 58_000, 12);
    expect(priceOf({}).distanceFromMark).toBeUndefined();
  });

  test('a notional is a size at the entry price, in USD for linear and inverse contracts', () => {
    expect(priceOf({ size: undefined, notional: 60_000 }).exactPrice).toBe(priceOf({}).exactPrice);
    const inverse = { venue: 'kraken', symbol: 'BTCUSD' } as const;
    expect(priceOf({ ...inverse, size: undefined, notional: 1_000 }).size).toBe(1_000);
  });

  test('a margin is a leverage, and margin added by hand moves the price away', () => {
    const own = priceOf({ backing: { mode: 'isolated', margin: 6_000 } });
    expect(own.exactPrice).toBeCloseTo(priceOf({}).exactPrice, 9);
    const more = priceOf({ backing: { mode: 'isolated', leverage: 10, extraMargin: 995 } });
    expect(priceOf({}).exactPrice - more.exactPrice).toBeCloseTo(1_000, 6);
  });

  test('in cross margin the wallet and the other positions count, leverage does not', () => {
    const wallet = { mode: 'cross', walletBalance: 6_000 } as const;
    expect(priceOf({ backing: wallet }).exactPrice).toBeCloseTo(priceOf({}).exactPrice, 9);
    expect(priceOf({ backing: { ...wallet, leverage: 50 } }).exactPrice).toBe(priceOf({ backing: wallet }).exactPrice);
    const used = priceOf({ backing: { ...wallet, otherMaintenance: 995, otherProfit: -1_990 } });
    expect(used.exactPrice - priceOf({ backing: wallet }).exactPrice).toBeCloseTo(3_000, 6);
  });

  test('a fully backed long has no liquidation price, and an account without margin always has one behind it', () => {
    expect(answerOf({ backing: { mode: 'cross', walletBalance: 60_000 } }).kind).toBe('none');
    const broke = { mode: 'cross', walletBalance: 0, otherProfit: -70_000 } as const;
    expect(answerOf({ side: 'short', backing: broke })).toMatchObject({ kind: 'always' });
    expect(codesOf({ side: 'short', backing: broke })).toContain('already-liquidable');
  });

  test('a leverage the venue does not offer at this size is answered with a warning', () => {
    expect(codesOf({ backing: { mode: 'isolated', leverage: 100 } })).toEqual(['table-outdated']);
    const answer = priceOf({ size: 20, backing: { mode: 'isolated', leverage: 100 } });
    expect(answer.warnings).toContainEqual({ code: 'leverage-above-maximum', leverage: 100, maxLeverage: 75 });
  });

  test('a position whose mark has passed its price is already liquidable', () => {
    expect(codesOf({ markPrice: 54_000 })).toContain('already-liquidable');
    expect(codesOf({ markPrice: 56_000 })).not.toContain('already-liquidable');
  });
});

describe('every venue', () => {
  const expected: Readonly<Record<(typeof VENUE_IDS)[number], string>> = {
    'binance': '2024-10-24',
    'binance-coinm': 'unknown-instrument',
    'bybit': '2023-10-19',
    'bybit-inverse': 'unknown-instrument',
    'okx': 'unknown-instrument',
    'okx-inverse': 'unknown-instrument',
    'hyperliquid': '2026-09-27',
    'bitget': 'unknown-instrument',
    'gate': '2023-05-24',
    'deribit': '2022-01-11',
    'kraken': '2021-07-22',
    'htx': 'unknown-instrument',
    'aster': 'unknown-instrument',
  };

  test.each(VENUE_IDS)('S66: %s answers with a number and a dated table, or says what is unknown', (venue) => {
    const isUsd = venue === 'deribit' || venue === 'kraken';
    const answer = answerOf({
      venue,
      symbol: isUsd ? 'BTCUSD' : 'BTCUSDT',
      size: isUsd ? 60_000 : 1,
      backing: venue === 'deribit' ? { mode: 'cross', walletBalance: 0.1 } : query.backing,
    });
    if (answer.kind === 'unknown') {
      expect(answer.reason).toBe(expected[venue]);
      return;
    }
    expect(answer.kind).toBe('price');
    expect(answer.basis.asOf).toBe(expected[venue]);
    expect(answer.basis.source).toMatch(/https:\/\//);
    expect(answer.ruleSource).toMatch(/https:\/\//);
  });

  test.each(VENUE_IDS)(
    'S65: %s answers by its own name of a contract it has no table of that nothing is known',
    (venue) => {
      expect(answerOf({ venue, symbol: undefined, ownSymbol: 'NO-SUCH-CONTRACT' })).toEqual({
        kind: 'unknown',
        reason: 'no-bracket-table',
      });
    },
  );

  test.each(VENUE_IDS)("%s answers with a host's table where core has none", (venue) => {
    const answer = priceOf({
      venue,
      symbol: undefined,
      ownSymbol: 'OWN',
      contract: 'linear',
      takerFeeRate: 0.000_5,
      tables: [hostTable(venue, 'OWN')],
    });
    expect(answer.basis).toMatchObject({ asOf: '2026-11-20', isFromHost: true, isOutdated: false });
    const hasRule = !['deribit', 'htx', 'aster'].includes(venue);
    expect(answer.warnings.some(({ code }) => code === 'rule-not-confirmed')).toBe(!hasRule);
  });

  test('a venue without a known rule needs to be told the kind of contract', () => {
    const htx = { venue: 'htx', symbol: undefined, ownSymbol: 'OWN', tables: [hostTable('htx', 'OWN')] } as const;
    expect(answerOf(htx)).toEqual({ kind: 'unknown', reason: 'unknown-contract-kind' });
  });

  test('a venue that counts the fee to close gives no price without one', () => {
    const okx = { venue: 'okx', symbol: undefined, ownSymbol: 'OWN', tables: [hostTable('okx', 'OWN')] } as const;
    expect(answerOf(okx)).toEqual({ kind: 'unknown', reason: 'unknown-fee' });
    const free = priceOf({ ...okx, takerFeeRate: 0 });
    const paid = priceOf({ ...okx, takerFeeRate: 0.000_5 });
    expect(paid.exactPrice).toBeCloseTo((free.exactPrice * (1 - 0.01)) / (1 - 0.0105), 6);
  });

  test("Gate's dated fee stands in for the trader's own and says so", () => {
    const gate = { venue: 'gate', symbol: 'BTCUSDT' } as const;
    expect(priceOf(gate).closingFeeRate).toBe(0.000_75);
    expect(priceOf(gate).warnings).toContainEqual({ code: 'fee-assumed', rate: 0.000_75, asOf: '2023-05-24' });
    expect(codesOf({ ...gate, takerFeeRate: 0.000_5 })).not.toContain('fee-assumed');
  });

  test("extra margin on Bybit's inverse contracts counts less the fee to close with it, which has to be known", () => {
    const bracket = { floor: 0, cap: null, maintenanceRate: 0.005, maxLeverage: 100 };
    const inverse = {
      venue: 'bybit-inverse',
      symbol: undefined,
      ownSymbol: 'BTCUSD',
      entryPrice: 50_000,
      size: 60_000,
      backing: { mode: 'isolated', leverage: 10, extraMargin: 0.1 },
      tables: [hostTable('bybit-inverse', 'BTCUSD', { brackets: [bracket] })],
    } as const;
    expect(answerOf(inverse)).toEqual({ kind: 'unknown', reason: 'unknown-fee' });
    const long = priceOf({ ...inverse, takerFeeRate: 0.001 });
    expect(long.exactPrice).toBeCloseTo((60_000 * 1.005) / (1.2 + 0.12 + 0.1 / 1.001), 6);
    const short = priceOf({ ...inverse, side: 'short', takerFeeRate: 0.001 });
    expect(short.exactPrice).toBeCloseTo((60_000 * 0.995) / (1.2 - 0.12 - 0.1 / 0.999), 6);
  });

  test('a size beyond the last row known gives no price', () => {
    expect(answerOf({ venue: 'gate', size: 16 }).kind).toBe('price');
    expect(answerOf({ venue: 'gate', size: 17 })).toEqual({ kind: 'unknown', reason: 'beyond-table' });
    // A short's notional grows on the way to its price.
    expect(answerOf({ venue: 'gate', size: 16, side: 'short' })).toEqual({ kind: 'unknown', reason: 'beyond-table' });
  });

  test("Bybit's price without extra margin is its help page's example", () => {
    const bybit = { venue: 'bybit', entryPrice: 20_000, backing: { mode: 'isolated', leverage: 50 } } as const;
    expect(priceOf(bybit).exactPrice).toBeCloseTo(19_700, 9);
    expect(codesOf({ ...bybit, backing: { mode: 'cross', walletBalance: 400 } })).toContain('cross-rule-not-confirmed');
  });

  test("Hyperliquid's price of 1 BTC at 10x and 100,000 is the vector's, and a large position fires in steps", () => {
    const position = { venue: 'hyperliquid', entryPrice: 100_000 } as const;
    expect(priceOf(position).exactPrice).toBeCloseTo(91_139.2405, 4);
    expect(priceOf({ ...position, side: 'short' }).exactPrice).toBeCloseTo(108_641.9753, 4);
    expect(codesOf(position)).toEqual([]);
    expect(codesOf({ ...position, size: 2 })).toEqual(['liquidated-in-steps']);
  });

  test('at the price of a Deribit account its equity is the requirement of the size it then has', () => {
    for (const side of ['long', 'short'] as const) {
      const sizeUsd = 6_000_000;
      const wallet = { mode: 'cross', walletBalance: 10 } as const;
      const answer = priceOf({ venue: 'deribit', symbol: 'BTCUSD', side, size: sizeUsd, backing: wallet });
      const sign = side === 'long' ? 1 : -1;
      const coins = sizeUsd / answer.exactPrice;
      expect(10 + sign * (sizeUsd / 60_000 - coins)).toBeCloseTo((0.01 + 0.000_05 * coins) * coins, 9);
      expect(answer.maintenanceRate).toBeCloseTo(0.01 + 0.000_05 * coins, 12);
      expect(sign * (60_000 - answer.exactPrice)).toBeGreaterThan(0);
      expect(answer.warnings.map(({ code }) => code)).toEqual(['table-outdated', 'liquidated-in-steps']);
    }
    expect(answerOf({ venue: 'deribit', symbol: 'BTCUSD' })).toEqual({ kind: 'unknown', reason: 'cross-only' });
  });

  test("Kraken's levels count part by part on the value at entry", () => {
    // 1,000,000 USD: 1 % of the first half and 2 % of the second, on 1,000,000 / 50,000 = 20 BTC: .3 BTC.
    const answer = priceOf({ venue: 'kraken', symbol: 'BTCUSD', entryPrice: 50_000, size: 999_999.999 });
    expect(answer.maintenanceRate).toBe(0.02);
    expect(answer.deduction).toBeCloseTo(0.1, 9);
    expect(answer.exactPrice).toBeCloseTo(1_000_000 / (20 + 2 - 0.3), 3);
  });
});

describe("a host's tables", () => {
  test("a host's table stands in the place of the shipped one, the newest not later than the present", () => {
    const older = hostTable('binance', 'BTCUSDT', { asOf: '2026-01-01' });
    const newer = hostTable('binance', 'BTCUSDT');
    const future = hostTable('binance', 'BTCUSDT', { asOf: '2027-01-01' });
    const answer = priceOf({ tables: [future, newer, older] });
    expect(answer.basis.asOf).toBe('2026-11-20');
    expect(answer.maintenanceRate).toBe(0.01);
    expect(answer.deduction).toBeCloseTo(250, 9);
    expect(answer.exactPrice).toBeCloseTo((54_000 - 250) / 0.99, 6);
    const other = priceOf({ tables: [hostTable('binance', 'ETHUSDT')] });
    expect(other.basis.asOf).toBe('2024-10-24');
  });

  test('an invalid table is refused with place and rule, even one of another contract', () => {
    const good = hostTable('bybit', 'BTCUSDT');
    const bad = hostTable('binance', 'ETHUSDT', {
      brackets: [
        { floor: 0, cap: 10_000, maintenanceRate: 0.004, maxLeverage: 125 },
        { floor: 10_000, cap: 50_000, maintenanceRate: 0.005, maxLeverage: 100 },
        { floor: 60_000, cap: 70_000, maintenanceRate: 0.01, maxLeverage: 50 },
      ],
    });
    expect(faultOf({ tables: [good, bad] })).toEqual({
      code: 'malformed-brackets',
      field: 'tables[1].brackets[2].floor',
      message: 'tables[1].brackets[2].floor must equal the cap of the row before (50000), was 60000',
    });
  });

  test.each([
    ['a missing source', { source: undefined }, 'tables[0].source must be a text that is not empty, was undefined'],
    ['an unknown venue', { venue: 'mtgox' }, 'tables[0].venue must be a venue id, was "mtgox"'],
    ['rows that are no list', { brackets: {} }, 'tables[0].brackets must be a list of rows, was an object'],
    ['a row that is no object', { brackets: [3] }, 'tables[0].brackets[0] must be an object, was 3'],
    [
      'a number as text',
      { brackets: [{ floor: '0', cap: 1, maintenanceRate: 0.01, maxLeverage: 50 }] },
      'tables[0].brackets[0].floor must be a number, was "0"',
    ],
    [
      'an open end before the last row',
      { brackets: [{ floor: 0, cap: null, maintenanceRate: 0.01, maxLeverage: 50 }, {}] },
      'tables[0].brackets[0].cap must be a number, was null',
    ],
    ['an impossible day', { asOf: '2026-02-30' }, 'tables[0].asOf must be a day, YYYY-MM-DD, was 2026-02-30'],
  ])('%s is refused', (_name, change, message) => {
    const table = { ...hostTable('binance', 'BTCUSDT'), ...change } as unknown as BracketTable;
    expect(faultOf({ tables: [table] }).message).toBe(message);
  });
});

describe('a query that breaks a rule', () => {
  test.each<[Change, string]>([
    [{ entryPrice: 0 }, 'entryPrice must be above 0, was 0'],
    [{ size: Number.NaN }, 'size must be above 0, was NaN'],
    [{ notional: 5 }, 'query must have either size or notional, was neither or both'],
    [{ symbol: undefined }, 'query must have either ownSymbol or symbol, was neither or both'],
    [
      { backing: { mode: 'isolated' } },
      'query must have either backing.leverage or backing.margin, was neither or both',
    ],
    [{ backing: { mode: 'isolated', leverage: 0.5 } }, 'backing.leverage must be at least 1, was 0.5'],
    [{ backing: { mode: 'isolated', leverage: 2, extraMargin: -1 } }, 'backing.extraMargin must be at least 0, was -1'],
    [{ backing: { mode: 'cross', walletBalance: -1 } }, 'backing.walletBalance must be at least 0, was -1'],
    [
      { backing: { mode: 'cross', walletBalance: 1, otherProfit: Number.NaN } },
      'backing.otherProfit must be a finite number, was NaN',
    ],
    [{ takerFeeRate: 1 }, 'takerFeeRate must be a fraction of at least 0 and below 1, was 1'],
    [{ tickSize: 0 }, 'tickSize must be above 0, was 0'],
    [{ now: Number.NaN as UnixMs }, 'now must be a time from 1970 to 9999, was NaN'],
    [{ venue: 'mtgox' as VenueId }, 'venue must be a venue id, was mtgox'],
  ])('is refused by naming field and rule: %j', (change, message) => {
    expect(faultOf(change)).toMatchObject({ code: 'malformed-position', message });
  });
});
