import { parsed, type Price, type UnixMs } from '@liquidation-heatmap/core';
import { SOCKET_BASE } from '../../families/bybit/endpoints.js';
import { jsonObjectOf } from '../../spot/json-object.js';
import type { SpotWire } from '../../spot/spot-wire.js';
import { broken, decimalOf, isObject, isPlausibleTime } from '../../wire-fields.js';

/** The venue asks for a ping every 20 s. */
const PING_EVERY_MS = 20_000;

/** Bybit spot: the ticker, whose every frame is whole, unlike that of contracts (clients). Its topic is named like the contract's. */
export const bybitSpot: SpotWire = {
  url: `${SOCKET_BASE}/v5/public/spot`,
  keepAlive: { everyMs: PING_EVERY_MS, text: '{"op":"ping"}' },
  pairOf: (asset) => `${asset}USDT`,
  hello: (pair) => [JSON.stringify({ op: 'subscribe', args: [`tickers.${pair}`] })],
  isData: (text) => text.startsWith('{"topic":"'),
  read: (text, pair) => {
    const frame = jsonObjectOf(text);
    if (!frame.ok) return frame;
    const { topic, ts, data, success } = frame.value;
    if (topic === undefined && success !== false) return parsed(undefined);
    if (!isObject(data)) return broken('bad-payload', 'tickers.data', 'an object', frame.value['ret_msg'] ?? data);
    const { symbol, lastPrice } = data;
    if (symbol !== pair) return broken('bad-symbol', 'tickers.symbol', `"${pair}"`, symbol);
    if (!(decimalOf(lastPrice) > 0)) return broken('bad-number', 'tickers.lastPrice', 'a positive decimal', lastPrice);
    if (!isPlausibleTime(ts)) return broken('bad-time', 'tickers.ts', 'a time in milliseconds', ts);
    return parsed({ price: decimalOf(lastPrice) as Price, time: ts as UnixMs });
  },
};
