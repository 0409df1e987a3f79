import { parsed, type Instrument } from '@liquidation-heatmap/core';
import type { LiveWire } from '../../live/socket-plan.js';
import { socketUrl } from './endpoints.js';
import type { BybitLine } from './line.js';

/** The venue closes sockets that say nothing; it asks for a ping every 20 s. */
const PING_EVERY_MS = 20_000;
/** 200 levels a side, sent every 100 ms: batched, where 50 levels come every 20 ms. */
const DEPTH = 200;

/** How the sockets of one line are spoken to. */
export function bybitWire(line: BybitLine): LiveWire {
  return {
    plans: (spec) =>
      parsed([
        {
          url: socketUrl(line),
          streams: [
            { name: bookTopic(spec), channel: 'book', mustSpeak: true },
            { name: `tickers.${spec.ownSymbol}`, channel: 'mark', mustSpeak: true },
            { name: `publicTrade.${spec.ownSymbol}`, channel: 'trades', mustSpeak: false },
            { name: `allLiquidation.${spec.ownSymbol}`, channel: 'liquidations', mustSpeak: false },
          ],
          hello: [
            operation('subscribe', [
              bookTopic(spec),
              `tickers.${spec.ownSymbol}`,
              `publicTrade.${spec.ownSymbol}`,
              `allLiquidation.${spec.ownSymbol}`,
            ]),
          ],
          keepAlive: { everyMs: PING_EVERY_MS, text: '{"op":"ping"}' },
        },
      ]),
    streamOf: (text) => /^\{"topic":"([^"]+)"/.exec(text)?.[1],
    bookAgain: (spec) => [operation('unsubscribe', [bookTopic(spec)]), operation('subscribe', [bookTopic(spec)])],
  };
}

function bookTopic({ ownSymbol }: Instrument): string {
  return `orderbook.${String(DEPTH)}.${ownSymbol}`;
}

function operation(op: 'subscribe' | 'unsubscribe', args: readonly string[]): string {
  return JSON.stringify({ op, args });
}
