import {
  OrderBook,
  type DurationMs,
  type MarketEvent,
  type StatusChange,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { openVenues, probeVenue } from '@liquidation-heatmap/feeds';
import { SimulatedWorld, type ServerSocket, type SimulatedHost } from '@liquidation-heatmap/feeds/simulated';
import {
  createVenueHost,
  type HostSocket,
  type VenueHost,
  type VenueHostOptions,
  type VenueName,
} from '../../src/index.js';

/** 2026-11-20 00:00:30 UTC: half a minute into a minute, so that a warm start has a part of a minute to fill. */
export const START = 1_795_132_830_000 as UnixMs;

/** How often the host's time follows the reader's, ms. */
const STEP_MS = 10;

/** An event with the moment it was given out, ms since the start. */
export interface Seen {
  readonly event: MarketEvent;
  readonly at: number;
}

/** Joins the venues' sockets to the reader's runtime, in one virtual time. */
class Bridge implements SimulatedHost {
  readonly #host: VenueHost;
  readonly #joined: { readonly venue: HostSocket; readonly reader: ServerSocket }[] = [];
  /** Sockets that were admitted and are not accepted yet, by address: several connect at once. */
  readonly #admitted = new Map<string, HostSocket>();
  #now: () => number = () => START;

  constructor(host: VenueHost) {
    this.#host = host;
  }

  start(world: SimulatedWorld): void {
    this.#now = () => world.now();
    world.every(STEP_MS, () => this.#follow());
  }

  admits(url: string): 'accept' | 'refuse' {
    this.#host.advance(this.#now());
    const outcome = this.#host.connect(url);
    if (outcome.outcome === 'open') this.#admitted.set(url, outcome.socket);
    return outcome.outcome === 'open' ? 'accept' : 'refuse';
  }

  accepted(reader: ServerSocket): void {
    const venue = this.#admitted.get(reader.url);
    if (venue === undefined) throw new Error('A socket must be admitted before it is accepted');
    this.#joined.push({ venue, reader });
    venue.onText((text) => reader.send(text));
    venue.onClose(({ code, reason }) => reader.close(code, reason));
    reader.onText((text) => venue.send(text));
  }

  answer(url: string, body?: string) {
    this.#host.advance(this.#now());
    return this.#host.fetch(url, body === undefined ? {} : { method: 'POST', body });
  }

  #follow(): undefined {
    for (const { venue, reader } of this.#joined) if (venue.isOpen && !reader.isOpen) venue.close();
    this.#host.advance(this.#now());
  }
}

/** What a test wants to be read. */
export interface WorldOptions extends Partial<VenueHostOptions> {
  readonly venues: readonly VenueName[];
  /** How far back the warm start reaches; default 0. */
  readonly warmStartMs?: number;
}

/** Adapters reading the venue server in virtual time. */
export async function readVenues({ venues, warmStartMs = 0, ...options }: WorldOptions) {
  const host = createVenueHost({
    seed: 1,
    startTime: START,
    symbols: ['BTCUSDT'],
    historyMs: 2 * 3_600_000,
    ...options,
  });
  const bridge = new Bridge(host);
  const world = new SimulatedWorld(bridge, START);
  bridge.start(world);
  const abort = new AbortController();
  const out: Seen[] = [];
  const request = {
    symbol: 'BTCUSDT',
    venues,
    historyMs: warmStartMs as DurationMs,
    intervalMs: 1_000 as DurationMs,
  };
  // Adapters are loaded lazily, in real time: done before any virtual time passes.
  await Promise.all(venues.map((venue) => probeVenue(venue, world.runtime, AbortSignal.abort())));
  const reading = (async () => {
    for await (const event of openVenues(request, world.runtime, abort.signal))
      out.push({ event, at: world.now() - START });
  })();
  await world.settle();
  return {
    host,
    world,
    out,
    until: (ms: number) => world.advance(START + ms - world.now()),
    end: async () => {
      abort.abort();
      await reading;
    },
  };
}

/** Events of one kind. */
export function eventsOf<Kind extends MarketEvent['kind']>(
  out: readonly Seen[],
  kind: Kind,
): readonly Extract<MarketEvent, { kind: Kind }>[] {
  return out.flatMap(({ event }) => (event.kind === kind ? [event as Extract<MarketEvent, { kind: Kind }>] : []));
}

/** Status events of one channel, with the moment they were told. */
export function statuses(out: readonly Seen[], channel: StatusChange['channel']) {
  return out.flatMap(({ event, at }) =>
    event.kind === 'status' && event.channel === channel ? [{ at, state: event.state, detail: event.detail }] : [],
  );
}

/** The book a reader of the events has, and whether it was ever crossed. */
export function bookOf(out: readonly Seen[], tickSize: number) {
  const book = new OrderBook(tickSize);
  let wasCrossed = false;
  for (const { event } of out) {
    if (event.kind !== 'book-snapshot' && event.kind !== 'book-delta') continue;
    book.apply(event);
    const { bids, asks } = book.view();
    if (bids.ticks[0]! >= asks.ticks[0]!) wasCrossed = true;
  }
  return { book, wasCrossed };
}
