import { expect, test } from 'vitest';
import { bracketsOn, type UnixMs } from '@liquidation-heatmap/core';
import { contractOf } from '../../wire-levels.js';
import {
  CONTEXTS_REQUEST,
  META_REQUEST,
  bookRequest,
  candlesRequest,
  ownsUrl,
  positionsRequest,
  recentTradesRequest,
} from './endpoints.js';
import { tabledInstrument } from './instruments.js';
import { parseBrackets } from './parse-brackets.js';
import { parsePositions } from './parse-positions.js';
import { parseBars, parseContexts, parseInstruments, parseMissedTrades, parseServerTime } from './parse-rest.js';

const START = 1_790_265_600_000;
const MINUTE = 60_000;
const BTC = tabledInstrument('BTC')!;
const CONTRACT = contractOf(BTC);

const META = {
  universe: [
    { szDecimals: 5, name: 'BTC', maxLeverage: 40, marginTableId: 56 },
    { szDecimals: 1, name: 'MATIC', maxLeverage: 20, marginTableId: 20, isDelisted: true },
    { szDecimals: 4, name: 'ETH', maxLeverage: 25, marginTableId: 55 },
    { szDecimals: 0, name: 'kPEPE', maxLeverage: 10, marginTableId: 10 },
  ],
  marginTables: [
    [
      55,
      {
        description: 'tiered 25x',
        marginTiers: [
          { lowerBound: '100000000.0', maxLeverage: 15 },
          { lowerBound: '0.0', maxLeverage: 25 },
        ],
      },
    ],
    [
      56,
      {
        description: 'tiered 40x',
        marginTiers: [
          { lowerBound: '0.0', maxLeverage: 40 },
          { lowerBound: '150000000.0', maxLeverage: 20 },
        ],
      },
    ],
  ],
  collateralToken: 0,
};
const CTX = { funding: '0.0000125', openInterest: '39939.21482', oraclePx: '81814.0', markPx: '81779.1', midPx: null };

const candle = (minutes: number, more: object = {}) => ({
  t: START + minutes * MINUTE,
  T: START + (minutes + 1) * MINUTE - 1,
  s: 'BTC',
  i: '1m',
  o: '64082.0',
  c: '64100.0',
  h: '64110.0',
  l: '64080.0',
  v: '6.392',
  n: 125,
  ...more,
});

test('contracts that trade are listed with the finest steps; names are the venue’s own', () => {
  const specs = parseInstruments(META);
  expect(specs.ok && specs.value.map(({ id, symbol, tickSize, sizeStep }) => [id, symbol, tickSize, sizeStep])).toEqual(
    [
      ['hyperliquid:BTC', 'BTCUSDT', '0.1', '0.00001'],
      ['hyperliquid:ETH', 'ETHUSDT', '0.01', '0.0001'],
      ['hyperliquid:kPEPE', 'kPEPEUSDT', '0.000001', '1'],
    ],
  );
});

test.each([
  ['no object', null, 'meta'],
  ['no list', {}, 'meta.universe'],
  ['no name', { universe: [{ szDecimals: 1 }] }, 'meta.universe.name'],
  ['half a decimal', { universe: [{ name: 'A', szDecimals: 1.5 }] }, 'meta.A.szDecimals'],
  ['too many decimals', { universe: [{ name: 'A', szDecimals: 7 }] }, 'meta.A.szDecimals'],
])('a list with %s is a fault by field', (_, raw, field) => {
  expect(parseInstruments(raw)).toMatchObject({ ok: false, fault: { field } });
});

test('margin tables are those that ship with core for the same day', () => {
  for (const coin of ['BTC', 'ETH']) {
    const { table } = bracketsOn('hyperliquid', coin, '2026-09-27')!;
    const parsed = parseBrackets(META, coin, '2026-09-27');
    expect(parsed.ok && parsed.value.brackets).toHaveLength(2);
    if (!parsed.ok) continue;
    for (const [i, bracket] of parsed.value.brackets.entries()) {
      const shipped = table.brackets[i]!;
      expect(bracket).toEqual({ ...shipped, deduction: expect.closeTo(shipped.deduction, 6) as number });
    }
  }
});

test('a contract without a table has one bracket of its highest leverage', () => {
  expect(parseBrackets(META, 'kPEPE', '2026-09-27')).toMatchObject({
    ok: true,
    value: {
      venue: 'hyperliquid',
      ownSymbol: 'kPEPE',
      brackets: [{ floor: 0, cap: Infinity, maintenanceRate: 0.05, maxLeverage: 10, deduction: 0 }],
    },
  });
});

