import { expect, test } from 'vitest';
import { createVenueHost, localAddress, type VenueHost } from '../src/index.js';
import { Listener, START, makeHost } from './host-kit.js';

const CLIENTS: readonly (readonly [url: string, ...messages: unknown[]])[] = [
  ['wss://fstream.binance.com/public/stream?streams=btcusdt@depth@100ms/btcusdt@bookTicker'],
  ['wss://fstream.binance.com/market/stream?streams=btcusdt@aggTrade/btcusdt@markPrice@1s/!forceOrder@arr'],
  [
    'wss://stream.bybit.com/v5/public/linear',
    { op: 'subscribe', args: ['orderbook.50.BTCUSDT', 'publicTrade.BTCUSDT', 'tickers.BTCUSDT'] },
  ],
  [
    'wss://ws.okx.com:8443/ws/v5/public',
    {
      op: 'subscribe',
      args: ['books', 'trades', 'mark-price'].map((channel) => ({ channel, instId: 'BTC-USDT-SWAP' })),
    },
  ],
  [
    'wss://api.hyperliquid.xyz/ws',
    ...['l2Book', 'trades', 'activeAssetCtx'].map((type) => ({
      method: 'subscribe',
      subscription: { type, coin: 'BTC' },
    })),
  ],
];
const FAULTS = [
  { at: 4_000, venue: 'okx', kind: 'gap' },
  { at: 6_000, venue: 'bybit', kind: 'stall', durationMs: 2_000 },
];

function heard(host: VenueHost, stepMs: number): string[][] {
  const listeners = CLIENTS.map(([url, ...messages]) => new Listener(host, url, ...messages));
  for (let time = START + stepMs; time <= START + 12_000; time += stepMs) host.advance(time);
  return listeners.map(({ texts }) => texts);
}

test('the same seed, script and calls give the same frames, however time is cut', () => {
  const whole = heard(makeHost({ faults: FAULTS }), 12_000);
  expect(whole.every((texts) => texts.length > 20)).toBe(true);
  expect(heard(makeHost({ faults: FAULTS }), 12_000)).toEqual(whole);
  expect(heard(makeHost({ faults: FAULTS }), 100)).toEqual(whole);
});

test('another seed is another market', () => {
  const prices = [1, 2].map((seed) =>
    makeHost({ seed })
      .market('okx', 'BTCUSDT')
      .trades.map(({ price }) => price),
  );
  expect(prices[0]).not.toEqual(prices[1]);
});

test('a symbol that is asked for late has lived as long as one that was asked for early', () => {
  const [early, late] = [makeHost(), makeHost()];
  early.market('okx', 'BTCUSDT');
  for (const host of [early, late]) host.advance(START + 20_000);
  const [a, b] = [early.market('okx', 'BTCUSDT'), late.market('okx', 'BTCUSDT')];
  expect(b.book.asks.levels()).toEqual(a.book.asks.levels());
  expect(b.trades).toEqual(a.trades);
  expect(b.updateId).toBe(a.updateId);
});

test('an original address and the local one for it are the same place', () => {
  const [first, second] = [makeHost(), makeHost()];
  const original = 'wss://fstream.binance.com/market/stream?streams=btcusdt@aggTrade';
  const local = localAddress(original, 'http://127.0.0.1:8900');
  expect(local).toBe('ws://127.0.0.1:8900/fstream.binance.com/market/stream?streams=btcusdt@aggTrade');
  expect(localAddress('wss://ws.okx.com:8443/ws/v5/public', 'http://h:1')).toBe('ws://h:1/ws.okx.com/ws/v5/public');
  const listeners = [new Listener(first, original), new Listener(second, local)];
  for (const host of [first, second]) host.advance(START + 5_000);
  expect(listeners[1]!.texts).toEqual(listeners[0]!.texts);
});

test.each([
  'wss://fstream.binance.com/private/stream',
  'wss://ws.okx.com/ws/v5/private',
  'wss://fapi.binance.com/ws',
  'wss://www.bitmex.com/realtime',
  'nonsense',
])('nobody answers at %s', (url) => {
  expect(makeHost().connect(url).outcome).toBe('refused');
});

test('only what venues let pages read carries the header for it, and only Hyperliquid answers a preflight', () => {
  const host = makeHost();
  const isOpen = (url: string, method = 'GET', body = ''): boolean => {
    const answer = host.fetch(url, { method, body });
    return 'headers' in answer && answer.headers['access-control-allow-origin'] === '*';
  };
  const [binance, bybit, okx] = [
    'https://fapi.binance.com',
    'https://api.bybit.com/v5/market',
    'https://www.okx.com/api/v5',
  ];
  for (const url of [
    `${binance}/fapi/v1/depth`,
    `${binance}/futures/data/openInterestHist`,
    `${bybit}/kline`,
    `${okx}/market/history-candles`,
  ]) {
    expect(isOpen(url)).toBe(true);
    expect(isOpen(url, 'OPTIONS')).toBe(false);
  }
  for (const url of [
    `${binance}/fapi/v1/exchangeInfo`,
    `${binance}/fapi/v1/aggTrades`,
    `${bybit}/open-interest`,
    `${okx}/market/candles`,
  ]) {
    expect(isOpen(url)).toBe(false);
  }
  const info = 'https://api.hyperliquid.xyz/info';
  expect([isOpen(info, 'POST', '{"type":"meta"}'), isOpen(info, 'OPTIONS')]).toEqual([true, true]);
});

test.each([
  ['startTime', { startTime: Number.NaN }],
  ['symbols', { symbols: [] }],
  ['historyMs', { historyMs: -1 }],
  ['faults\\[0\\].venue', { faults: [{ at: 0, venue: 'x', kind: 'cut' }] }],
])('a host with an unusable %s is refused with the rule', (field, options) => {
  expect(() => createVenueHost({ seed: 1, startTime: START, ...options })).toThrow(
    new RegExp(`^${field}: .*must`, 'i'),
  );
});
