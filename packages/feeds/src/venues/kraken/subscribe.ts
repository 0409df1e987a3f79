import { parsed, type Channel, type Instrument } from '@liquidation-heatmap/core';
import type { LiveWire, PlannedStream } from '../../live/socket-plan.js';
import { SOCKET_URL } from './endpoints.js';

/** Feeds that are subscribed, and the channels each of them carries; the first one stands for it. */
const FEEDS: Readonly<Record<string, readonly [Channel, ...Channel[]]>> = {
  book: ['book'],
  ticker: ['mark', 'index', 'open-interest', 'funding'],
  trade: ['trades', 'liquidations'],
};

/**
 * How the venue's socket is spoken to. The venue asks for a ping every 60 s, which a page's socket cannot send of itself and for which
 * no text is known to be right: nothing is sent while data flows.
 */
export const krakenWire: LiveWire = {
  plans: (spec, isOn) => {
    const feeds = Object.keys(FEEDS).filter((feed) => FEEDS[feed]?.some(isOn));
    if (feeds.length === 0) return parsed([]);
    const streams = feeds.map((feed): PlannedStream => {
      const [channel] = FEEDS[feed]!;
      return { name: `${feed} ${spec.ownSymbol}`, channel, mustSpeak: feed !== 'trade' };
    });
    return parsed([{ url: SOCKET_URL, streams, hello: feeds.map((feed) => operation('subscribe', feed, spec)) }]);
  },
  // Acknowledgements name a feed too, but their products in a list. The order of fields differs by feed.
  streamOf: (text) => {
    const feed = /"feed":"(book|ticker|trade)(?:_snapshot)?"/.exec(text)?.[1];
    const product = /"product_id":"([^"]+)"/.exec(text)?.[1];
    return feed === undefined || product === undefined ? undefined : `${feed} ${product}`;
  },
  bookAgain: (spec) => [operation('unsubscribe', 'book', spec), operation('subscribe', 'book', spec)],
};

function operation(event: 'subscribe' | 'unsubscribe', feed: string, { ownSymbol }: Instrument): string {
  return JSON.stringify({ event, feed, product_ids: [ownSymbol] });
}
