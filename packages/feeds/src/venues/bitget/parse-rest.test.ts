import { expect, test } from 'vitest';
import type { UnixMs } from '@liquidation-heatmap/core';
import { candlesUrl, marginTiersUrl, tradesUrl } from './endpoints.js';
import { bitget } from './index.js';
import { parseBrackets } from './parse-brackets.js';
import {
  parseAccountRatio,
  parseBars,
  parseInstruments,
  parseMarkBars,
  parseMissedTrades,
  parseTime,
} from './parse-rest.js';

const START = 1_790_000_040_000;
const MINUTE = 60_000;
const ID = 'bitget:BTCUSDT';
const ok = (data: unknown) => ({ code: '00000', msg: 'success', requestTime: START, data });

const CANDLE = ['60000', '60010.5', '59990', '60005', '250.905', '15000000'];
const candle = (minutes: number, change: Readonly<Record<number, unknown>> = {}): readonly unknown[] =>
  [String(START + minutes * MINUTE), ...CANDLE].map((cell, i) => (i in change ? change[i] : cell));

test('closed candles become bars in coin, oldest first, without what takers bought; the running one is left out', () => {
  const now = (START + 2 * MINUTE + 1) as UnixMs;
  const bars = parseBars(ok([candle(2), candle(1), candle(0)]), ID, MINUTE, now);
  expect(bars.ok && bars.value).toMatchObject([
    {
      ...{ kind: 'bar', eventTime: START + MINUTE, seenTime: START + MINUTE, size: 250.905, takerBuySize: undefined },
      ...{ open: 60_000, high: 60_010.5, low: 59_990, close: 60_005, durationMs: MINUTE },
    },
    { eventTime: START + 2 * MINUTE },
  ]);
  const marks = parseMarkBars(ok([candle(0, { 5: '0' })]), ID, MINUTE, now);
  expect(marks.ok && marks.value).toMatchObject([{ kind: 'mark-bar', close: 60_005 }]);
});

test.each([
  ['a refusal', { code: '40020', msg: 'Parameter limit error' }, 'code'],
  ['no list', ok({}), 'candles'],
  ['a row that is none', ok([{}]), 'candles'],
  ['no time', ok([candle(0, { 0: 'x' })]), 'candles[0]'],
  ['an open of zero', ok([candle(0, { 1: '0' })]), 'candles[1]'],
  ['a high below the close', ok([candle(0, { 2: '60001' })]), 'candles[2]'],
  ['a low above the open', ok([candle(0, { 3: '60001' })]), 'candles[3]'],
  ['a close that is a number', ok([candle(0, { 4: 60_005 })]), 'candles[4]'],
  ['no size', ok([candle(0, { 5: '' })]), 'candles[5]'],
])('candles with %s are a fault by field', (_, body, field) => {
  expect(parseBars(body, ID, MINUTE, (START + MINUTE) as UnixMs)).toMatchObject({ fault: { field } });
});

const contract = (symbol: string, more: object = {}) => ({
  ...{ symbol, category: 'USDT-FUTURES', baseCoin: symbol.replace('USDT', ''), quoteCoin: 'USDT', type: 'perpetual' },
  ...{ priceMultiplier: '0.05', quantityMultiplier: '0.0001', status: 'online', ...more },
});

test('perpetuals in USDT that trade are listed by the venue’s own fields; others are left out', () => {
  const list = [
    contract('AUSDT', { baseCoin: 'A' }),
    contract('BUSDT', { type: undefined, symbolType: 'perpetual' }),
    ...[contract('CUSDT', { type: 'delivery', symbolType: 'crypto' }), contract('DPERP', { quoteCoin: 'USDC' })],
    ...[contract('EUSDT', { status: 'offline' }), contract('FUSDT', { category: 'SPOT' })],
  ];
  expect(parseInstruments(ok(list))).toMatchObject({
    value: [
      {
        ...{ id: 'bitget:AUSDT', symbol: 'AUSDT', kind: 'linear' },
        ...{ tickSize: '0.05', sizeStep: '0.0001', contractMultiplier: 1 },
      },
      { id: 'bitget:BUSDT' },
    ],
  });
  for (const [field, change] of [
    ['instruments.symbol', { baseCoin: 7 }],
    ['instruments.AUSDT.priceMultiplier', { priceMultiplier: '0' }],
    ['instruments.AUSDT.quantityMultiplier', { quantityMultiplier: '' }],
  ] as const)
    expect(parseInstruments(ok([contract('AUSDT', change)]))).toMatchObject({ fault: { field } });
});