test.each([
  ['a contract that is not listed', META, 'NEW', 'meta.universe'],
  ['a table that is missing', { ...META, marginTables: [] }, 'BTC', 'meta.marginTables.56'],
  ['no number of a table', { universe: [{ name: 'A', maxLeverage: 3 }] }, 'A', 'meta.A.marginTableId'],
  ['no leverage', { universe: [{ name: 'A', marginTableId: 3 }] }, 'A', 'meta.A.maxLeverage'],
  [
    'a bad tier',
    { ...META, marginTables: [[56, { marginTiers: [{ lowerBound: 0, maxLeverage: 40 }] }]] },
    'BTC',
    'meta.marginTables.56',
  ],
  [
    'a first tier that begins above zero',
    { ...META, marginTables: [[56, { marginTiers: [{ lowerBound: '5.0', maxLeverage: 40 }] }]] },
    'BTC',
    'brackets[0].floor',
  ],
])('brackets with %s are a fault by field', (_, raw, coin, field) => {
  expect(parseBrackets(raw, coin, '2026-09-27')).toMatchObject({ ok: false, fault: { field } });
});

test('states of all contracts are told apart by their place in the universe', () => {
  const eth = { ...CTX, markPx: '2478.3' };
  const raw = [META, [CTX, {}, eth, CTX]];
  expect(parseContexts(raw, BTC, START as UnixMs)).toMatchObject({
    ok: true,
    value: [
      { kind: 'mark', price: 81_779.1, eventTime: START, instrument: 'hyperliquid:BTC' },
      { kind: 'index', price: 81_814 },
      { kind: 'open-interest', size: 39_939.21482 },
      { kind: 'funding', rate: 0.0000125 },
    ],
  });
  const ofEth = parseContexts(raw, tabledInstrument('ETH')!, START as UnixMs);
  expect(ofEth.ok && ofEth.value[0]).toMatchObject({ kind: 'mark', price: 2478.3 });
  const unlisted = parseContexts(raw, tabledInstrument('DOGE')!, START as UnixMs);
  expect(unlisted).toMatchObject({ ok: false, fault: { field: 'metaAndAssetCtxs.DOGE' } });
  expect(parseContexts({}, BTC, START as UnixMs)).toMatchObject({ ok: false, fault: { field: 'meta' } });
});

test('closed candles become bars, oldest first, without what takers bought; the running one is left out', () => {
  const bars = parseBars([candle(1), candle(0), candle(2)], CONTRACT, (START + 2 * MINUTE) as UnixMs);
  expect(bars.ok && bars.value).toHaveLength(2);
  const eventTime = START + MINUTE;
  expect(bars.ok && bars.value[0]).toEqual({
    kind: 'bar',
    instrument: 'hyperliquid:BTC',
    eventTime,
    seenTime: eventTime,
    durationMs: MINUTE,
    ...{ open: 64_082, high: 64_110, low: 64_080, close: 64_100 },
    size: 6.392,
    takerBuySize: undefined,
  });
});

test.each([
  ['no list', {}, 'candleSnapshot'],
  ['no start', [candle(0, { t: 'x' })], 'candleSnapshot.t'],
  ['an end before its start', [candle(0, { T: START - 1 })], 'candleSnapshot.T'],
  ['no open', [candle(0, { o: '0' })], 'candleSnapshot.o'],
  ['no close', [candle(0, { c: null })], 'candleSnapshot.c'],
  ['a high that is not the highest', [candle(0, { h: '64090.0' })], 'candleSnapshot.h'],
  ['a low that is not the lowest', [candle(0, { l: '64083.0' })], 'candleSnapshot.l'],
  ['a size below zero', [candle(0, { v: '-1' })], 'candleSnapshot.v'],
])('candles with %s are a fault by field', (_, raw, field) => {
  expect(parseBars(raw, CONTRACT, (START + 9 * MINUTE) as UnixMs)).toMatchObject({ ok: false, fault: { field } });
});

test('missed trades come oldest first under a channel of their own, complete back to the oldest', () => {
  const row = (ms: number, tid: number) => ({ coin: 'BTC', time: START + ms, tid });
  const newestFirst = [row(9, 4), row(5, 3), row(5, 2), row(1, 1)];
  const missed = parseMissedTrades(newestFirst, (START + 5) as UnixMs);
  expect(missed).toEqual({
    ok: true,
    value: {
      frames: [JSON.stringify({ channel: 'recentTrades', data: [row(5, 2), row(5, 3), row(9, 4)] })],
      from: START + 5,
    },
  });
  expect(parseMissedTrades(newestFirst, (START - 5) as UnixMs)).toMatchObject({ value: { from: START + 1 } });
  expect(parseMissedTrades(newestFirst, (START + 50) as UnixMs)).toMatchObject({ value: { frames: [] } });
  expect(parseMissedTrades([], START as UnixMs)).toEqual({ ok: true, value: { frames: [], from: Number.NaN } });
  expect(parseMissedTrades([{}], START as UnixMs)).toMatchObject({ fault: { field: 'recentTrades.time' } });
});

