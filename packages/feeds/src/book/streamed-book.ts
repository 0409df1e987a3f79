import {
  OrderBook,
  type DepthView,
  type Gap,
  type InstrumentId,
  type MarketEvent,
  type UnixMs,
} from '@liquidation-heatmap/core';
import type { BookState } from '../feed.js';
import type { SequencedDelta, SequencedSnapshot } from './sequenced.js';

/** How one venue chains the deltas of a stream that brings its own snapshots. */
export interface ChainRules {
  /** The delta repeats what the book already holds. */
  isRepeated(delta: SequencedDelta, lastSequence: number): boolean;
  /** The delta may be applied after the one that ended at `lastSequence`. */
  follows(delta: SequencedDelta, lastSequence: number): boolean;
}

/**
 * One instrument's book where the stream itself sends snapshots: each of them replaces the book at once, whenever it comes. Deltas
 * that do not follow leave the book unserved until the next snapshot, which is asked for by subscribing anew.
 */
export class StreamedBook {
  readonly #instrument: InstrumentId;
  readonly #rules: ChainRules;
  readonly #book: OrderBook;
  #state: BookState['state'] = 'awaiting-snapshot';
  #lastSequence = Number.NaN;
  #lastTime = 0 as UnixMs;
  #counts = { applied: 0, droppedStale: 0, gaps: 0 };
  #generation = 1;
  #owesResumed: boolean;
  #isWanted = false;

  /** `owesResumed`: a gap was told before this book began, so its first snapshot ends it. `isWanted`: that one has to be asked for. */
  constructor(instrument: InstrumentId, tickSize: number, rules: ChainRules, owesResumed = false, isWanted = false) {
    this.#instrument = instrument;
    this.#rules = rules;
    this.#book = new OrderBook(tickSize);
    this.#owesResumed = owesResumed;
    this.#isWanted = isWanted;
  }

  /** Takes a whole book. */
  onSnapshot({ lastSequence, snapshot }: SequencedSnapshot): readonly MarketEvent[] {
    this.#book.apply(snapshot);
    this.#state = 'in-sync';
    this.#lastSequence = lastSequence;
    this.#lastTime = snapshot.eventTime;
    this.#isWanted = false;
    if (!this.#owesResumed) return [snapshot];
    this.#owesResumed = false;
    const { eventTime, seenTime } = snapshot;
    return [snapshot, { kind: 'resumed', instrument: this.#instrument, channel: 'book', eventTime, seenTime }];
  }

  /** Takes a delta in the order received. */
  onDelta(delta: SequencedDelta): readonly MarketEvent[] {
    if (this.#state !== 'in-sync' || this.#rules.isRepeated(delta, this.#lastSequence)) {
      this.#counts.droppedStale++;
      return [];
    }
    const { eventTime, seenTime } = delta.delta;
    if (!this.#rules.follows(delta, this.#lastSequence)) {
      const received = delta.previous ?? delta.first;
      const reason = `Book updates are missing: expected to continue ${this.#lastSequence}, received ${received}`;
      return this.#lose(eventTime, seenTime, reason);
    }
    this.#book.apply(delta.delta);
    this.#lastSequence = delta.last;
    this.#lastTime = eventTime;
    this.#counts.applied++;
    return [delta.delta];
  }

  /** The connection was lost, or the book cannot be trusted for another reason. */
  onCut(seenTime: UnixMs, reason: string): readonly MarketEvent[] {
    if (this.#state === 'in-sync') return this.#lose(seenTime, seenTime, reason);
    this.#generation++;
    return [];
  }

  /** True once after the stream has to be subscribed anew for a snapshot. */
  takeWish(): boolean {
    const isWanted = this.#isWanted;
    this.#isWanted = false;
    return isWanted;
  }

  /** The book, only while it is in sync. */
  view(): DepthView | undefined {
    return this.#state === 'in-sync' ? this.#book.view() : undefined;
  }

  /** State and counts. */
  get state(): BookState {
    const lastSequence = this.#state === 'in-sync' ? this.#lastSequence : undefined;
    return {
      state: this.#state,
      lastSequence,
      ...this.#counts,
      generation: this.#generation,
      pending: 0,
      join: undefined,
    };
  }

  #lose(eventTime: UnixMs, seenTime: UnixMs, reason: string): readonly MarketEvent[] {
    this.#state = 'gapped';
    this.#generation++;
    this.#counts.gaps++;
    this.#isWanted = true;
    this.#owesResumed = true;
    const to = Math.max(this.#lastTime, eventTime) as UnixMs;
    const gap: Gap = {
      kind: 'gap',
      instrument: this.#instrument,
      channel: 'book',
      eventTime: to,
      seenTime,
      from: this.#lastTime,
      to,
      reason,
    };
    return [gap];
  }
}
