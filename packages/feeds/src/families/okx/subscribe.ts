import { parsed, type Channel, type Instrument } from '@liquidation-heatmap/core';
import type { LiveWire, PlannedStream } from '../../live/socket-plan.js';
import { PUBLIC_SOCKET_URL } from './endpoints.js';

/** The venue closes sockets on which 30 s pass without a frame. */
const PING_EVERY_MS = 20_000;

/** What is subscribed: the channel of the wire, the channel it feeds, and whether it always speaks. */
const CHANNELS: readonly (readonly [name: string, channel: Channel, mustSpeak: boolean])[] = [
  ['books', 'book', true],
  ['mark-price', 'mark', true],
  ['trades', 'trades', false],
  ['open-interest', 'open-interest', false],
  ['index-tickers', 'index', false],
  ['funding-rate', 'funding', false],
  ['liquidation-orders', 'liquidations', false],
];

/** How the public socket is spoken to. */
export const okxWire: LiveWire = {
  plans: (spec, isOn) => {
    const read = CHANNELS.filter(([, channel]) => isOn(channel));
    if (read.length === 0) return parsed([]);
    const streams = read.map(([name, channel, mustSpeak]): PlannedStream => ({ name, channel, mustSpeak }));
    const hello = [
      operation(
        'subscribe',
        read.map(([name]) => argumentOf(name, spec)),
      ),
    ];
    return parsed([{ url: PUBLIC_SOCKET_URL, streams, hello, keepAlive: { everyMs: PING_EVERY_MS, text: 'ping' } }]);
  },
  streamOf: (text) => /^\{"arg":\{"channel":"([^"]+)"/.exec(text)?.[1],
  bookAgain: (spec) => [
    operation('unsubscribe', [argumentOf('books', spec)]),
    operation('subscribe', [argumentOf('books', spec)]),
  ],
};

/** Liquidations are told of the whole market: any other argument is refused or silently dropped. An index is named by its pair. */
function argumentOf(channel: string, { ownSymbol }: Instrument): object {
  if (channel === 'liquidation-orders') return { channel, instType: 'SWAP' };
  return { channel, instId: channel === 'index-tickers' ? ownSymbol.replace(/-SWAP$/, '') : ownSymbol };
}

function operation(op: 'subscribe' | 'unsubscribe', args: readonly object[]): string {
  return JSON.stringify({ op, args });
}
