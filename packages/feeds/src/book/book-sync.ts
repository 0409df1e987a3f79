import { assertNever, type Gap, type InstrumentId, type MarketEvent, type UnixMs } from '@liquidation-heatmap/core';
import type { SequencedDelta, SequencedSnapshot, SequenceRules } from './sequenced.js';

/** Deltas kept while a snapshot is awaited: more than three minutes at 100 ms. Older ones fall out, and the join rule notices. */
const PENDING_LIMIT = 2_000;
/** A delta whose ids lie behind but whose time lies this far ahead is no repetition: the venue's ids have restarted. */
const RESTART_MS = 10_000;

/** A fresh snapshot asked for in the background: the deltas since then, and the snapshot while no delta has met it. */
interface Refresh {
  readonly deltas: SequencedDelta[];
  held: SequencedSnapshot | undefined;
}

type State =
  /** Nothing to apply deltas to yet. */
  | { readonly state: 'awaiting-snapshot'; readonly pending: SequencedDelta[] }
  /** A snapshot newer than every delta so far: it is served once a delta has proven that the stream meets it. */
  | { readonly state: 'awaiting-join'; readonly held: SequencedSnapshot }
  | { readonly state: 'in-sync'; lastSequence: number; lastTime: UnixMs; refresh: Refresh | undefined }
  /** Deltas are missing: not served until resynchronized. `received` is undefined after a cut. */
  | {
      readonly state: 'gapped';
      readonly expected: number;
      readonly received: number | undefined;
      readonly pending: SequencedDelta[];
    };

/** What the synchronization has counted. */
export interface BookSyncCounts {
  readonly applied: number;
  readonly droppedStale: number;
  readonly gaps: number;
}

/** A wish for a snapshot of the running synchronization. */
export interface SnapshotWish {
  readonly generation: number;
  /** Snapshots of this synchronization that came too old so far. */
  readonly attempt: number;
}

/** The sequence facts of the newest snapshot that was joined, for diagnosis. */
export interface JoinFacts {
  readonly snapshotSequence: number;
  readonly snapshotBids: number;
  readonly snapshotAsks: number;
  /** Deltas that were waiting when the snapshot came. */
  readonly buffered: number;
  /** First delta applied on it; undefined until there is one. */
  readonly firstApplied:
    { readonly first: number; readonly last: number; readonly previous: number | undefined } | undefined;
}

/** Keeps one book's stream in step with its snapshot and emits only what may be applied, in the order to apply it. */
export class BookSync {
  readonly #instrument: InstrumentId;
  readonly #rules: SequenceRules;
  #state: State = { state: 'awaiting-snapshot', pending: [] };
  #counts = { applied: 0, droppedStale: 0, gaps: 0 };
  #generation = 1;
  #attempt = 0;
  #isAsked = false;
  #wish: SnapshotWish | undefined;
  #owesResumed: boolean;
  #facts: JoinFacts | undefined;

  constructor(instrument: InstrumentId, rules: SequenceRules, owesResumed = false) {
    this.#instrument = instrument;
    this.#rules = rules;
    this.#owesResumed = owesResumed;
  }

  get state(): State['state'] {
    return this.#state.state;
  }

  get generation(): number {
    return this.#generation;
  }

  get counts(): BookSyncCounts {
    return this.#counts;
  }

  /** Facts of the newest join; undefined before the first snapshot. */
  get joinFacts(): JoinFacts | undefined {
    return this.#facts;
  }

  /** Update id the book stands at; undefined while it is not in sync. */
  get lastSequence(): number | undefined {
    return this.#state.state === 'in-sync' ? this.#state.lastSequence : undefined;
  }

  /** Deltas waiting for a snapshot. */
  get pendingCount(): number {
    return 'pending' in this.#state ? this.#state.pending.length : 0;
  }

  /** The wish for a snapshot that came up since the last call, once. */
  takeWish(): SnapshotWish | undefined {
    const wish = this.#wish;
    this.#wish = undefined;
    return wish;
  }

