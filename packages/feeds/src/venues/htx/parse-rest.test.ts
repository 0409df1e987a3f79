import { expect, test } from 'vitest';
import type { UnixMs } from '@liquidation-heatmap/core';
import * as addresses from './endpoints.js';
import { htx } from './index.js';
import { jsonWithLongIds } from './long-numbers.js';
import { parseBars, parseMarkBars } from './parse-candle.js';
import {
  parseEliteRatio,
  parseInstruments,
  parseMissedTrades,
  parseOpenInterestHistory,
  parseTime,
} from './parse-rest.js';

const START = 1_790_265_600_000;
const ID = 'htx:BTC-USDT';
const MINUTE = 60_000;
const ok = (data: unknown) => ({ status: 'ok', data, ts: START });

const candle = (minutes: number, more: object = {}) => ({
  id: START / 1_000 + minutes * 60,
  ...{ open: 84_406, high: 84_924.5, low: 84_009, close: 84_476, amount: 1.508, vol: 1_508, count: 24, ...more },
});

test('closed candles become bars of one side, oldest first, without what takers bought; the running one is left out', () => {
  const body = ok([candle(1), candle(0), candle(2)]);
  const bars = parseBars(body, ID, MINUTE, (START + 2 * MINUTE + 1) as UnixMs);
  expect(bars.ok && bars.value.map(({ eventTime }) => eventTime)).toEqual([START + MINUTE, START + 2 * MINUTE]);
  expect(bars.ok && bars.value[0]).toMatchObject({
    ...{ kind: 'bar', durationMs: MINUTE, open: 84_406, high: 84_924.5, low: 84_009, close: 84_476 },
    ...{ size: 0.754, takerBuySize: undefined },
  });
});

test('candles of mark prices come as texts', () => {
  const texts = { open: '84406', high: '84924.5', low: '84009', close: '84476', amount: '0' };
  const marks = parseMarkBars(ok([candle(0, texts)]), ID, MINUTE, (START + MINUTE) as UnixMs);
  expect(marks.ok && marks.value).toMatchObject([{ kind: 'mark-bar', high: 84_924.5, eventTime: START + MINUTE }]);
  expect(parseMarkBars(ok([candle(0)]), ID, MINUTE, START as UnixMs)).toMatchObject({
    fault: { field: 'mark_price_kline.open' },
  });
});

test.each([
  ['a refusal', { 'status': 'error', 'err-msg': 'invalid size' }, 'status'],
  ['no list', ok({}), 'kline.data'],
  ['no start', ok([candle(0, { id: START })]), 'kline.id'],
  ['a high below the close', ok([candle(0, { high: 84_407 })]), 'kline.high'],
  ['a low above the open', ok([candle(0, { low: 84_410 })]), 'kline.low'],
  ['an open of zero', ok([candle(0, { open: 0 })]), 'kline.open'],
  ['a close as text', ok([candle(0, { close: '84476' })]), 'kline.close'],
  ['no amount', ok([candle(0, { amount: null })]), 'kline.amount'],
])('candles with %s are a fault by field', (_, body, field) => {
  expect(parseBars(body, ID, MINUTE, (START + MINUTE) as UnixMs)).toMatchObject({ ok: false, fault: { field } });
});

const past = (ms: number, id: string) =>
  `{"amount":2,"quantity":0.002,"ts":${START + ms},"id":${id},"price":84001.5,"direction":"sell"}`;
const LONG = '99999999999999990001';

test('missed trades become one frame that is not taken for history, oldest first, with whole ids', () => {
  const text = `{"status":"ok","data":[{"id":1,"data":[${past(3_500, LONG)},${past(3_000, '7')}]},{"id":2,"data":[${past(1_000, '6')}]}]}`;
  const missed = parseMissedTrades(jsonWithLongIds(text), 'BTC-USDT', (START + 2_000) as UnixMs);
  expect(missed).toMatchObject({ ok: true, value: { from: START + 2_000 } });
  const session = htx.createSession({});
  const events = missed.ok
    ? missed.value.frames.flatMap((frame) => session.onText(frame, (START + 9_000) as UnixMs))
    : [];
  expect(session.takeFaults()).toEqual([]);
  expect(events.filter(({ kind }) => kind === 'trade')).toMatchObject([
    { id: '7', size: 0.001, takerSide: 'sell' },
    { id: LONG, eventTime: START + 3_500 },
  ]);
  const short = parseMissedTrades(jsonWithLongIds(text), 'BTC-USDT', (START - 60_000) as UnixMs);
  expect(short).toMatchObject({ value: { from: START + 1_000 } });
  expect(parseMissedTrades(ok([]), 'BTC-USDT', START as UnixMs)).toEqual({
    ok: true,
    value: { frames: [], from: Number.NaN },
  });
});

test.each([
  ['no list', ok(7), 'history/trade.data'],
  ['a batch without trades', ok([{}]), 'history/trade.data.data'],
  ['no time', ok([{ data: [{ ts: 'x' }] }]), 'history/trade.ts'],
])('past trades with %s are a fault by field', (_, body, field) => {
  expect(parseMissedTrades(body, 'BTC-USDT', START as UnixMs)).toMatchObject({ ok: false, fault: { field } });
});

const row = (ownSymbol: string, more: object = {}) => ({
  ...{ symbol: 'BTC', contract_code: ownSymbol, contract_size: 0.001, price_tick: 0.1, contract_status: 1 },
  ...{ contract_type: 'swap', business_type: 'swap', trade_partition: 'USDT', ...more },
});

