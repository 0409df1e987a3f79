import {
  MS_PER_SECOND,
  malformed,
  type DurationMs,
  type InstrumentEvent,
  type MarketEvent,
  type Parsed,
  type StatusChange,
  type UnixMs,
  type VenueId,
  type DataRate,
} from '@liquidation-heatmap/core';
import { mergeFeeds } from './combine/merge-feeds.js';
import type { History, LiveVenue } from './live-venue.js';
import { childController } from './runtime/abort.js';
import type { Runtime } from './runtime/runtime.js';

/** The past has to be there by then; the live stream waits for it. */
const HISTORY_PATIENCE_MS = 15 * MS_PER_SECOND;

/** Venues that can be read live; each one's code is loaded when it is asked for. */
const LIVE_VENUES: Partial<Record<VenueId, () => Promise<LiveVenue>>> = {
  'binance': async () => (await import('./venues/binance/live.js')).binanceLive,
  'binance-coinm': async () => (await import('./venues/binance-coinm/live.js')).binanceCoinmLive,
  'bybit': async () => (await import('./venues/bybit/live.js')).bybitLive,
  'bybit-inverse': async () => (await import('./venues/bybit-inverse/live.js')).bybitInverseLive,
  'okx': async () => (await import('./venues/okx/live.js')).okxLive,
  'okx-inverse': async () => (await import('./venues/okx-inverse/live.js')).okxInverseLive,
  'hyperliquid': async () => (await import('./venues/hyperliquid/live.js')).hyperliquidLive,
  'bitget': async () => (await import('./venues/bitget/live.js')).bitgetLive,
  'gate': async () => (await import('./venues/gate/live.js')).gateLive,
  'deribit': async () => (await import('./venues/deribit/live.js')).deribitLive,
  'kraken': async () => (await import('./venues/kraken/live.js')).krakenLive,
  'htx': async () => (await import('./venues/htx/live.js')).htxLive,
  'aster': async () => (await import('./venues/aster/live.js')).asterLive,
};

/** Ids of the venues that can be read live. */
export const LIVE_VENUE_IDS: readonly VenueId[] = Object.keys(LIVE_VENUES) as VenueId[];

/** What a page wants to read live. */
export interface OpenRequest {
  /** Canonical symbol, e.g. `BTCUSDT`. */
  readonly symbol: string;
  /** First = reference venue. */
  readonly venues: readonly VenueId[];
  /** How far back the warm start reaches; 0 for none, at most what the venues keep (about 30 days). */
  readonly historyMs: DurationMs;
  /** Width of a column: below five minutes the last hour comes in bars of one minute, everything before in bars of five. */
  readonly intervalMs: DurationMs;
  /** Channels known from documentation alone are read too; default false. */
  readonly unproven?: boolean;
  /** How much is read; default `full`. */
  readonly data?: DataRate;
  /** The last price of the asset's spot pair on each venue is told too, as `spot` events; default false, which saves its bytes. */
  readonly spot?: boolean;
}

/**
 * One stream of everything the venues tell of a symbol, ordered by `seenTime`: first the past, then live with a tick a second.
 * Trouble comes as `gap` and `status` events. Ends only when the signal aborts or no venue is left.
 */
export async function* openVenues(
  request: OpenRequest,
  runtime: Runtime,
  signal: AbortSignal,
): AsyncGenerator<MarketEvent> {
  const { controller, unlink } = childController(signal);
  const inner = controller.signal;
  try {
    const loaded = await Promise.all(request.venues.map((id) => loadVenue(id)));
    const venues = loaded.flatMap((venue) => (venue.ok ? [venue.value] : []));
    const pasts = venues.map((venue) => historyOf(venue, request, runtime, inner));
    const streams = venues.map((venue, i) => venue.live(request, pasts[i]!, runtime, inner));
    const histories = await Promise.all(pasts);
    if (inner.aborted) return;
    yield* pastOf(histories);
    let notes: readonly StatusChange[] = [
      ...loaded.flatMap((venue, i) =>
        venue.ok ? [] : [status(request.venues[i]!, 'connection', 'unavailable', venue.fault.message, runtime.now())],
      ),
      ...histories.flatMap((history, i) =>
        history.shortfalls.map(({ channel, words }) =>
          status(venues[i]!.venue, channel, 'amber', words, runtime.now()),
        ),
      ),
    ];
    for await (const event of mergeFeeds(streams, runtime, inner)) {
      yield event;
      // Told after the first live event, which knows what time it is at the venues.
      yield* notes.map((note) => ({ ...note, eventTime: event.seenTime, seenTime: event.seenTime }));
      notes = [];
    }
    if (!inner.aborted) yield* notes;
  } finally {
    controller.abort();
    unlink();
  }
}

/** Milliseconds a venue takes to answer, or why it does not: what a page asks before it promises "live". */
export async function probeVenue(id: VenueId, runtime: Runtime, signal: AbortSignal): Promise<Parsed<DurationMs>> {
  const venue = await loadVenue(id);
  return venue.ok ? venue.value.probe(runtime, signal) : venue;
}

const NO_HISTORY: History = { events: [], barsEnd: undefined, shortfalls: [] };

async function historyOf(
  venue: LiveVenue,
  request: OpenRequest,
  runtime: Runtime,
  signal: AbortSignal,
): Promise<History> {
  if (request.historyMs <= 0) return NO_HISTORY;
  const { controller, unlink } = childController(signal);
  void runtime.sleep(HISTORY_PATIENCE_MS, controller.signal).then(() => controller.abort());
  try {
    return await venue.history(request, runtime, controller.signal);
  } finally {
    controller.abort();
    unlink();
  }
}

async function loadVenue(id: VenueId): Promise<Parsed<LiveVenue>> {
  const load = LIVE_VENUES[id];
  if (load !== undefined) return { ok: true, value: await load() };
  return malformed(
    'unknown-venue',
    'venues',
    `${id} cannot be read live; venues that can: ${LIVE_VENUE_IDS.join(', ')}`,
  );
}

function pastOf(histories: readonly History[]): readonly InstrumentEvent[] {
  const events = histories.flatMap((history) => [...history.events]);
  return histories.length > 1 ? events.sort((a, b) => a.seenTime - b.seenTime) : events;
}

function status(
  venue: VenueId,
  channel: StatusChange['channel'],
  state: StatusChange['state'],
  detail: string,
  time: UnixMs,
): StatusChange {
  return { kind: 'status', venue, channel, state, detail, eventTime: time, seenTime: time };
}
