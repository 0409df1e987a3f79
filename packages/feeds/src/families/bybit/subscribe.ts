import { parsed, type Instrument } from '@liquidation-heatmap/core';
import type { LiveWire, PlannedStream } from '../../live/socket-plan.js';
import { socketUrl } from './endpoints.js';
import type { BybitLine } from './line.js';

/** The venue closes sockets that say nothing; it asks for a ping every 20 s. */
const PING_EVERY_MS = 20_000;
/** 200 levels a side, sent every 100 ms: batched, where 50 levels come every 20 ms. */
const DEPTH = 200;

/** How the sockets of one line are spoken to. */
export function bybitWire(line: BybitLine): LiveWire {
  return {
    plans: (spec, isOn) => {
      const streams = streamsOf(spec).filter(({ channel }) => channel !== undefined && isOn(channel));
      if (streams.length === 0) return parsed([]);
      const hello = [
        operation(
          'subscribe',
          streams.map(({ name }) => name),
        ),
      ];
      const keepAlive = { everyMs: PING_EVERY_MS, text: '{"op":"ping"}' };
      return parsed([{ url: socketUrl(line), streams, hello, keepAlive }]);
    },
    streamOf: (text) => /^\{"topic":"([^"]+)"/.exec(text)?.[1],
    bookAgain: (spec) => [operation('unsubscribe', [bookTopic(spec)]), operation('subscribe', [bookTopic(spec)])],
  };
}

function streamsOf(spec: Instrument): readonly PlannedStream[] {
  return [
    { name: bookTopic(spec), channel: 'book', mustSpeak: true },
    { name: `tickers.${spec.ownSymbol}`, channel: 'mark', mustSpeak: true },
    { name: `publicTrade.${spec.ownSymbol}`, channel: 'trades', mustSpeak: false },
    { name: `allLiquidation.${spec.ownSymbol}`, channel: 'liquidations', mustSpeak: false },
  ];
}

function bookTopic({ ownSymbol }: Instrument): string {
  return `orderbook.${String(DEPTH)}.${ownSymbol}`;
}

function operation(op: 'subscribe' | 'unsubscribe', args: readonly string[]): string {
  return JSON.stringify({ op, args });
}