test('the list gives perpetuals in USDT that trade, with their contract size', () => {
  const listed = parseInstruments(
    ok([
      row('BTC-USDT'),
      row('SHIB-USDT', { symbol: 'SHIB', contract_size: 1_000, price_tick: 1e-9 }),
      row('CYBER-USDT', { contract_status: 3 }),
      row('BTC-USDT-261225', { contract_type: 'quarter' }),
      row('BTC-HUSD', { trade_partition: 'HUSD' }),
    ]),
  );
  expect(listed).toEqual({
    ok: true,
    value: [
      {
        ...{ id: 'htx:BTC-USDT', venue: 'htx', ownSymbol: 'BTC-USDT', symbol: 'BTCUSDT', kind: 'linear' },
        ...{ tickSize: '0.1', sizeStep: '0.001', contractMultiplier: 0.001 },
      },
      {
        ...{ id: 'htx:SHIB-USDT', venue: 'htx', ownSymbol: 'SHIB-USDT', symbol: 'SHIBUSDT', kind: 'linear' },
        ...{ tickSize: '0.000000001', sizeStep: '1000', contractMultiplier: 1_000 },
      },
    ],
  });
});

test.each([
  ['no list', ok(null), 'swap_contract_info.data'],
  ['no coin', ok([row('A-USDT', { symbol: 7 })]), 'swap_contract_info.contract_code'],
  ['a tick as text', ok([row('A-USDT', { price_tick: '0.1' })]), 'swap_contract_info.A-USDT.price_tick'],
  ['no contract size', ok([row('A-USDT', { contract_size: null })]), 'swap_contract_info.A-USDT.contract_size'],
])('a list with %s is a fault by field', (_, body, field) => {
  expect(parseInstruments(body)).toMatchObject({ ok: false, fault: { field } });
});

test('past open interest is in coin, halved and oldest first', () => {
  const tick = (hours: number, volume: number) => ({ volume, amount_type: 2, value: 1, ts: START + hours * 3_600_000 });
  const history = parseOpenInterestHistory(ok({ symbol: 'BTC', tick: [tick(1, 30_001), tick(0, 30_000)] }), ID);
  expect(history.ok && history.value.map(({ eventTime, size }) => [eventTime, size])).toEqual([
    [START, 15_000],
    [START + 3_600_000, 15_000.5],
  ]);
  for (const [more, field] of [
    [{ amount_type: 1 }, 'amount_type'],
    [{ volume: '1' }, 'volume'],
    [{ ts: 0 }, 'ts'],
  ] as const)
    expect(parseOpenInterestHistory(ok({ tick: [{ ...tick(0, 1), ...more }] }), ID)).toMatchObject({
      fault: { field: `swap_his_open_interest.${field}` },
    });
});

test('the share of longs leaves accounts with both sides out, oldest first', () => {
  const list = [
    { buy_ratio: 0.5, sell_ratio: 0.5, ts: START + 300_000 },
    { buy_ratio: 0.6, sell_ratio: 0.2, locked_ratio: 0.2, ts: START },
  ];
  const ratios = parseEliteRatio(ok({ list }), ID, 'top-accounts');
  expect(ratios.ok && ratios.value).toMatchObject([
    { kind: 'long-short-ratio', population: 'top-accounts', eventTime: START },
    { longShare: 0.5 },
  ]);
  expect(ratios.ok && ratios.value[0]!.longShare).toBeCloseTo(0.75, 12);
  for (const [more, field] of [
    [{ buy_ratio: 1.1 }, 'buy_ratio'],
    [{ buy_ratio: 0, sell_ratio: 0 }, 'sell_ratio'],
    [{ ts: null }, 'ts'],
  ] as const)
    expect(parseEliteRatio(ok({ list: [{ ...list[0], ...more }] }), ID, 'top-positions')).toMatchObject({
      fault: { field: `elite_ratio.${field}` },
    });
});

test('the venue’s time is in milliseconds', () => {
  expect(parseTime({ status: 'ok', ts: START })).toEqual({ ok: true, value: START });
  expect(parseTime({ status: 'ok' })).toMatchObject({ ok: false, fault: { field: 'timestamp.ts' } });
});

test('addresses name contract, span in seconds and count', () => {
  expect(addresses.candlesUrl('BTC-USDT', '5min', { from: 1_500, to: 2_999 })).toBe(
    'https://api.hbdm.com/linear-swap-ex/market/history/kline?contract_code=BTC-USDT&period=5min&from=1&to=2',
  );
  expect(addresses.markCandlesUrl('BTC-USDT', '1min', 60)).toBe(
    'https://api.hbdm.com/index/market/history/linear_swap_mark_price_kline?contract_code=BTC-USDT&period=1min&size=60',
  );
  expect(addresses.tradesUrl('BTC-USDT', 2_000)).toMatch(
    /\/linear-swap-ex\/market\/history\/trade\?contract_code=BTC-USDT&size=2000$/,
  );
  expect(addresses.eliteRatioUrl('BTC-USDT', 'account', '5min')).toMatch(
    /swap_elite_account_ratio\?contract_code=BTC-USDT&period=5min$/,
  );
  expect(addresses.openInterestHistoryUrl('BTC-USDT', 200)).toMatch(/&period=60min&amount_type=2&size=200$/);
  const { call, ownSymbol } = addresses.restCallOf(addresses.openInterestUrl('龙虾-USDT'));
  expect([call, ownSymbol]).toEqual(['swap_open_interest', '龙虾-USDT']);
});
