import { expect, test } from 'vitest';
import type { UnixMs } from '@liquidation-heatmap/core';
import { contractOf } from '../../wire-levels.js';
import { candlesUrl, liquidationsUrl, marginTiersUrl, restCallOf, statsUrl, tradesUrl } from './endpoints.js';
import { gate } from './index.js';
import { tabledInstrument } from './instruments.js';
import { parseBrackets } from './parse-brackets.js';
import { parseBars, parseMarkBars } from './parse-candle.js';
import {
  parseInstruments,
  parseMissedTrades,
  parseOpenInterestHistory,
  parsePastLiquidations,
  parseRatios,
  parseTime,
} from './parse-rest.js';

const SECONDS = 1_790_000_040;
const START = SECONDS * 1_000;
const MINUTE = 60_000;
const CONTRACT = contractOf(tabledInstrument('BTC_USDT')!);

const candle = (minutes: number, more: object = {}) => ({
  ...{ t: SECONDS + 60 * minutes, o: '60000', h: '60010.5', l: '59990', c: '60005', v: 12_345, sum: '7', ...more },
});

test('closed candles become bars in coin, oldest first, without what takers bought; the running one is left out', () => {
  const now = (START + 2 * MINUTE + 1) as UnixMs;
  const bars = parseBars([candle(1), candle(0, { v: '5.5' }), candle(2)], CONTRACT, MINUTE, now);
  expect(bars.ok && bars.value).toMatchObject([
    { kind: 'bar', eventTime: START + MINUTE, seenTime: START + MINUTE, size: 0.00055, takerBuySize: undefined },
    { eventTime: START + 2 * MINUTE, open: 60_000, high: 60_010.5, low: 59_990, close: 60_005, size: 1.2345 },
  ]);
  const marks = parseMarkBars([candle(0, { v: undefined })], CONTRACT.id, MINUTE, now);
  expect(marks.ok && marks.value).toMatchObject([{ kind: 'mark-bar', durationMs: MINUTE, close: 60_005 }]);
});

test.each([
  ['a refusal', { label: 'INVALID_PARAM_VALUE', message: 'no' }, 'candlesticks'],
  ['no time', [candle(0, { t: 'x' })], 'candlesticks.t'],
  ['an open that is a number', [candle(0, { o: 1 })], 'candlesticks.o'],
  ['a close of zero', [candle(0, { c: '0' })], 'candlesticks.c'],
  ['a high below the close', [candle(0, { h: '60001' })], 'candlesticks.h'],
  ['a low above the open', [candle(0, { l: '60001' })], 'candlesticks.l'],
  ['no size', [candle(0, { v: undefined })], 'candlesticks.v'],
])('candles with %s are a fault by field', (_, body, field) => {
  expect(parseBars(body, CONTRACT, MINUTE, (START + MINUTE) as UnixMs)).toMatchObject({ fault: { field } });
});

const contract = (name: string, more: object = {}) => ({
  ...{ name, type: 'direct', order_price_round: '0.0001', quanto_multiplier: '10', in_delisting: false, ...more },
});

test('contracts are listed by exact name; one of unknown size keeps its size unknown, and others are left out', () => {
  const list = [
    contract('A_USDT'),
    contract('B_USDT', { quanto_multiplier: '0' }),
    ...[contract('C_USD'), contract('D_USDT', { type: 'inverse' }), contract('E_USDT', { in_delisting: true })],
    contract('F_USDT_20270101'),
  ];
  expect(parseInstruments(list)).toMatchObject({
    value: [
      {
        ...{ id: 'gate:A_USDT', symbol: 'AUSDT', kind: 'linear' },
        ...{ tickSize: '0.0001', sizeStep: '10', contractMultiplier: 10 },
      },
      { id: 'gate:B_USDT', contractMultiplier: undefined },
    ],
  });
  expect(parseInstruments([contract('A_USDT', { order_price_round: '0' })])).toMatchObject({
    fault: { field: 'contracts.A_USDT.order_price_round' },
  });
  expect(parseInstruments({ label: 'X' })).toMatchObject({ fault: { code: 'rejected' } });
});

const stats = (minutes: number, more: object = {}) => ({
  ...{ time: SECONDS + 60 * minutes, open_interest: '651185722', lsr_account: 3, top_lsr_account: 1 },
  ...{ top_lsr_size: '0.25', ...more },
});

test('open interest of the past comes in coin, ratios as shares of longs, oldest first', () => {
  const interest = parseOpenInterestHistory([stats(5), stats(0, { open_interest: 5 })], CONTRACT);
  expect(interest).toMatchObject({
    value: [
      { kind: 'open-interest', eventTime: START, size: 0.0005 },
      { size: 65_118.5722, seenTime: START + 5 * MINUTE },
    ],
  });
  const ratios = parseRatios([stats(0)], CONTRACT.id);
  expect(ratios.ok && ratios.value.map(({ population, longShare }) => [population, longShare])).toEqual([
    ['all-accounts', 0.75],
    ['top-accounts', 0.5],
    ['top-positions', 0.2],
  ]);
  for (const field of ['lsr_account', 'top_lsr_account', 'top_lsr_size'])
    expect(parseRatios([stats(0, { [field]: null })], CONTRACT.id)).toMatchObject({
      fault: { field: `contract_stats.${field}` },
    });
  expect(parseOpenInterestHistory([stats(0, { open_interest: '' })], CONTRACT)).toMatchObject({
    fault: { field: 'contract_stats.open_interest' },
  });
  expect(parseOpenInterestHistory([stats(0, { time: START })], CONTRACT)).toMatchObject({
    fault: { field: 'contract_stats.time' },
  });
});

