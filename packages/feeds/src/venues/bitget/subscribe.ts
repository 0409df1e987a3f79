import { parsed, type Channel, type Instrument } from '@liquidation-heatmap/core';
import type { LiveWire, PlannedStream } from '../../live/socket-plan.js';
import { SOCKET_URL } from './endpoints.js';

/** The venue closes sockets that send no ping for two minutes, and asks for one every 30 s. */
const PING_EVERY_MS = 25_000;
/** Where a frame names its topic: at its beginning or at its end, whatever the size of its data. */
const END_LENGTH = 300;

/** Topics that are subscribed, and the channels each of them carries; the first one stands for it. */
const TOPICS: Readonly<Record<string, readonly [Channel, ...Channel[]]>> = {
  books: ['book'],
  ticker: ['mark', 'index', 'open-interest', 'funding'],
  publicTrade: ['trades'],
  liquidation: ['liquidations'],
};
const SPEAKING: readonly string[] = ['books', 'ticker'];

/** How the socket of today's interface is spoken to. */
export const bitgetWire: LiveWire = {
  plans: (spec, isOn) => {
    const topics = Object.keys(TOPICS).filter((topic) => TOPICS[topic]?.some(isOn));
    if (topics.length === 0) return parsed([]);
    const streams = topics.map((name): PlannedStream => {
      const [channel] = TOPICS[name]!;
      return { name, channel, mustSpeak: SPEAKING.includes(name) };
    });
    const hello = [operation('subscribe', topics, spec)];
    return parsed([{ url: SOCKET_URL, streams, hello, keepAlive: { everyMs: PING_EVERY_MS, text: 'ping' } }]);
  },
  streamOf: (text) => {
    const ends = text.length > 2 * END_LENGTH ? text.slice(0, END_LENGTH) + text.slice(-END_LENGTH) : text;
    return ends.includes('"event":') ? undefined : /"topic":\s*"([^"]+)"/.exec(ends)?.[1];
  },
  bookAgain: (spec) => [operation('unsubscribe', ['books'], spec), operation('subscribe', ['books'], spec)],
};

/** Liquidations are told of the whole market. */
function operation(op: 'subscribe' | 'unsubscribe', topics: readonly string[], { ownSymbol }: Instrument): string {
  const args = topics.map((topic) => ({
    instType: 'usdt-futures',
    topic,
    ...(topic === 'liquidation' ? {} : { symbol: ownSymbol }),
  }));
  return JSON.stringify({ op, args });
}
