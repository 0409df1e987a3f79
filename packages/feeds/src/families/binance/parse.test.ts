import { describe, expect, test } from 'vitest';
import type { UnixMs } from '@liquidation-heatmap/core';
import { tickScaleOf } from '../../wire-fields.js';
import { parseKline } from './parse-candle.js';
import {
  parseAggTrade,
  parseBookTicker,
  parseDepthUpdate,
  parseForceOrder,
  parseMarkPrice,
  parseTrade,
} from './parse.js';
import type { Contract } from '../../wire-levels.js';

const T = 1_790_000_000_000;
const SEEN = (T + 20) as UnixMs;
const BTC: Contract = { id: 'binance:BTCUSDT', scale: tickScaleOf({ tickSize: '0.10' }), multiplier: 1 };

const aggTrade = { e: 'aggTrade', E: T, T, s: 'BTCUSDT', a: 7, p: '60000.10', q: '0.016', m: true } as const;
const trade = { e: 'trade', E: T, T, s: 'BTCUSDT', t: 9, p: '60000.10', q: '0.5', X: 'MARKET', m: false } as const;
const depth = {
  e: 'depthUpdate',
  E: T,
  T,
  s: 'BTCUSDT',
  U: 1,
  u: 5,
  pu: 0,
  b: [['60000.10', '1.5']],
  a: [['60000.20', '0.000']],
} as const;
const mark = {
  e: 'markPriceUpdate',
  E: T,
  s: 'BTCUSDT',
  p: '60000.12345678',
  i: '60001.5',
  r: '-0.00010000',
  T: T + 1,
} as const;
const order = { s: 'BTCUSDT', S: 'SELL', p: '59000', ap: '59900.25', l: '0.1', z: '0.5', T } as const;
const candle = { t: T, T: T + 59_999, o: '5', h: '7', l: '4', c: '6', v: '10', V: '4', x: true } as const;

const parseCandleOf = (k: object) => parseKline({ e: 'kline', E: T, s: 'BTCUSDT', k: { ...candle, ...k } }, BTC, SEEN);
const parseOrderOf = (o: object) => parseForceOrder({ e: 'forceOrder', E: T, o: { ...order, ...o } }, BTC, SEEN);

test('a buyer that was the maker means that the taker sold', () => {
  expect(parseAggTrade(aggTrade, BTC, SEEN)).toMatchObject({
    value: { takerSide: 'sell', priceTicks: 600_001, size: 0.016, id: '7', eventTime: T, seenTime: SEEN },
  });
  expect(parseTrade(trade, BTC, SEEN)).toMatchObject({ value: { takerSide: 'buy', id: '9' } });
});

test.each(['INSURANCE_FUND', 'ADL', 'NA'])('a trade of kind %s moved no price and is left out', (X) => {
  expect(parseTrade({ ...trade, X }, BTC, SEEN)).toEqual({ ok: true, value: undefined });
});

test('a depth update keeps the ids that chain it and the zero that deletes', () => {
  const update = parseDepthUpdate(depth, BTC, SEEN);
  expect(update).toMatchObject({ value: { first: 1, last: 5, previous: 0 } });
  if (!update.ok) throw new Error(update.fault.message);
  expect([...update.value.delta.bids.ticks, ...update.value.delta.asks.ticks]).toEqual([600_001, 600_002]);
  expect([...update.value.delta.asks.sizes]).toEqual([0]);
});

test('a level of an order older than the tick size keeps its price as a fraction of ticks', () => {
  const old: Contract = { id: 'binance:CTKUSDT', scale: tickScaleOf({ tickSize: '0.00100' }), multiplier: 1 };
  const update = parseDepthUpdate({ ...depth, b: [['0.50579', '2']] }, old, SEEN);
  if (!update.ok) throw new Error(update.fault.message);
  expect([...update.value.delta.bids.ticks]).toEqual([505.79]);
});

test('mark, index and funding come of one frame; a delivery contract has no funding', () => {
  expect(parseMarkPrice(mark, BTC.id, SEEN)).toMatchObject({
    value: [
      { kind: 'mark', price: 60000.12345678 },
      { kind: 'index', price: 60001.5 },
      { kind: 'funding', rate: -0.0001, nextTime: T + 1 },
    ],
  });
  for (const without of [{ r: '' }, { T: 0 }]) {
    expect(parseMarkPrice({ ...mark, ...without }, BTC.id, SEEN)).toMatchObject({ value: { length: 2 } });
  }
});

