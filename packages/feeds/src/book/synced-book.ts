import {
  OrderBook,
  type BookSnapshot,
  type DepthView,
  type InstrumentId,
  type MarketEvent,
  type UnixMs,
} from '@liquidation-heatmap/core';
import type { BookState } from '../feed.js';
import { BookSync, type SnapshotWish } from './book-sync.js';
import type { SequencedDelta, SequencedSnapshot, SequenceRules } from './sequenced.js';

/** A fresh snapshot is asked for when less than this share of the snapshot's reach is left on one side of the price. */
const REFRESH_BELOW = 0.25;
/** Not more often than this: a snapshot costs weight. */
const REFRESH_EVERY_MS = 30_000;

/** How far a snapshot reached on each side, in ticks; undefined where it held the whole side. */
interface Reach {
  readonly bidDistance: number | undefined;
  readonly lowestBid: number;
  readonly askDistance: number | undefined;
  readonly highestAsk: number;
}

/** One instrument's book with its synchronization: serves a view only while in sync. */
export class SyncedBook {
  readonly #sync: BookSync;
  readonly #book: OrderBook;
  readonly #snapshotLimit: number;
  #reach: Reach | undefined;
  #refreshedAt = Number.NEGATIVE_INFINITY;

  /**
   * `snapshotLimit`: levels a side the venue's snapshot holds at most; beyond them a book is incomplete.
   * `owesResumed`: a gap was told before this book began, so its first join ends it.
   */
  constructor(
    instrument: InstrumentId,
    tickSize: number,
    rules: SequenceRules,
    snapshotLimit: number,
    owesResumed = false,
  ) {
    this.#sync = new BookSync(instrument, rules, owesResumed);
    this.#book = new OrderBook(tickSize);
    this.#snapshotLimit = snapshotLimit;
  }

  /** Takes a delta in the order received; returns the events it gave rise to. */
  onDelta(delta: SequencedDelta): readonly MarketEvent[] {
    const events = this.#applied(this.#sync.onDelta(delta));
    this.#refreshWhenNearEdge(delta.delta.seenTime);
    return events;
  }

  /** Takes a snapshot of a generation (the present one when absent). */
  onSnapshot(snapshot: SequencedSnapshot, generation?: number): readonly MarketEvent[] {
    return this.#applied(this.#sync.onSnapshot(snapshot, generation));
  }

  /** The snapshot that was asked for came in a shape that cannot be used. */
  onSnapshotFailed(): void {
    this.#sync.onSnapshotFailed();
  }

  /** Deltas may be missing from now on. */
  onCut(seenTime: UnixMs, reason: string): readonly MarketEvent[] {
    return this.#sync.onCut(seenTime, reason);
  }

  /** The wish for a snapshot that came up since the last call, once. */
  takeWish(): SnapshotWish | undefined {
    return this.#sync.takeWish();
  }

  /** The book, only while it is in sync. */
  view(): DepthView | undefined {
    return this.#sync.state === 'in-sync' ? this.#book.view() : undefined;
  }

  /** Best prices in ticks, only while in sync; undefined too while a side is empty. */
  best():
    | { readonly bidTicks: number; readonly bidSize: number; readonly askTicks: number; readonly askSize: number }
    | undefined {
    const { bestBidTicks: bidTicks, bestAskTicks: askTicks, bestSizes } = this.#book;
    if (this.#sync.state !== 'in-sync' || bidTicks === undefined || askTicks === undefined) return undefined;
    return { bidTicks, bidSize: bestSizes.bid, askTicks, askSize: bestSizes.ask };
  }

  /** State and counts. */
  get state(): BookState {
    const { state, lastSequence, counts, generation, pendingCount, joinFacts } = this.#sync;
    return { state, lastSequence, ...counts, generation, pending: pendingCount, join: joinFacts };
  }

  #applied(events: readonly MarketEvent[]): readonly MarketEvent[] {
    for (const event of events) {
      if (event.kind === 'book-snapshot') this.#reach = reachOf(event, this.#snapshotLimit);
      if (event.kind === 'book-snapshot' || event.kind === 'book-delta') this.#book.apply(event);
    }
    return events;
  }

  #refreshWhenNearEdge(seenTime: UnixMs): void {
    const best = this.best();
    if (best === undefined || this.#reach === undefined || seenTime - this.#refreshedAt < REFRESH_EVERY_MS) return;
    const { bidDistance, lowestBid, askDistance, highestAsk } = this.#reach;
    const isBidNear = bidDistance !== undefined && best.bidTicks - lowestBid < bidDistance * REFRESH_BELOW;
    const isAskNear = askDistance !== undefined && highestAsk - best.askTicks < askDistance * REFRESH_BELOW;
    if (!isBidNear && !isAskNear) return;
    this.#refreshedAt = seenTime;
    this.#sync.refresh();
  }
}

function reachOf(snapshot: BookSnapshot, limit: number): Reach {
  const bids = snapshot.bids.ticks;
  const asks = snapshot.asks.ticks;
  const lowestBid = bids.at(-1) ?? 0;
  const highestAsk = asks.at(-1) ?? 0;
  return {
    bidDistance: bids.length >= limit ? bids[0]! - lowestBid : undefined,
    lowestBid,
    askDistance: asks.length >= limit ? highestAsk - asks[0]! : undefined,
    highestAsk,
  };
}