test('the share of long accounts is told, oldest first', () => {
  const row = (minutes: number, longAccountRatio: unknown, shortAccountRatio: unknown = '0.25') => ({
    ...{ longAccountRatio, shortAccountRatio, longShortAccountRatio: '3', ts: String(START + minutes * MINUTE) },
  });
  expect(parseAccountRatio(ok([row(5, '0.75'), row(0, '0.5', '0.5')]), ID)).toMatchObject({
    value: [{ population: 'all-accounts', longShare: 0.5, eventTime: START }, { longShare: 0.75 }],
  });
  for (const [field, bad] of [
    ['longAccountRatio', row(0, 1)],
    ['shortAccountRatio', row(0, '0', '0')],
    ['ts', { ...row(0, '1'), ts: '' }],
  ] as const)
    expect(parseAccountRatio(ok([bad]), ID)).toMatchObject({ fault: { field: `account-long-short.${field}` } });
});

test('missed trades become a frame of the socket, oldest first, complete back to the oldest, and the session reads it', () => {
  const row = (ms: number, execId: string) => ({
    ...{ execId, price: '60000.1', size: '0.5', side: 'sell', ts: String(START + ms) },
  });
  const missed = parseMissedTrades(
    ok([row(2_500, '3'), row(1_250, '2'), row(0, '1')]),
    'BTCUSDT',
    (START + 1_000) as UnixMs,
  );
  if (!missed.ok) throw new Error(missed.fault.message);
  expect(missed.value.from).toBe(START + 1_000);
  const session = bitget.createSession({});
  const events = missed.value.frames.flatMap((text) => [...session.onText(text, (START + 9_000) as UnixMs)]);
  expect(events.slice(1)).toMatchObject([
    { kind: 'trade', id: '2', eventTime: START + 1_250, takerSide: 'sell', size: 0.5 },
    { kind: 'trade', id: '3' },
  ]);
  expect(parseMissedTrades(ok([row(2_000, '3')]), 'BTCUSDT', START as UnixMs)).toMatchObject({
    value: { from: START + 2_000 },
  });
  const none = parseMissedTrades(ok([]), 'BTCUSDT', START as UnixMs);
  expect(none.ok && none.value).toEqual({ frames: [], from: Number.NaN });
  expect(parseMissedTrades(ok([{ ...row(0, '1'), ts: 'x' }]), 'BTCUSDT', START as UnixMs)).toMatchObject({
    fault: { field: 'fills.ts' },
  });
});

test('margin tiers are a table whose requirement is continuous; one with a hole is refused', () => {
  const tier = (min: string, max: string, leverage: string, mmr: string) => ({
    ...{ tier: '1', minTierValue: min, maxTierValue: max, leverage, mmr },
  });
  const tiers = [tier('50000', '200000', '100', '0.005'), tier('0', '50000', '125', '0.004')];
  expect(parseBrackets(ok(tiers), 'BTCUSDT', '2026-11-27')).toMatchObject({
    value: {
      ...{ venue: 'bitget', ownSymbol: 'BTCUSDT', asOf: '2026-11-27' },
      brackets: [
        { floor: 0, cap: 50_000, maintenanceRate: 0.004, maxLeverage: 125, deduction: 0 },
        { floor: 50_000, cap: 200_000, maintenanceRate: 0.005, maxLeverage: 100, deduction: 50 },
      ],
    },
  });
  const hole = [tiers[1], tier('60000', '200000', '100', '0.005')];
  expect(parseBrackets(ok(hole), 'BTCUSDT', '2026-11-27')).toMatchObject({ fault: { field: 'brackets[1].floor' } });
  expect(parseBrackets(ok([tier('0', '', '125', '0.004')]), 'BTCUSDT', '2026-11-27')).toMatchObject({
    fault: { field: 'position-tier.BTCUSDT' },
  });
});

test('the venue tells its time as text', () => {
  expect(parseTime(ok({ serverTime: String(START) }))).toMatchObject({ value: START });
  expect(parseTime(ok({ serverTime: 'now' }))).toMatchObject({ fault: { field: 'time.serverTime' } });
  expect(parseTime({ code: '429' })).toMatchObject({ fault: { code: 'rejected' } });
});

test('addresses name category, contract and span', () => {
  expect(candlesUrl('MARK', 'BTCUSDT', '5m', 1_000, { from: START, to: START + 1 })).toBe(
    `https://api.bitget.com/api/v3/market/candles?category=USDT-FUTURES&symbol=BTCUSDT&interval=5m&type=MARK&startTime=${START}&endTime=${START + 1}&limit=1000`,
  );
  for (const url of [tradesUrl('BTCUSDT', 100), marginTiersUrl('BTCUSDT')]) {
    expect(url).toContain('category=USDT-FUTURES&symbol=BTCUSDT');
    expect(bitget.ownsUrl(url)).toBe(true);
  }
});
