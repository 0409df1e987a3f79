import { parsed, type Channel, type Instrument } from '@liquidation-heatmap/core';
import type { LiveWire, PlannedStream, SocketPlan } from '../../live/socket-plan.js';
import { SOCKET_URLS, socketOf, type SocketName } from './endpoints.js';

/** Longest ping of the venue, with room: longer frames are not searched for one. */
const LONGEST_PING = 80;

/** The stream of each channel by its name without the contract, and whether it sends every few seconds. */
const STREAMS: readonly (readonly [channel: Channel, kind: string, mustSpeak: boolean])[] = [
  ['book', 'depth.step0', true],
  ['trades', 'trade.detail', false],
  ['liquidations', 'liquidation_orders', false],
  ['funding', 'funding_rate', false],
  ['mark', 'mark_price.1min', true],
  ['index', 'index.1min', false],
];

/** How the venue's three sockets are spoken to. Every frame of the book is a whole book, so none has to be asked for again. */
export const htxWire: LiveWire = {
  plans: (spec, isOn) => {
    const sockets: readonly SocketName[] = ['market', 'notification', 'index'];
    return parsed(sockets.map((socket) => planOf(socket, spec, isOn)).filter(({ streams }) => streams.length > 0));
  },
  streamOf: (text) => /^\{"(?:ch|op":"notify","topic)":"([^"]+)"/.exec(text)?.[1],
  replyTo: (text) => {
    if (text.length > LONGEST_PING) return undefined;
    // What was sent comes back letter by letter: a number for a number, a text for a text.
    const plain = /^\{"ping":(\d+|"[^"]*")\}$/.exec(text)?.[1];
    if (plain !== undefined) return `{"pong":${plain}}`;
    const operation = /"op":"ping"/.test(text) ? /"ts":(\d+|"[^"]*")/.exec(text)?.[1] : undefined;
    return operation === undefined ? undefined : `{"op":"pong","ts":${operation}}`;
  },
};

function planOf(socket: SocketName, spec: Instrument, isOn: (channel: Channel) => boolean): SocketPlan {
  const prefix = socket === 'notification' ? 'public' : 'market';
  const streams = STREAMS.filter(([channel]) => socketOf(channel) === socket && isOn(channel)).map(
    ([channel, kind, mustSpeak]): PlannedStream => ({
      name: `${prefix}.${spec.ownSymbol}.${kind}`,
      channel,
      mustSpeak,
    }),
  );
  const hello = streams.map(({ name }, index) =>
    JSON.stringify(
      socket === 'notification'
        ? { op: 'sub', cid: String(index + 1), topic: name }
        : { sub: name, id: String(index + 1) },
    ),
  );
  return { url: SOCKET_URLS[socket], streams, hello };
}
