import { describe, expect, test } from 'vitest';
import type { UnixMs } from '@liquidation-heatmap/core';
import { LINE as INVERSE } from '../../venues/okx-inverse/instruments.js';
import { LINE } from '../../venues/okx/instruments.js';
import { contractOf } from '../../wire-levels.js';
import * as addresses from './endpoints.js';
import {
  parseCandles,
  parseInstruments,
  parseLongShortRatio,
  parseMarkCandles,
  parseOpenInterestHistory,
  parseTime,
} from './parse-rest.js';

const START = 1_790_000_040_000;
const MINUTE = 60_000;
const SWAP = contractOf(LINE.tabledInstrument('BTC-USDT-SWAP', START as UnixMs)!);
const COIN_SWAP = contractOf(INVERSE.tabledInstrument('BTC-USD-SWAP', START as UnixMs)!);
const ok = (data: unknown) => ({ code: '0', msg: '', data });
const prices = ['60000', '60010.5', '59990', '60001'];
const candle = (minutes: number, ...more: readonly unknown[]) => [String(START + minutes * MINUTE), ...prices, ...more];
const full = (minutes: number) => candle(minutes, '855', '8.55', '513000', '1');

describe('candles', () => {
  test('closed ones become bars, oldest first, in coins or USD of their contracts; the running one is left out', () => {
    const body = ok([full(2), full(1), full(0)]);
    const bars = parseCandles(body, SWAP, MINUTE, (START + 2 * MINUTE + 1) as UnixMs);
    expect(bars.ok && bars.value.map(({ eventTime }) => eventTime)).toEqual([START + MINUTE, START + 2 * MINUTE]);
    expect(bars.ok && bars.value[0]).toMatchObject({
      ...{ kind: 'bar', instrument: 'okx:BTC-USDT-SWAP', durationMs: MINUTE, open: 60_000, high: 60_010.5 },
      ...{ low: 59_990, close: 60_001, size: 8.55, takerBuySize: undefined },
    });
    expect(parseCandles(ok([full(0)]), COIN_SWAP, MINUTE, (START + MINUTE) as UnixMs)).toMatchObject({
      value: [{ instrument: 'okx-inverse:BTC-USD-SWAP', size: 85_500 }],
    });
  });

  test('of marks have prices alone', () => {
    const marks = parseMarkCandles(ok([candle(1, '1'), candle(0, '1')]), SWAP, MINUTE, (START + 9 * MINUTE) as UnixMs);
    expect(marks).toMatchObject({
      value: [{ kind: 'mark-bar', eventTime: START + MINUTE, low: 59_990 }, { eventTime: START + 2 * MINUTE }],
    });
  });

  test.each([
    ['a refusal', { code: '51001', msg: 'Instrument ID does not exist', data: [] }, 'code'],
    ['a text', 'busy', 'code'],
    ['no list', ok({}), 'data'],
    ['a row that is none', ok([{}]), 'candles'],
    ['no start', ok([['', ...prices, '1']]), 'candles[0]'],
    ['a price of zero', ok([[String(START), '0', ...prices.slice(1), '1']]), 'candles[1..4]'],
    ['no contracts', ok([candle(0)]), 'candles[5]'],
  ])('%s is a fault by field', (_, body, field) => {
    expect(parseCandles(body, SWAP, MINUTE, (START + MINUTE) as UnixMs)).toMatchObject({ ok: false, fault: { field } });
  });
});

describe('open interest of the past', () => {
  test('counts contracts, oldest first', () => {
    const rows = [
      [String(START + 5 * MINUTE), '2000', '20', '1200000'],
      [String(START), '1000.5', '10.005', '600300'],
    ];
    expect(parseOpenInterestHistory(ok(rows), SWAP)).toMatchObject({
      value: [
        { kind: 'open-interest', eventTime: START, seenTime: START, size: 10.005 },
        { eventTime: START + 5 * MINUTE, size: 20 },
      ],
    });
    expect(parseOpenInterestHistory(ok(rows), COIN_SWAP)).toMatchObject({
      value: [{ size: 100_050 }, { size: 200_000 }],
    });
  });

  test.each([
    ['a row that is none', {}, 'open-interest-history[0]'],
    ['no time', ['', '1'], 'open-interest-history[0]'],
    ['a negative amount', [String(START), '-1'], 'open-interest-history[1]'],
  ])('%s is a fault by field', (_, row, field) => {
    expect(parseOpenInterestHistory(ok([row]), SWAP)).toMatchObject({ ok: false, fault: { field } });
  });
});