test('in the list of past liquidations the sign is the position’s, the other way round than on the socket', () => {
  const row = { time: SECONDS, contract: 'BTC_USDT', size: 440, order_price: '1', fill_price: '35408.9' };
  expect(parsePastLiquidations([{ ...row, time: SECONDS + 1, size: '-1.5' }, row], CONTRACT)).toMatchObject({
    value: [
      { positionSide: 'long', price: 35_408.9, priceKind: 'fill', size: 0.044, eventTime: START },
      { positionSide: 'short', size: 0.00015 },
    ],
  });
  for (const [field, value] of [
    ['time', '1'],
    ['fill_price', '0'],
    ['size', 0],
  ] as const)
    expect(parsePastLiquidations([{ ...row, [field]: value }], CONTRACT)).toMatchObject({
      fault: { field: `liq_orders.${field}` },
    });
});

test('missed trades become a frame of the socket, oldest first, complete back to the oldest, and the session reads it', () => {
  const row = (seconds: number, id: number) => ({
    ...{
      id,
      create_time: SECONDS,
      create_time_ms: SECONDS + seconds,
      contract: 'BTC_USDT',
      size: -3,
      price: '60000.1',
    },
  });
  const missed = parseMissedTrades([row(2.5, 3), row(1.2504, 2), row(0, 1)], (START + 1_000) as UnixMs);
  if (!missed.ok) throw new Error(missed.fault.message);
  expect(missed.value.from).toBe(START + 1_000);
  const session = gate.createSession({});
  const events = missed.value.frames.flatMap((text) => [...session.onText(text, (START + 9_000) as UnixMs)]);
  expect(events.slice(1)).toMatchObject([
    { kind: 'trade', id: '2', eventTime: START + 1_250, takerSide: 'sell' },
    { kind: 'trade', id: '3', eventTime: START + 2_500 },
  ]);
  expect(parseMissedTrades([row(2, 3)], START as UnixMs)).toMatchObject({ value: { from: START + 2_000 } });
  const none = parseMissedTrades([], START as UnixMs);
  expect(none.ok && none.value).toEqual({ frames: [], from: Number.NaN });
  expect(parseMissedTrades([{ ...row(0, 1), create_time_ms: START }], START as UnixMs)).toMatchObject({
    fault: { field: 'trades.create_time_ms' },
  });
});

const tier = (n: number, limit: string, rate: string, leverage: string, deduction: string) => ({
  ...{ tier: n, risk_limit: limit, initial_rate: '0.01', maintenance_rate: rate, leverage_max: leverage, deduction },
});

test('margin tiers are a table without holes; one whose requirement jumps is refused', () => {
  const tiers = [tier(2, '3000000', '0.01', '50', '5000'), tier(1, '1000000', '0.005', '100', '0')];
  expect(parseBrackets(tiers, 'BTC_USDT', '2026-11-27')).toMatchObject({
    value: {
      ...{ venue: 'gate', ownSymbol: 'BTC_USDT', asOf: '2026-11-27' },
      brackets: [
        { floor: 0, cap: 1_000_000, maintenanceRate: 0.005, maxLeverage: 100, deduction: 0 },
        { floor: 1_000_000, cap: 3_000_000, maintenanceRate: 0.01, maxLeverage: 50, deduction: 5_000 },
      ],
    },
  });
  expect(parseBrackets([tiers[1], { ...tiers[0], deduction: '0' }], 'BTC_USDT', '2026-11-27')).toMatchObject({
    fault: { field: 'brackets[1].deduction' },
  });
  expect(parseBrackets([{ ...tiers[0], risk_limit: 5 }], 'BTC_USDT', '2026-11-27')).toMatchObject({
    fault: { field: 'risk_limit_tiers.BTC_USDT' },
  });
  expect(parseBrackets([], 'BTC_USDT', '2026-11-27')).toMatchObject({ ok: false });
});

test('the venue tells its time in milliseconds', () => {
  expect(parseTime({ server_time: START })).toMatchObject({ value: START });
  expect(parseTime({ server_time: SECONDS })).toMatchObject({ fault: { field: 'time.server_time' } });
});

test('addresses name their call, their contract, and whole seconds', () => {
  const span = { from: START + 1, to: START + 1_999 };
  expect(candlesUrl('mark', 'BTC_USDT', '5m', span)).toBe(
    `https://api.gateio.ws/api/v4/futures/usdt/candlesticks?contract=mark_BTC_USDT&interval=5m&from=${SECONDS + 1}&to=${SECONDS + 1}`,
  );
  expect(candlesUrl('trade', 'BTC_USDT', '1m', span)).toContain('contract=BTC_USDT&');
  expect(liquidationsUrl('BTC_USDT', span)).toContain(`from=${SECONDS}&to=${SECONDS + 2}`);
  expect(statsUrl('BTC_USDT', '5m', START, 100)).toContain(`interval=5m&from=${SECONDS}&limit=100`);
  expect(restCallOf(tradesUrl('BTC_USDT', 1_000))).toEqual({ call: 'trades', ownSymbol: 'BTC_USDT' });
  expect(restCallOf(marginTiersUrl('BTC_USDT'))).toEqual({ call: 'risk_limit_tiers', ownSymbol: 'BTC_USDT' });
});