const held = (coin: string, szi: string, more: object = {}) => ({
  type: 'oneWay',
  position: {
    coin,
    szi,
    entryPx: '64000.5',
    liquidationPx: '51234.25',
    leverage: { type: 'cross', value: 20 },
    ...more,
  },
});

test('positions of an address have a side, a size and the price that liquidates them, where there is one', () => {
  const raw = {
    assetPositions: [
      held('BTC', '0.5'),
      held('ETH', '-2.0', { liquidationPx: null, leverage: { type: 'isolated', value: 5, rawUsd: '1.0' } }),
      held('SOL', '0.0'),
    ],
    time: START,
  };
  expect(parsePositions(raw)).toEqual({
    ok: true,
    value: {
      time: START,
      positions: [
        {
          instrument: 'hyperliquid:BTC',
          side: 'long',
          size: 0.5,
          entryPrice: 64_000.5,
          liquidationPrice: 51_234.25,
          leverage: 20,
          marginMode: 'cross',
        },
        {
          instrument: 'hyperliquid:ETH',
          side: 'short',
          size: 2,
          entryPrice: 64_000.5,
          liquidationPrice: undefined,
          leverage: 5,
          marginMode: 'isolated',
        },
      ],
    },
  });
});

test.each([
  ['no object', null, 'clearinghouseState'],
  ['no time', { assetPositions: [] }, 'clearinghouseState.time'],
  ['no list', { time: START }, 'clearinghouseState.assetPositions'],
  ['no position', { time: START, assetPositions: [{}] }, 'assetPositions.position'],
  ['no coin', { time: START, assetPositions: [held('', '1')] }, 'position.coin'],
  ['no size', { time: START, assetPositions: [held('BTC', 'x')] }, 'position.BTC.szi'],
  ['no entry', { time: START, assetPositions: [held('BTC', '1', { entryPx: null })] }, 'position.BTC.entryPx'],
  [
    'a liquidation price that is absent',
    { time: START, assetPositions: [held('BTC', '1', { liquidationPx: undefined })] },
    'position.BTC.liquidationPx',
  ],
  [
    'a leverage of another type',
    { time: START, assetPositions: [held('BTC', '1', { leverage: { type: 'portfolio', value: 20 } })] },
    'position.BTC.leverage.type',
  ],
  ['no leverage', { time: START, assetPositions: [held('BTC', '1', { leverage: 20 })] }, 'position.BTC.leverage'],
  [
    'a leverage below 1',
    { time: START, assetPositions: [held('BTC', '1', { leverage: { type: 'cross', value: 0 } })] },
    'position.BTC.leverage.value',
  ],
])('positions with %s are a fault by field', (_, raw, field) => {
  expect(parsePositions(raw)).toMatchObject({ ok: false, fault: { field } });
});

test('the venue’s time is that of a book', () => {
  expect(parseServerTime({ coin: 'BTC', time: START, levels: [[], []] })).toEqual({ ok: true, value: START });
  expect(parseServerTime([])).toMatchObject({ ok: false, fault: { field: 'l2Book.time' } });
});

test('every question goes to one address, with what is asked in the body', () => {
  const span = { from: START, to: START + MINUTE };
  const asked = [
    META_REQUEST,
    CONTEXTS_REQUEST,
    candlesRequest('kPEPE', '5m', span),
    recentTradesRequest('BTC'),
    bookRequest('BTC'),
    positionsRequest('0xab'),
  ];
  expect(new Set(asked.map(({ url }) => url))).toEqual(new Set(['https://api.hyperliquid.xyz/info']));
  expect(asked.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
    { type: 'meta' },
    { type: 'metaAndAssetCtxs' },
    { type: 'candleSnapshot', req: { coin: 'kPEPE', interval: '5m', startTime: START, endTime: START + MINUTE } },
    { type: 'recentTrades', coin: 'BTC' },
    { type: 'l2Book', coin: 'BTC' },
    { type: 'clearinghouseState', user: '0xab' },
  ]);
  expect(asked.every(({ url }) => ownsUrl(url)) && ownsUrl('wss://api.hyperliquid.xyz/ws')).toBe(true);
  expect(ownsUrl('https://api.hyperliquid.xyz.example/info')).toBe(false);
});