test('a forced sell closes a long, at the average fill and with all that was filled', () => {
  expect(parseOrderOf({})).toMatchObject({
    value: { positionSide: 'long', price: 59900.25, priceKind: 'fill', size: 0.5, completeness: 'throttled' },
  });
  expect(parseOrderOf({ S: 'BUY' })).toMatchObject({ value: { positionSide: 'short' } });
});

test.each([[{ ap: '0' }], [{ ap: undefined }]])(
  'a forced order without a fill price %j says that its price is the limit',
  (without) => {
    expect(parseOrderOf(without)).toMatchObject({ value: { price: 59_000, priceKind: 'order' } });
  },
);

test('only a closed candle is a bar, and its time is its close', () => {
  expect(parseCandleOf({})).toMatchObject({
    value: { eventTime: T + 60_000, durationMs: 60_000, open: 5, high: 7, low: 4, close: 6, size: 10, takerBuySize: 4 },
  });
  expect(parseCandleOf({ x: false })).toEqual({ ok: true, value: undefined });
});

const BAD = ['NaN', '', '-1', 'abc', '1e3', '0x10', ' 1', undefined, null, 5, '1.2.3', '.5', '1.'];
const NUMBERS: readonly (readonly [field: string, parse: (value: unknown) => unknown])[] = [
  ['aggTrade.p', (p) => parseAggTrade({ ...aggTrade, p }, BTC, SEEN)],
  ['aggTrade.q', (q) => parseAggTrade({ ...aggTrade, q }, BTC, SEEN)],
  ['trade.p', (p) => parseTrade({ ...trade, p }, BTC, SEEN)],
  ['trade.q', (q) => parseTrade({ ...trade, q }, BTC, SEEN)],
  ['depthUpdate.b[0][0]', (p) => parseDepthUpdate({ ...depth, b: [[p, '1']] }, BTC, SEEN)],
  ['depthUpdate.a[0][1]', (q) => parseDepthUpdate({ ...depth, a: [['60000.10', q]] }, BTC, SEEN)],
  ['markPriceUpdate.p', (p) => parseMarkPrice({ ...mark, p }, BTC.id, SEEN)],
  ['markPriceUpdate.i', (i) => parseMarkPrice({ ...mark, i }, BTC.id, SEEN)],
  ['forceOrder.o.z', (z) => parseOrderOf({ z })],
  ['forceOrder.o.p', (p) => parseOrderOf({ ap: '0', p })],
  ['kline.k.o', (o) => parseCandleOf({ o })],
  ['kline.k.v', (v) => parseCandleOf({ v })],
  ['bookTicker.b', (b) => parseBookTicker({ e: 'bookTicker', u: 1, s: 'BTCUSDT', b, B: '1', a: '2', A: '1' }, BTC)],
];

describe.each(NUMBERS)('%s', (field, parse) => {
  test.each(BAD)('%j is a fault that names the field and the rule', (value) => {
    expect(parse(value)).toMatchObject({
      ok: false,
      fault: { field, message: expect.stringContaining(`${field} must be`) as unknown },
    });
  });
});

test.each([
  ['aggTrade.a', { a: 1.5 }],
  ['aggTrade.a', { a: '7' }],
  ['aggTrade.T', { T: 0 }],
  ['aggTrade.T', { T: 'soon' }],
  ['aggTrade.m', { m: 'yes' }],
])('%s of %j is a fault', (field, change) => {
  expect(parseAggTrade({ ...aggTrade, ...change }, BTC, SEEN)).toMatchObject({ ok: false, fault: { field } });
});

test('a traded price off the tick size is refused as off-tick', () => {
  expect(parseAggTrade({ ...aggTrade, p: '60000.15' }, BTC, SEEN)).toMatchObject({
    fault: { code: 'off-tick', field: 'aggTrade.p' },
  });
});

test('one bad level spoils the whole update', () => {
  const levels = [
    ['60000.10', '1'],
    ['60000.00', '-1'],
  ];
  expect(parseDepthUpdate({ ...depth, b: levels }, BTC, SEEN)).toMatchObject({
    ok: false,
    fault: { field: 'depthUpdate.b[1][1]' },
  });
});

test('a candle whose high is not its highest price is refused', () => {
  expect(parseCandleOf({ h: '5.5' })).toMatchObject({ fault: { field: 'kline.k.h' } });
  expect(parseCandleOf({ l: '5.5' })).toMatchObject({ fault: { field: 'kline.k.l' } });
  expect(parseCandleOf({ V: '11' })).toMatchObject({ fault: { field: 'kline.k.V' } });
});