describe('longs and shorts', () => {
  test('a ratio becomes the share of longs, oldest first', () => {
    const rows = [
      [String(START + 1), '0'],
      [String(START), '3'],
    ];
    expect(parseLongShortRatio(ok(rows), SWAP.id, 'top-positions')).toMatchObject({
      value: [
        { kind: 'long-short-ratio', eventTime: START, population: 'top-positions', longShare: 0.75 },
        { eventTime: START + 1, longShare: 0 },
      ],
    });
  });

  test.each([
    ['no time', ['x', '1'], 'long-short-ratio[0]'],
    ['a negative ratio', [String(START), '-0.1'], 'long-short-ratio[1]'],
    ['no ratio', [String(START)], 'long-short-ratio[1]'],
  ])('%s is a fault by field', (_, row, field) => {
    expect(parseLongShortRatio(ok([row]), SWAP.id, 'all-accounts')).toMatchObject({ ok: false, fault: { field } });
  });
});

test('the venue’s time is a text', () => {
  expect(parseTime(ok([{ ts: String(START) }]))).toEqual({ ok: true, value: START });
  expect(parseTime(ok([]))).toMatchObject({ fault: { field: 'time.ts' } });
});

describe('the list of swaps', () => {
  const row = {
    ...{ instType: 'SWAP', instId: 'BTC-USDT-SWAP', ctType: 'linear', ctVal: '0.01', ctMult: '1', ctValCcy: 'BTC' },
    ...{ settleCcy: 'USDT', tickSz: '0.1', lotSz: '0.01' },
  };

  test('a multiplier counts beside the contract value, and other kinds of contract are left out', () => {
    const data = [
      { ...row, ctMult: '10' },
      { ...row, instType: 'FUTURES', instId: 'BTC-USD_UM_XPERP-310404' },
      { ...row, instId: 'BTC-USD_UM_XPERP-310404', ctType: '', settleCcy: 'USD' },
    ];
    expect(parseInstruments(ok(data), LINE)).toMatchObject({
      value: [{ id: 'okx:BTC-USDT-SWAP', contractMultiplier: 0.1 }],
    });
  });

  test.each([
    ['no name', { instId: 7 }, 'instruments.instId'],
    ['no tick size', { tickSz: '' }, 'BTC-USDT-SWAP.tickSz'],
    ['a size step of zero', { lotSz: '0' }, 'BTC-USDT-SWAP.lotSz'],
  ])('%s is a fault by field', (_, more, field) => {
    expect(parseInstruments(ok([{ ...row, ...more }]), LINE)).toMatchObject({ ok: false, fault: { field } });
  });
});

test('addresses name both ends of a span so that both are in it', () => {
  const span = { from: START, to: START + 2 * MINUTE };
  const { searchParams, pathname } = new URL(addresses.candlesUrl('history-candles', 'BTC-USDT-SWAP', '1m', 100, span));
  expect(pathname).toBe('/api/v5/market/history-candles');
  expect(Object.fromEntries(searchParams)).toEqual({
    ...{ instId: 'BTC-USDT-SWAP', bar: '1m', limit: '100' },
    ...{ before: String(START - 1), after: String(START + 2 * MINUTE + 1) },
  });
  const ratios = (['all-accounts', 'top-accounts', 'top-positions'] as const).map(
    (population) => new URL(addresses.longShortRatioUrl(population, 'BTC-USDT-SWAP', '5m', 100)).pathname,
  );
  expect(new Set(ratios).size).toBe(3);
  for (const url of [addresses.PUBLIC_SOCKET_URL, addresses.TIME_URL, addresses.tradesUrl('BTC-USDT-SWAP', 500)])
    expect(addresses.ownsUrl(url)).toBe(true);
  expect(addresses.ownsUrl('wss://stream.bybit.com/v5/public/linear')).toBe(false);
});
