import type { Channel, DurationMs, MarketEvent, VenueId } from '@liquidation-heatmap/core';
import { openVenues, type Runtime } from '@liquidation-heatmap/feeds';

/** What one venue gave within the time. */
export interface SmokeResult {
  readonly venue: VenueId;
  readonly isConnected: boolean;
  /** ms from the start to the first event of the market; undefined when none came. */
  readonly firstDataMs: number | undefined;
  /** Frames received. */
  readonly messages: number;
  readonly gaps: number;
  /** Channels that delivered. */
  readonly channels: readonly Channel[];
  /** Newest word on the connection that was no good news. */
  readonly trouble: string;
}

const CHANNEL_OF: Partial<Record<MarketEvent['kind'], Channel>> = {
  'trade': 'trades',
  'book-snapshot': 'book',
  'bar': 'bars',
  'mark': 'mark',
  'index': 'index',
  'open-interest': 'open-interest',
  'funding': 'funding',
  'long-short-ratio': 'ratios',
  'liquidation': 'liquidations',
};

/** Reads one venue for a time, everything it offers included, and sums up what came. Nothing is thrown because of the network. */
export async function smokeVenue(
  venue: VenueId,
  symbol: string,
  durationMs: number,
  runtime: Runtime,
): Promise<SmokeResult> {
  const abort = new AbortController();
  const started = runtime.now();
  const channels = new Set<Channel>();
  let [firstDataMs, messages, gaps, trouble]: [number | undefined, number, number, string] = [undefined, 0, 0, ''];
  const counting: Runtime = {
    ...runtime,
    connect: async (url, signal) => {
      const socket = await runtime.connect(url, signal);
      return {
        send: (text) => socket.send(text),
        close: () => socket.close(),
        get closed() {
          return socket.closed;
        },
        async *[Symbol.asyncIterator]() {
          for await (const message of socket) {
            messages += 1;
            yield message;
          }
        },
      };
    },
  };
  const request = {
    symbol,
    venues: [venue],
    historyMs: 3_600_000 as DurationMs,
    intervalMs: 60_000 as DurationMs,
    unproven: true,
  };
  void runtime.sleep(durationMs, abort.signal).then(() => abort.abort());
  for await (const event of openVenues(request, counting, abort.signal)) {
    const channel = CHANNEL_OF[event.kind];
    if (channel !== undefined) {
      firstDataMs ??= runtime.now() - started;
      channels.add(channel);
    }
    if (event.kind === 'gap') gaps += 1;
    if (event.kind === 'status' && event.state !== 'live' && event.detail !== '') trouble = event.detail;
  }
  abort.abort();
  return { venue, isConnected: messages > 0, firstDataMs, messages, gaps, channels: [...channels].sort(), trouble };
}
