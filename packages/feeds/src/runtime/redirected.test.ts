import { expect, test } from 'vitest';
import { redirectedUrl } from './redirected.js';

test.each([
  ['wss://fstream.binance.com/public/stream', 'ws://127.0.0.1:8900/fstream.binance.com/public/stream'],
  ['wss://ws.okx.com:8443/ws/v5/public', 'ws://127.0.0.1:8900/ws.okx.com/ws/v5/public'],
  [
    'https://api.bybit.com/v5/market/kline?category=linear&symbol=BTCUSDT',
    'http://127.0.0.1:8900/api.bybit.com/v5/market/kline?category=linear&symbol=BTCUSDT',
  ],
])('%s is reached through the local host by its name and path', (url, redirected) => {
  expect(redirectedUrl(url, '127.0.0.1:8900')).toBe(redirected);
});
