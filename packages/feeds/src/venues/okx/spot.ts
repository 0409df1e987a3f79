import { parsed, type Price, type UnixMs } from '@liquidation-heatmap/core';
import { PUBLIC_SOCKET_URL } from '../../families/okx/endpoints.js';
import { timeOf } from '../../families/okx/parse.js';
import { listField } from '../../frame-shape.js';
import { jsonObjectOf } from '../../spot/json-object.js';
import type { SpotWire } from '../../spot/spot-wire.js';
import { broken, decimalOf } from '../../wire-fields.js';

/** The venue closes sockets on which 30 s pass without a frame. */
const PING_EVERY_MS = 20_000;

/** OKX spot: the ticker, at most ten frames a second (clients). */
export const okxSpot: SpotWire = {
  url: PUBLIC_SOCKET_URL,
  keepAlive: { everyMs: PING_EVERY_MS, text: 'ping' },
  pairOf: (asset) => `${asset}-USDT`,
  hello: (pair) => [JSON.stringify({ op: 'subscribe', args: [{ channel: 'tickers', instId: pair }] })],
  isData: (text) => text.startsWith('{"arg":'),
  read: (text, pair) => {
    if (text === 'pong') return parsed(undefined);
    const frame = jsonObjectOf(text);
    if (!frame.ok) return frame;
    const { event, msg, data } = frame.value;
    if (event === 'error') return broken('venue-error', 'tickers', 'accepted', msg);
    if (event !== undefined) return parsed(undefined);
    const list = listField('tickers.data', data);
    if (!list.ok) return list;
    const newest = list.value.at(-1);
    if (newest === undefined) return parsed(undefined);
    const { instId, last, ts } = newest;
    if (instId !== pair) return broken('bad-symbol', 'tickers.instId', `"${pair}"`, instId);
    if (!(decimalOf(last) > 0)) return broken('bad-number', 'tickers.last', 'a positive decimal', last);
    if (Number.isNaN(timeOf(ts))) return broken('bad-time', 'tickers.ts', 'a time in milliseconds', ts);
    return parsed({ price: decimalOf(last) as Price, time: timeOf(ts) as UnixMs });
  },
};
