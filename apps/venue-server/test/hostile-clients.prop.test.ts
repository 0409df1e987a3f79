import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VENUE_HOSTS } from '../src/index.js';
import { Listener, START, makeHost } from './host-kit.js';

const URLS = [
  'wss://fstream.binance.com/public/stream',
  'wss://fstream.binance.com/market/ws/btcusdt@kline_0m/!markPrice@arr',
  'wss://stream.bybit.com/v5/public/linear',
  'wss://ws.okx.com:8443/ws/v5/public',
  'wss://ws.okx.com:8443/ws/v5/business',
  'wss://api.hyperliquid.xyz/ws',
];
const WORDS = [
  ...[
    'SUBSCRIBE',
    'UNSUBSCRIBE',
    'subscribe',
    'unsubscribe',
    'ping',
    'books',
    'candle1m',
    'trades',
    'l2Book',
    'candle',
  ],
  ...['BTC', 'BTC-USDT-SWAP', 'btcusdt@depth', 'btcusdt@kline_1x', 'kline.1.BTCUSDT', 'orderbook.7.BTCUSDT', 'SWAP'],
  ...['constructor', '__proto__', 'toString', 'publicTrade.', '.', '@', ''],
];
const NAMES = [
  'method',
  'params',
  'id',
  'op',
  'args',
  'channel',
  'instId',
  'instType',
  'type',
  'coin',
  'interval',
  'subscription',
];
const word = fc.oneof(fc.constantFrom(...WORDS), fc.jsonValue({ maxDepth: 1 }));
const inner = fc.dictionary(fc.constantFrom(...NAMES), word, { maxKeys: 4 });
const message = fc.oneof(
  fc.string(),
  fc.json({ maxDepth: 2 }),
  fc
    .dictionary(fc.constantFrom(...NAMES), fc.oneof(word, inner, fc.array(fc.oneof(word, inner), { maxLength: 4 })), {
      maxKeys: 5,
    })
    .map((frame) => JSON.stringify(frame)),
);
const host = makeHost({ historyMs: 0 });

test('whatever a client says on a socket is answered or ignored, never thrown at the server', () => {
  fc.assert(
    fc.property(fc.constantFrom(...URLS), fc.array(message, { maxLength: 8 }), (url, messages) => {
      const listener = new Listener(host, url, ...messages);
      host.advance(host.now + 20);
      expect(host.now).toBeGreaterThan(START);
      listener.socket.close();
    }),
    { numRuns: 150 },
  );
});

test('whatever a request asks for gets an answer', () => {
  const path = fc.constantFrom(
    ...[
      '/fapi/v1/depth',
      '/fapi/v1/klines',
      '/fapi/v1/aggTrades',
      '/futures/data/openInterestHist',
      '/v5/market/kline',
    ],
    ...['/v5/market/open-interest', '/v5/market/instruments-info', '/v5/market/constructor', '/info', '/'],
    ...['/api/v5/market/candles', '/api/v5/market/history-trades', '/api/v5/public/position-tiers'],
  );
  const name = fc.constantFrom(
    'symbol',
    'instId',
    'limit',
    'interval',
    'bar',
    'period',
    'after',
    'before',
    'startTime',
    'endTime',
    'cursor',
    'fromId',
  );
  const value = fc.oneof(
    fc.constantFrom('BTCUSDT', 'BTC-USDT-SWAP', '1m', '5m', '5', '-1', '0', '1e9', 'NaN', ''),
    fc.string(),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(VENUE_HOSTS)),
      path,
      fc.dictionary(name, value),
      message,
      (at, where, query, body) => {
        const url = `https://${at}${where}?${new URLSearchParams(query).toString()}`;
        for (const method of ['GET', 'POST', 'OPTIONS']) {
          expect(host.fetch(url, { method, body })).toHaveProperty('delayMs');
        }
        host.advance(host.now + 3_000);
      },
    ),
    { numRuns: 150 },
  );
});

test('a channel that is no text is refused like an unknown one', () => {
  for (const channel of [5, null, ['books'], { books: 1 }]) {
    const wish = { op: 'subscribe', args: [{ channel, instId: 'BTC-USDT-SWAP' }] };
    const listener = new Listener(host, 'wss://ws.okx.com/ws/v5/business', wish);
    expect(listener.texts).toEqual([expect.stringContaining('60018')]);
  }
});

test.each(['constructor', '__proto__', 'toString'])('a name that every object has (%s) is none of a venue', (name) => {
  const wishes = [
    ['wss://api.hyperliquid.xyz/ws', { method: 'subscribe', subscription: { type: name, coin: 'BTC' } }, 'error'],
    ['wss://ws.okx.com/ws/v5/public', { op: 'subscribe', args: [{ channel: name, instId: 'BTC-USDT-SWAP' }] }, '60018'],
    ['wss://stream.bybit.com/v5/public/linear', { op: 'subscribe', args: [`${name}.BTCUSDT`] }, 'handler not found'],
  ] as const;
  for (const [url, message, refusal] of wishes) {
    const listener = new Listener(host, url, message);
    expect(listener.texts).toEqual([expect.stringContaining(refusal)]);
  }
  expect(host.connect(`ws://127.0.0.1:1/${name}/ws`)).toEqual({ outcome: 'refused', status: undefined });
  expect(host.fetch(`https://api.bybit.com/v5/market/${name}`)).toMatchObject({ status: 404 });
});
