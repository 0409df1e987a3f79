import { parsed, type Price, type UnixMs } from '@liquidation-heatmap/core';
import { jsonObjectOf } from '../../spot/json-object.js';
import type { SpotWire } from '../../spot/spot-wire.js';
import { broken, decimalOf, isObject, isPlausibleTime } from '../../wire-fields.js';

/** Origin of the spot market's sockets. */
export const SPOT_SOCKET_BASE = 'wss://stream.binance.com:9443';

/** Binance spot: the small ticker, one frame a second (clients). */
export const binanceSpot: SpotWire = {
  url: `${SPOT_SOCKET_BASE}/stream`,
  pairOf: (asset) => `${asset}USDT`,
  hello: (pair) => [JSON.stringify({ method: 'SUBSCRIBE', params: [`${pair.toLowerCase()}@miniTicker`], id: 1 })],
  isData: (text) => text.startsWith('{"stream":"'),
  read: (text, pair) => {
    const frame = jsonObjectOf(text);
    if (!frame.ok) return frame;
    const { stream, data, error } = frame.value;
    if (stream === undefined && error === undefined) return parsed(undefined);
    if (!isObject(data)) return broken('bad-payload', 'miniTicker.data', 'an object', error ?? data);
    const { s, c, E } = data;
    if (s !== pair) return broken('bad-symbol', 'miniTicker.s', `"${pair}"`, s);
    if (!(decimalOf(c) > 0)) return broken('bad-number', 'miniTicker.c', 'a positive decimal', c);
    if (!isPlausibleTime(E)) return broken('bad-time', 'miniTicker.E', 'a time in milliseconds', E);
    return parsed({ price: decimalOf(c) as Price, time: E as UnixMs });
  },
};
