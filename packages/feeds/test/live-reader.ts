import {
  OrderBook,
  type DurationMs,
  type MarketEvent,
  type StatusChange,
  type DataRate,
} from '@liquidation-heatmap/core';
import { expect } from 'vitest';
import { EventQueue } from '../src/combine/event-queue.js';
import { mergeFeeds } from '../src/combine/merge-feeds.js';
import { openVenues } from '../src/open-venues.js';
import type { Runtime } from '../src/runtime/runtime.js';
import { SimulatedWorld } from '../src/runtime/simulated.js';
import { LiveSession } from '../src/live/live-session.js';
import { binanceRules } from '../src/venues/binance/live.js';
import { BinanceHost, START } from './binance-host.js';

/** An event with the moment it was given out. */
export interface Seen {
  readonly event: MarketEvent;
  /** Milliseconds of this machine's time since the start. */
  readonly at: number;
}

/** A live feed of a scripted venue in virtual time, being read. */
export async function setUp(
  options: {
    readonly historyMs?: number;
    readonly seed?: number;
    readonly symbol?: string;
    readonly data?: DataRate;
    readonly spot?: boolean;
    prepare?(host: BinanceHost): void;
    /** Reads one session with this rotation instead of everything `openVenues` does. */
    readonly rotateAfterMs?: number;
  } = {},
) {
  const host = new BinanceHost();
  const world = new SimulatedWorld(host, START, options.seed);
  host.start(world);
  options.prepare?.(host);
  const abort = new AbortController();
  const out: Seen[] = [];
  const request = {
    symbol: options.symbol ?? 'BTCUSDT',
    venues: ['binance'] as const,
    historyMs: (options.historyMs ?? 0) as DurationMs,
    intervalMs: 1_000 as DurationMs,
    ...(options.data === undefined ? {} : { data: options.data }),
    ...(options.spot === undefined ? {} : { spot: options.spot }),
  };
  const events =
    options.rotateAfterMs === undefined
      ? openVenues(request, world.runtime, abort.signal)
      : mergeFeeds([oneSession(world.runtime, options.rotateAfterMs, abort.signal)], world.runtime, abort.signal);
  const reading = (async () => {
    for await (const event of events) out.push({ event, at: world.now() - START });
  })();
  for (
    let turn = 0;
    turn < 2_000 && host.sockets.length === 0 && world.requests.length === 0 && world.waits === 0;
    turn++
  )
    await world.settle();
  const until = async (ms: number) => world.advance(START + ms - world.now());
  return { host, world, abort, out, reading, until };
}

/** Events of one kind. */
export const kinds = (out: readonly Seen[], kind: MarketEvent['kind']) =>
  out.filter(({ event }) => event.kind === kind);
/** Ids of the trades given out, in order. */
export const tradeIds = (out: readonly Seen[]) =>
  out.flatMap(({ event }) => (event.kind === 'trade' ? [Number(event.id)] : []));
/** Status events, of one channel where it is named. */
export const statuses = (out: readonly Seen[], channel?: StatusChange['channel']) =>
  out.flatMap(({ event, at }) =>
    event.kind === 'status' && (channel === undefined || event.channel === channel)
      ? [{ at, channel: event.channel, state: event.state, detail: event.detail }]
      : [],
  );

/** The book that a reader of the events has. */
export function bookOf(out: readonly Seen[]): OrderBook {
  const book = new OrderBook(0.1);
  for (const { event } of out) if (event.kind === 'book-snapshot' || event.kind === 'book-delta') book.apply(event);
  return book;
}

/** Bids of the venue, best first, as ticks and sizes. */
export function hostBids(host: BinanceHost): readonly (readonly [number, number])[] {
  return [...host.bids]
    .map(([price, size]) => [Math.round(Number(price) * 10), Number(size)] as const)
    .sort((a, b) => b[0] - a[0]);
}

/** Bids of a book, best first, as ticks and sizes. */
export function bidsOf(book: OrderBook): readonly (readonly [number, number])[] {
  const { bids } = book.view();
  return [...bids.ticks].map((tick, i) => [tick, bids.sizes[i]!] as const);
}

/** No event may be seen before the one given out ahead of it. */
export function expectOrdered(out: readonly Seen[]): void {
  const times = out.map(({ event }) => event.seenTime);
  expect(times).toEqual([...times].sort((a, b) => a - b));
}

function oneSession(runtime: Runtime, rotateAfterMs: number, signal: AbortSignal): EventQueue<MarketEvent> {
  const queue = new EventQueue<MarketEvent>();
  const rules = { ...binanceRules, rotateAfterMs };
  const spec = rules.tabled('BTCUSDT', START);
  const plans = spec === undefined ? undefined : rules.wire.plans(spec, () => true);
  if (spec === undefined || plans?.ok !== true) throw new Error('BTCUSDT must be known');
  const session = new LiveSession(rules, spec, plans.value, runtime, queue);
  void session.run(undefined, signal).then(() => queue.end());
  return queue;
}