  /** Takes a delta in the order received; returns what may be applied because of it. */
  onDelta(delta: SequencedDelta): readonly MarketEvent[] {
    const state = this.#state;
    switch (state.state) {
      case 'awaiting-snapshot':
        return this.#buffer(state.pending, delta);
      case 'gapped':
        return this.#continueOrBuffer(state, delta);
      case 'awaiting-join':
        return this.#tryJoin(state.held, [delta], delta.delta.seenTime);
      case 'in-sync':
        return this.#advance(state, delta);
      default:
        return assertNever(state);
    }
  }

  /** Takes a snapshot; one of an older generation, or one nobody asked for while in sync, changes nothing. */
  onSnapshot(snapshot: SequencedSnapshot, generation = this.#generation): readonly MarketEvent[] {
    if (generation !== this.#generation) return [];
    const state = this.#state;
    const seenTime = snapshot.snapshot.seenTime;
    if (state.state === 'in-sync') {
      if (state.refresh !== undefined) state.refresh.held = snapshot;
      return this.#refreshed(state, seenTime);
    }
    const pending = state.state === 'awaiting-join' ? [] : state.pending;
    this.#isAsked = false;
    this.#facts = {
      snapshotSequence: snapshot.lastSequence,
      snapshotBids: snapshot.snapshot.bids.ticks.length,
      snapshotAsks: snapshot.snapshot.asks.ticks.length,
      buffered: pending.length,
      firstApplied: undefined,
    };
    return this.#tryJoin(snapshot, pending, seenTime);
  }

