import { expect, test } from 'vitest';
import type { UnixMs } from '@liquidation-heatmap/core';
import { contractOf } from '../../wire-levels.js';
import { calendarTimeOf } from './calendar-time.js';
import { candlesUrl, tradesUrl } from './endpoints.js';
import { kraken } from './index.js';
import { tabledInstrument } from './instruments.js';
import { parseBrackets } from './parse-brackets.js';
import { parseInstruments } from './parse-instruments.js';
import { parseBars, parseMarkBars, parseMissedTrades, parseServerTime } from './parse-rest.js';

const START = 1_790_265_600_000;
const CONTRACT = contractOf(tabledInstrument('PF_XBTUSD')!);
const MINUTE = 60_000;

const candle = (minutes: number, more: object = {}) => ({
  time: START + minutes * MINUTE,
  open: '84406',
  high: '84924.5',
  low: '84009',
  close: '84476',
  volume: '250.90500000',
  ...more,
});

test('closed candles become bars, oldest first, without what takers bought; the running one is left out', () => {
  const body = { candles: [candle(1), candle(0), candle(2)], more_candles: false };
  const bars = parseBars(body, CONTRACT, MINUTE, (START + 2 * MINUTE + 1) as UnixMs);
  expect(bars.ok && bars.value.map(({ eventTime }) => eventTime)).toEqual([START + MINUTE, START + 2 * MINUTE]);
  expect(bars.ok && bars.value[0]).toMatchObject({
    ...{ kind: 'bar', durationMs: MINUTE, open: 84_406, high: 84_924.5, low: 84_009, close: 84_476 },
    ...{ size: 250.905, takerBuySize: undefined },
  });
  const marks = parseMarkBars(body, CONTRACT, MINUTE, (START + 5 * MINUTE) as UnixMs);
  expect(marks.ok && marks.value).toHaveLength(3);
  expect(marks.ok && Object.keys(marks.value[0]!)).not.toContain('size');
});

test.each([
  ['no list', {}, 'candles'],
  ['no time', { candles: [candle(0, { time: 'now' })] }, 'candles.time'],
  ['a high below the close', { candles: [candle(0, { high: '84407' })] }, 'candles.high'],
  ['a low above the open', { candles: [candle(0, { low: '84410' })] }, 'candles.low'],
  ['an open of zero', { candles: [candle(0, { open: '0' })] }, 'candles.open'],
  ['a close as number', { candles: [candle(0, { close: 84_476 })] }, 'candles.close'],
  ['no volume', { candles: [candle(0, { volume: null })] }, 'candles.volume'],
])('candles with %s are a fault by field', (_, body, field) => {
  expect(parseBars(body, CONTRACT, MINUTE, (START + MINUTE) as UnixMs)).toMatchObject({ ok: false, fault: { field } });
});

const past = (time: string, more: object = {}) => ({
  ...{ time, uid: `uid ${time}`, side: 'sell', type: 'fill', size: '0.0100', price: 84_001.5, trade_id: 7, ...more },
});

test('missed trades become frames of the socket, oldest first, and are complete back to the oldest', () => {
  const body = {
    result: 'success',
    history: [
      past('2026-09-24T16:00:03.500Z'),
      past('2026-09-24T16:00:02.25Z'),
      past('2026-09-24T16:00:01.000000000Z'),
    ],
  };
  const missed = parseMissedTrades(body, 'PF_XBTUSD', (START + 2_000) as UnixMs);
  expect(missed).toMatchObject({ ok: true, value: { from: START + 2_000 } });
  const session = kraken.createSession({});
  const events = missed.ok
    ? missed.value.frames.flatMap((text) => session.onText(text, (START + 9_000) as UnixMs))
    : [];
  expect(session.takeFaults()).toEqual([]);
  expect(events.filter(({ kind }) => kind === 'trade')).toMatchObject([
    { eventTime: START + 2_250, id: 'uid 2026-09-24T16:00:02.25Z', size: 0.01, takerSide: 'sell' },
    { eventTime: START + 3_500 },
  ]);
  const short = parseMissedTrades(body, 'PF_XBTUSD', (START - 60_000) as UnixMs);
  expect(short).toMatchObject({ ok: true, value: { from: START + 1_000 } });
  expect(parseMissedTrades({ history: [] }, 'PF_XBTUSD', START as UnixMs)).toMatchObject({
    value: { from: Number.NaN },
  });
});

test.each([
  ['no list', { history: 1 }, 'history'],
  ['a time as number', { history: [past('', { time: START })] }, 'history.time'],
  ['a size of zero', { history: [past('2026-09-24T16:00:01Z', { size: '0' })] }, 'history.size'],
])('past trades with %s are a fault by field', (_, body, field) => {
  expect(parseMissedTrades(body, 'PF_XBTUSD', START as UnixMs)).toMatchObject({ ok: false, fault: { field } });
});

test.each([
  ['1970-01-01T00:00:00Z', 0],
  ['2000-02-29T12:00:00.5Z', 951_825_600_500],
  ['2021-07-22T23:02:07.160Z', 1_626_994_927_160],
  ['2024-03-01T00:00:00.123456789Z', 1_709_251_200_123],
  ['2026-12-31T23:59:59.999Z', 1_798_761_599_999],
])('%s is %i', (text, time) => {
  expect(calendarTimeOf(text)).toBe(time);
});

test.each([
  '2021-02-29T00:00:00Z',
  '2100-02-29T00:00:00Z',
  '2021-07-22T24:00:00Z',
  '2021-04-31T00:00:00Z',
  '2021-07-22T00:60:00Z',
  7,
])('%s is no time', (raw) => {
  expect(calendarTimeOf(raw)).toBeNaN();
});

