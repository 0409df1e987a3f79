import { expect, test } from 'vitest';
import type { UnixMs } from '@liquidation-heatmap/core';
import { tickScaleOf } from '../../wire-fields.js';
import { LINE as COINM } from '../../venues/binance-coinm/instruments.js';
import { LINE } from '../../venues/binance/instruments.js';
import {
  parseDepthSnapshot,
  parseExchangeInfo,
  parseKlines,
  parseMarkPriceKlines,
  parseOpenInterest,
  parseOpenInterestHistory,
} from './parse-rest.js';

const T = 1_790_000_000_000;
const BTC = { id: 'binance:BTCUSDT', scale: tickScaleOf({ tickSize: '0.10' }), multiplier: 1 } as const;
const row = (start: number) => [start, '5', '7', '4', '6', '10', start + 59_999, '0', 3, '4', '0', '0'];

const symbolInfo = {
  symbol: 'BTCUSDT',
  contractType: 'PERPETUAL',
  status: 'TRADING',
  baseAsset: 'BTC',
  quoteAsset: 'USDT',
  filters: [
    { filterType: 'PRICE_FILTER', tickSize: '0.10' },
    { filterType: 'LOT_SIZE', stepSize: '0.001' },
  ],
};

test('a depth snapshot carries the update id it is true at', () => {
  const body = { lastUpdateId: 42, E: T, T, bids: [['60000.00', '1']], asks: [['60000.10', '2']] };
  expect(parseDepthSnapshot(body, BTC, T as UnixMs)).toMatchObject({
    value: { lastSequence: 42, snapshot: { kind: 'book-snapshot', eventTime: T } },
  });
  expect(parseDepthSnapshot({ ...body, lastUpdateId: undefined }, BTC, T as UnixMs)).toMatchObject({
    fault: { field: 'depth.lastUpdateId' },
  });
  expect(parseDepthSnapshot({ ...body, asks: {} }, BTC, T as UnixMs)).toMatchObject({ fault: { field: 'depth.asks' } });
});

test('open interest is the size the venue names', () => {
  expect(parseOpenInterest({ symbol: 'BTCUSDT', openInterest: '88123.456', time: T }, BTC, T as UnixMs)).toMatchObject({
    value: { size: 88123.456, eventTime: T },
  });
  expect(parseOpenInterest({ symbol: 'BTCUSDT', openInterest: 'NaN', time: T }, BTC, T as UnixMs)).toMatchObject({
    fault: { field: 'openInterest.openInterest' },
  });
});

test('a history row could be known at its own time', () => {
  const rows = [{ symbol: 'BTCUSDT', sumOpenInterest: '10', timestamp: T }];
  expect(parseOpenInterestHistory(rows, BTC)).toMatchObject({ value: [{ eventTime: T, seenTime: T, size: 10 }] });
  expect(parseOpenInterestHistory([null], BTC)).toMatchObject({ fault: { field: 'openInterestHist[0]' } });
});

test('candles still open now are left out, closed ones are known at their close', () => {
  const rows = [row(T), row(T + 60_000)];
  expect(parseKlines(rows, BTC, (T + 60_000) as UnixMs)).toMatchObject({
    value: [{ kind: 'bar', eventTime: T + 60_000, seenTime: T + 60_000, size: 10, takerBuySize: 4 }],
  });
  expect(parseMarkPriceKlines(rows, BTC, (T + 120_000) as UnixMs)).toMatchObject({
    value: [{ kind: 'mark-bar', high: 7 }, { kind: 'mark-bar' }],
  });
  expect(parseKlines([[T, 'x']], BTC, T as UnixMs)).toMatchObject({ ok: false });
  expect(parseKlines({ code: -1 }, BTC, T as UnixMs)).toMatchObject({ fault: { field: 'klines' } });
});

test('only USDT perpetuals are instruments, with the steps of their filters', () => {
  const others = [
    { ...symbolInfo, contractType: 'CURRENT_QUARTER' },
    { ...symbolInfo, quoteAsset: 'BUSD' },
  ];
  expect(parseExchangeInfo({ symbols: [symbolInfo, ...others] }, LINE)).toMatchObject({
    value: [
      {
        id: 'binance:BTCUSDT',
        symbol: 'BTCUSDT',
        kind: 'linear',
        tickSize: '0.10',
        sizeStep: '0.001',
        contractMultiplier: 1,
      },
    ],
  });
  expect(parseExchangeInfo({ symbols: [{ ...symbolInfo, filters: [] }] }, LINE)).toMatchObject({
    fault: { field: 'exchangeInfo.BTCUSDT.tickSize' },
  });
  expect(parseExchangeInfo(null, LINE)).toMatchObject({ ok: false });
});

test('the table knows the five symbols, and the steps of their time', () => {
  expect(LINE.tabledSymbols).toEqual(['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'XRPUSDT', 'DOGEUSDT']);
  const tickAt = (symbol: string, day: string) => LINE.tabledInstrument(symbol, Date.parse(day) as UnixMs)?.tickSize;
  expect([
    tickAt('BTCUSDT', '2020-01-01'),
    tickAt('BTCUSDT', '2024-08-08'),
    tickAt('SOLUSDT', '2024-08-15'),
    tickAt('SOLUSDT', '2026-01-01'),
  ]).toEqual(['0.01', '0.10', '0.001', '0.01']);
  expect(tickAt('NOSUCHUSDT', '2024-08-08')).toBeUndefined();
});

test('contracts in coin carry what one piece is worth, and no piece is taken for one dollar', () => {
  const row = {
    ...symbolInfo,
    symbol: 'BTCUSD_PERP',
    baseAsset: 'BTC',
    quoteAsset: 'USD',
    contractSize: 100,
  };
  expect(parseExchangeInfo({ symbols: [row] }, COINM)).toMatchObject({
    value: [{ id: 'binance-coinm:BTCUSD_PERP', symbol: 'BTCUSDT', kind: 'inverse', contractMultiplier: 100 }],
  });
  expect(parseExchangeInfo({ symbols: [{ ...row, contractSize: undefined }] }, COINM)).toMatchObject({
    fault: { field: 'exchangeInfo.BTCUSD_PERP.contractSize' },
  });
});
