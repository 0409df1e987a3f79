import { parsed, type Channel, type Instrument } from '@liquidation-heatmap/core';
import type { LiveWire, PlannedStream } from '../../live/socket-plan.js';
import { SNAPSHOT_LEVELS, SOCKET_URL } from './endpoints.js';

/**
 * A request names its time in seconds, which only signed requests are judged by. Plans know no clock: this is the value of the
 * documentation's own examples of public channels.
 */
const REQUEST_TIME = 123_456;
/** Changes of the book are put together for this long. */
const BOOK_INTERVAL = '100ms';
/** Names of a frame's head stand within so many characters of its beginning. */
const HEAD_LENGTH = 200;

/** Channels that are subscribed, and those of ours each of them carries; the first one stands for it. */
const STREAMS: Readonly<Record<string, readonly [Channel, ...Channel[]]>> = {
  'futures.order_book_update': ['book'],
  'futures.tickers': ['mark', 'index', 'open-interest', 'funding'],
  'futures.trades': ['trades'],
  'futures.public_liquidates': ['liquidations'],
};
const SPEAKING: readonly string[] = ['futures.order_book_update', 'futures.tickers'];

/** How the venue's socket is spoken to: it pings by the protocol's own frames, and snapshots of the book are fetched. */
export const gateWire: LiveWire = {
  plans: (spec, isOn) => {
    const names = Object.keys(STREAMS).filter((name) => STREAMS[name]?.some(isOn));
    if (names.length === 0) return parsed([]);
    const streams = names.map((name): PlannedStream => {
      const [channel] = STREAMS[name]!;
      return { name, channel, mustSpeak: SPEAKING.includes(name) };
    });
    return parsed([{ url: SOCKET_URL, streams, hello: names.map((name) => subscription(name, spec)) }]);
  },
  streamOf: (text) => {
    const head = text.slice(0, HEAD_LENGTH);
    return /"event":"(?:update|all)"/.test(head) ? /"channel":"([^"]+)"/.exec(head)?.[1] : undefined;
  },
};

function subscription(channel: string, { ownSymbol }: Instrument): string {
  const isBook = channel === 'futures.order_book_update';
  const payload = isBook ? [ownSymbol, BOOK_INTERVAL, String(SNAPSHOT_LEVELS)] : [ownSymbol];
  return JSON.stringify({ time: REQUEST_TIME, channel, event: 'subscribe', payload });
}