test('the venue’s time stands in its bodies', () => {
  expect(parseServerTime({ serverTime: '2021-07-22T23:02:07.160Z' })).toEqual({ ok: true, value: 1_626_994_927_160 });
  expect(parseServerTime({})).toMatchObject({ ok: false, fault: { field: 'serverTime' } });
});

const row = (symbol: string, more: object = {}) => ({
  ...{ symbol, type: 'flexible_futures', base: 'BTC', quote: 'USD', tickSize: 1, contractSize: 1, tradeable: true },
  ...{ contractValueTradePrecision: 4, marginLevels: [], ...more },
});
const listOf = (...instruments: readonly object[]) => ({ result: 'success', instruments });

test('the list gives perpetuals against USD that trade, linear ones first, whatever their names look like', () => {
  const parsed = parseInstruments(
    listOf(
      row('PF_LOOKS_LINEAR', { type: 'futures_inverse', tickSize: 0.5, contractValueTradePrecision: 0 }),
      row('PF_PEPEUSD', { base: 'PEPE', tickSize: 1e-9, contractValueTradePrecision: -3 }),
      row('FF_XBTUSD_261225', { lastTradingTime: '2026-12-25T08:00:00Z' }),
      row('PF_HALTED', { tradeable: false }),
      row('PF_XBTEUR', { quote: 'EUR' }),
      { symbol: 'in_xbtusd', type: 'spot index', tradeable: true },
    ),
  );
  expect(parsed).toEqual({
    ok: true,
    value: [
      {
        ...{ id: 'kraken:PF_PEPEUSD', venue: 'kraken', ownSymbol: 'PF_PEPEUSD', symbol: 'PEPEUSDT', kind: 'linear' },
        ...{ tickSize: '0.000000001', sizeStep: '1000', contractMultiplier: 1 },
      },
      {
        ...{ id: 'kraken:PF_LOOKS_LINEAR', venue: 'kraken', ownSymbol: 'PF_LOOKS_LINEAR', symbol: 'BTCUSDT' },
        ...{ kind: 'inverse', tickSize: '0.5', sizeStep: '1', contractMultiplier: 1 },
      },
    ],
  });
});

test.each([
  ['a refusal', { result: 'error', error: 'Unavailable' }, 'instruments.result'],
  ['no list', { result: 'success' }, 'instruments'],
  ['no name', listOf(row('')), 'instruments.symbol'],
  ['a tick as text', listOf(row('PF_A', { tickSize: '1' })), 'instruments.PF_A.tickSize'],
  ['no contract size', listOf(row('PF_A', { contractSize: 0 })), 'instruments.PF_A.contractSize'],
  [
    'no decimals',
    listOf(row('PF_A', { contractValueTradePrecision: undefined })),
    'instruments.PF_A.contractValueTradePrecision',
  ],
])('a list with %s is a fault by field', (_, body, field) => {
  expect(parseInstruments(body)).toMatchObject({ ok: false, fault: { field } });
});

const level = (floor: number, initial: number, more: object = {}) => ({
  ...{ numNonContractUnits: floor, initialMargin: initial, maintenanceMargin: initial / 2, ...more },
});

test('margin levels of a linear contract are in USD and sorted; each rate counts for its own part', () => {
  const body = listOf(row('PF_XBTUSD', { marginLevels: [level(1_000_000, 0.02), level(0, 0.01)] }));
  const table = parseBrackets(body, 'PF_XBTUSD', '2026-09-25');
  expect(table).toMatchObject({
    ok: true,
    value: {
      ...{ venue: 'kraken', ownSymbol: 'PF_XBTUSD', asOf: '2026-09-25' },
      brackets: [
        { floor: 0, cap: 1_000_000, maintenanceRate: 0.005, maxLeverage: 100, deduction: 0 },
        { floor: 1_000_000, cap: Number.POSITIVE_INFINITY, maintenanceRate: 0.01, maxLeverage: 50, deduction: 5_000 },
      ],
    },
  });
});

test.each([
  ['another contract', listOf(row('PF_B')), 'instruments'],
  ['no levels', listOf(row('PF_A', { marginLevels: undefined })), 'instruments.PF_A.marginLevels'],
  ['an empty list', listOf(row('PF_A')), 'brackets'],
  ['a rate of zero', listOf(row('PF_A', { marginLevels: [level(0, 0)] })), 'instruments.PF_A.marginLevels'],
  [
    'a maintenance margin of zero',
    listOf(row('PF_A', { marginLevels: [level(0, 0.1, { maintenanceMargin: 0 })] })),
    'brackets[0].maintenanceRate',
  ],
  ['a day that is none', listOf(row('PF_A', { marginLevels: [level(0, 0.1)] })), 'asOf'],
])('margin levels with %s are a fault by field', (name, body, field) => {
  const asOf = name === 'a day that is none' ? 'today' : '2026-09-25';
  expect(parseBrackets(body, 'PF_A', asOf)).toMatchObject({ ok: false, fault: { field } });
});

test('addresses name product, interval and whole seconds', () => {
  expect(tradesUrl('PF_XBTUSD')).toBe('https://futures.kraken.com/derivatives/api/v3/history?symbol=PF_XBTUSD');
  expect(candlesUrl('mark', 'PF_XBTUSD', '5m', { from: 1_500, to: 2_001 })).toBe(
    'https://futures.kraken.com/api/charts/v1/mark/PF_XBTUSD/5m?from=1&to=3',
  );
});