  /** The snapshot that was asked for cannot be had as it came; asks again, one attempt later. */
  onSnapshotFailed(): void {
    if (!this.#isAsked) return;
    this.#attempt++;
    this.#ask();
  }

  /** The connection was lost: deltas may be missing from now on. */
  onCut(seenTime: UnixMs, reason: string): readonly MarketEvent[] {
    const state = this.#state;
    this.#restart();
    if (state.state !== 'in-sync') {
      this.#state = state.state === 'gapped' ? { ...state, pending: [] } : { state: 'awaiting-snapshot', pending: [] };
      return [];
    }
    this.#state = { state: 'gapped', expected: state.lastSequence, received: undefined, pending: [] };
    return [this.#gap(state.lastTime, seenTime, seenTime, reason)];
  }

  /** Asks for a fresh snapshot while the present book keeps serving, because levels far from the price are only in a snapshot. */
  refresh(): void {
    if (this.#state.state !== 'in-sync' || this.#state.refresh !== undefined) return;
    this.#state.refresh = { deltas: [], held: undefined };
    this.#wish = { generation: this.#generation, attempt: 0 };
  }

  #buffer(pending: SequencedDelta[], delta: SequencedDelta): readonly MarketEvent[] {
    pending.push(delta);
    if (pending.length > PENDING_LIMIT) pending.shift();
    if (!this.#isAsked) this.#ask();
    return [];
  }

  /** After a cut deltas may repeat, and the first new one may continue exactly where the book stood: then no snapshot is needed. */
  #continueOrBuffer(state: Extract<State, { state: 'gapped' }>, delta: SequencedDelta): readonly MarketEvent[] {
    if (state.pending.length > 0 || state.received !== undefined) return this.#buffer(state.pending, delta);
    if (delta.last <= state.expected) {
      this.#counts.droppedStale++;
      return [];
    }
    if (!this.#rules.follows(delta, state.expected)) return this.#buffer(state.pending, delta);
    const inSync: State = {
      state: 'in-sync',
      lastSequence: state.expected,
      lastTime: delta.delta.eventTime,
      refresh: undefined,
    };
    this.#state = inSync;
    return [...this.#advance(inSync, delta), ...this.#resumed(delta.delta.eventTime, delta.delta.seenTime)];
  }

  #tryJoin(held: SequencedSnapshot, pending: readonly SequencedDelta[], seenTime: UnixMs): readonly MarketEvent[] {
    const fresh = pending.filter((delta) => !this.#rules.isInSnapshot(delta, held.lastSequence));
    this.#counts.droppedStale += pending.length - fresh.length;
    const [first] = fresh;
    if (first === undefined) {
      this.#state = { state: 'awaiting-join', held };
      return [];
    }
    if (!this.#rules.joins(first, held.lastSequence)) {
      this.#attempt++;
      this.#state = { state: 'awaiting-snapshot', pending: [...fresh] };
      this.#ask();
      return [];
    }
    if (this.#facts !== undefined) {
      this.#facts = {
        ...this.#facts,
        firstApplied: { first: first.first, last: first.last, previous: first.previous },
      };
    }
    const inSync: State = {
      state: 'in-sync',
      lastSequence: first.last,
      lastTime: first.delta.eventTime,
      refresh: undefined,
    };
    this.#state = inSync;
    this.#counts.applied++;
    const events: MarketEvent[] = [
      { ...held.snapshot, seenTime },
      { ...first.delta, seenTime },
    ];
    for (const delta of fresh.slice(1)) {
      events.push(...this.onDelta({ ...delta, delta: { ...delta.delta, seenTime } }));
    }
    if (this.#state.state === 'in-sync') events.push(...this.#resumed(this.#state.lastTime, seenTime));
    return events;
  }

  #advance(state: Extract<State, { state: 'in-sync' }>, delta: SequencedDelta): readonly MarketEvent[] {
    const { eventTime } = delta.delta;
    if (delta.last <= state.lastSequence && eventTime - state.lastTime < RESTART_MS) {
      this.#counts.droppedStale++;
      return [];
    }
    if (!this.#rules.follows(delta, state.lastSequence)) return this.#lose(state, delta);
    state.lastSequence = delta.last;
    state.lastTime = eventTime;
    this.#counts.applied++;
    if (state.refresh === undefined) return [delta.delta];
    if (state.refresh.deltas.push(delta) > PENDING_LIMIT) state.refresh = undefined;
    return [delta.delta, ...this.#refreshed(state, delta.delta.seenTime)];
  }

  #lose(state: Extract<State, { state: 'in-sync' }>, delta: SequencedDelta): readonly MarketEvent[] {
    const received = delta.previous ?? delta.first;
    this.#restart();
    this.#state = { state: 'gapped', expected: state.lastSequence, received, pending: [] };
    this.#buffer(this.#state.pending, delta);
    const reason = `Book updates are missing: expected to continue ${state.lastSequence}, received ${received}`;
    return [this.#gap(state.lastTime, delta.delta.eventTime, delta.delta.seenTime, reason)];
  }

  /** The fresh snapshot and the deltas after it, once the two meet; a snapshot older than the request is given up. */
  #refreshed(state: Extract<State, { state: 'in-sync' }>, seenTime: UnixMs): readonly MarketEvent[] {
    const held = state.refresh?.held;
    if (state.refresh === undefined || held === undefined) return [];
    const fresh = state.refresh.deltas.filter((delta) => !this.#rules.isInSnapshot(delta, held.lastSequence));
    const [first] = fresh;
    if (first === undefined) return [];
    state.refresh = undefined;
    if (!this.#rules.joins(first, held.lastSequence)) return [];
    return [{ ...held.snapshot, seenTime }, ...fresh.map(({ delta }) => ({ ...delta, seenTime }))];
  }

  #restart(): void {
    this.#generation++;
    this.#attempt = 0;
    this.#isAsked = false;
    this.#wish = undefined;
  }

  #ask(): void {
    this.#isAsked = true;
    this.#wish = { generation: this.#generation, attempt: this.#attempt };
  }

  #gap(from: UnixMs, to: UnixMs, seenTime: UnixMs, reason: string): Gap {
    this.#counts.gaps++;
    this.#owesResumed = true;
    const end = Math.max(from, to) as UnixMs;
    return {
      kind: 'gap',
      instrument: this.#instrument,
      channel: 'book',
      eventTime: end,
      seenTime,
      from,
      to: end,
      reason,
    };
  }

  #resumed(eventTime: UnixMs, seenTime: UnixMs): readonly MarketEvent[] {
    if (!this.#owesResumed) return [];
    this.#owesResumed = false;
    return [{ kind: 'resumed', instrument: this.#instrument, channel: 'book', eventTime, seenTime }];
  }
}
