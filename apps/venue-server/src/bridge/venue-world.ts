import {
  OrderBook,
  type DurationMs,
  type MarketEvent,
  type StatusChange,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { openVenues, probeVenue } from '@liquidation-heatmap/feeds';
import { SimulatedWorld, type ServerSocket, type SimulatedHost } from '@liquidation-heatmap/feeds/simulated';
import type { HostSocket } from '../host/host-socket.js';
import { createVenueHost, type VenueHost, type VenueHostOptions } from '../host/venue-host.js';
import type { InstrumentMarket, VenueTrade } from '../market/instrument-market.js';
import type { VenueName } from '../market/venue-name.js';

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
  /** Takes every event instead of `out`, so that a long run keeps none of them. */
  onEvent?(seen: Seen): void;
}

/** The venue server and a reader's runtime, joined in one virtual time; the venues' adapters are loaded. */
export async function joinVenues(
  venues: readonly VenueName[],
  options: Partial<VenueHostOptions> = {},
): Promise<{ readonly host: VenueHost; readonly world: SimulatedWorld }> {
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
  // Adapters are loaded lazily, in real time: done before any virtual time passes.
  await Promise.all(venues.map((venue) => probeVenue(venue, world.runtime, AbortSignal.abort())));
  return { host, world };
}

/** Adapters reading the venue server in virtual time. */
export async function readVenues({ venues, warmStartMs = 0, onEvent, ...options }: WorldOptions) {
  const { host, world } = await joinVenues(venues, options);
  const abort = new AbortController();
  const out: Seen[] = [];
  const request = {
    symbol: 'BTCUSDT',
    venues,
    historyMs: warmStartMs as DurationMs,
    intervalMs: 1_000 as DurationMs,
    // What rests on documentation is what the independent server can check.
    unproven: true,
  };
  const reading = (async () => {
    for await (const event of openVenues(request, world.runtime, abort.signal)) {
      const seen = { event, at: world.now() - START };
      if (onEvent === undefined) out.push(seen);
      else onEvent(seen);
    }
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

/** Prices of the book a reader of the events has, best first, and whether it was ever crossed. */
export function bookOf(out: readonly Seen[]) {
  const book = new OrderBook(1);
  let wasCrossed = false;
  let tickSize = Number.NaN;
  for (const { event } of out) {
    if (event.kind === 'instrument') tickSize = Number(event.spec.tickSize);
    if (event.kind !== 'book-snapshot' && event.kind !== 'book-delta') continue;
    book.apply(event);
    if ((book.bestBidTicks ?? Number.NEGATIVE_INFINITY) >= (book.bestAskTicks ?? Number.POSITIVE_INFINITY))
      wasCrossed = true;
  }
  const pricesOf = (ticks: Float64Array): readonly number[] => [...ticks].map((count) => rounded(count * tickSize));
  const { bids, asks } = book.view();
  return { bids: pricesOf(bids.ticks), asks: pricesOf(asks.ticks), wasCrossed };
}

/** Prices of a side of the venue's own book, best first. */
export function pricesOf(truth: InstrumentMarket, side: 'bids' | 'asks', count: number): readonly number[] {
  const { tick } = truth.listing;
  const levels = truth.book[side].levels().slice(0, count);
  return levels.map(({ ticks }) => rounded(ticks * tick.value));
}

/** Trades that were told and those the venue made, both without the first and the last moment, which may be told in part. */
export function sameTrades(out: readonly Seen[], made: readonly VenueTrade[], sinceMs?: number) {
  const trades = eventsOf(out, 'trade');
  const [from, to] = [sinceMs ?? trades[0]!.eventTime, trades.at(-1)!.eventTime];
  const told = trades.filter(({ eventTime }) => eventTime > from && eventTime < to);
  const truth = made.filter(({ time }) => time > from && time < to);
  return {
    told: { ...sumOf(told), ids: new Set(told.map(({ id }) => id)).size },
    truth: sumOf(truth),
  };
}

function sumOf(trades: readonly { readonly size: number; readonly takerSide: string }[]) {
  const sum = (some: typeof trades): number => some.reduce((total, { size }) => total + size, 0);
  return {
    count: trades.length,
    size: sum(trades),
    bought: sum(trades.filter(({ takerSide }) => takerSide === 'buy')),
  };
}

/** Binary rounding of ticks times tick size is no difference. */
function rounded(price: number): number {
  return Math.round(price * 1e6) / 1e6;
}
