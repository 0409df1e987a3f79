import { parsed, type Channel, type Instrument } from '@liquidation-heatmap/core';
import type { LiveWire, PlannedStream } from '../../live/socket-plan.js';
import { SOCKET_URL, rpcRequest } from './endpoints.js';

/** The venue asks whether a client is there this often, in seconds, and closes sockets that do not answer. */
const HEARTBEAT_S = 15;
/** Frames without a login are put together for this long. */
const INTERVAL = '100ms';
/** Ids of the few questions asked; nobody waits for their answers, so that they may come again. */
const IDS = { subscribe: 1, heartbeat: 2, test: 3, unsubscribe: 4 } as const;

/** Channels that are subscribed, and those of ours each of them carries; the first one stands for it. */
const KINDS: Readonly<Record<string, readonly [Channel, ...Channel[]]>> = {
  book: ['book'],
  ticker: ['mark', 'index', 'open-interest', 'funding'],
  trades: ['trades', 'liquidations'],
};

/** How the venue's socket is spoken to. */
export const deribitWire: LiveWire = {
  plans: (spec, isOn) => {
    const kinds = Object.keys(KINDS).filter((kind) => KINDS[kind]?.some(isOn));
    if (kinds.length === 0) return parsed([]);
    const streams = kinds.map((kind): PlannedStream => {
      const [channel] = KINDS[kind]!;
      return { name: channelName(kind, spec), channel, mustSpeak: kind !== 'trades' };
    });
    const channels = streams.map(({ name }) => name);
    const heartbeat = rpcRequest(IDS.heartbeat, 'set_heartbeat', { interval: HEARTBEAT_S });
    return parsed([
      { url: SOCKET_URL, streams, hello: [heartbeat, rpcRequest(IDS.subscribe, 'subscribe', { channels })] },
    ]);
  },
  // Answers to a subscription list channels too, but name none under this key.
  streamOf: (text) => /"channel":"([^"]+)"/.exec(text)?.[1],
  replyTo: (text) => (isTestRequest(text) ? rpcRequest(IDS.test, 'test', {}) : undefined),
  bookAgain: (spec) => {
    const params = { channels: [channelName('book', spec)] };
    return [rpcRequest(IDS.unsubscribe, 'unsubscribe', params), rpcRequest(IDS.subscribe, 'subscribe', params)];
  },
};

function channelName(kind: string, { ownSymbol }: Instrument): string {
  return `${kind}.${ownSymbol}.${INTERVAL}`;
}

/** The venue asks whether anybody is there; no frame with data is that short. */
function isTestRequest(text: string): boolean {
  return text.length < 120 && text.includes('"heartbeat"') && text.includes('"test_request"');
}
