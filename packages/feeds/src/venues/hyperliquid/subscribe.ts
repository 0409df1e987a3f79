import { parsed, type Channel, type Instrument } from '@liquidation-heatmap/core';
import type { LiveWire, PlannedStream } from '../../live/socket-plan.js';
import { SOCKET_URL } from './endpoints.js';

/** The venue closes sockets that say nothing for 60 s. */
const PING_EVERY_MS = 30_000;
/** A book every 5 s at most: two of them missing are a dead stream. */
export const BOOK_RECONNECT_MS = 12_000;

/**
 * Subscriptions, and the channels each of them carries; the first one stands for it. The book is the default one of 20 levels, every
 * 5 s at most: the `fast` one shows 5 levels every half second, which is less than a cascade needs.
 */
const TYPES: Readonly<Record<string, readonly [Channel, ...Channel[]]>> = {
  l2Book: ['book'],
  activeAssetCtx: ['mark', 'index', 'open-interest', 'funding'],
  trades: ['trades'],
};

/** How the venue's socket is spoken to: one message for each subscription. */
export const hyperliquidWire: LiveWire = {
  plans: (spec, isOn) => {
    const types = Object.keys(TYPES).filter((type) => TYPES[type]?.some(isOn));
    if (types.length === 0) return parsed([]);
    const streams = types.map((type): PlannedStream => {
      const [channel] = TYPES[type]!;
      const stream = { name: `${type} ${spec.ownSymbol}`, channel, mustSpeak: type !== 'trades' };
      return type === 'l2Book' ? { ...stream, reconnectMs: BOOK_RECONNECT_MS } : stream;
    });
    const hello = types.map((type) => operation('subscribe', type, spec));
    const keepAlive = { everyMs: PING_EVERY_MS, text: '{"method":"ping"}' };
    return parsed([{ url: SOCKET_URL, streams, hello, keepAlive }]);
  },
  // Acknowledgements repeat the subscription and name a coin too, but their channel is their own.
  streamOf: (text) => {
    const type = /^\{"channel":"(l2Book|activeAssetCtx|trades)"/.exec(text)?.[1];
    const coin = /"coin":"([^"]+)"/.exec(text)?.[1];
    return type === undefined || coin === undefined ? undefined : `${type} ${coin}`;
  },
  bookAgain: (spec) => [operation('unsubscribe', 'l2Book', spec), operation('subscribe', 'l2Book', spec)],
};

function operation(method: 'subscribe' | 'unsubscribe', type: string, { ownSymbol }: Instrument): string {
  return JSON.stringify({ method, subscription: { type, coin: ownSymbol } });
}
