import type {
  DepthView,
  Fault,
  Instrument,
  InstrumentId,
  MarketEvent,
  UnixMs,
  VenueId,
} from '@liquidation-heatmap/core';
import type { BookState, SessionCounters, SessionOptions } from './feed.js';
import { SeenClock } from './seen-clock.js';
import { SessionTally } from './session-tally.js';

/** After a fault the connection counts as troubled until this much time has passed without another. */
const TROUBLE_MS = 10_000;

/** What became of one message: the events it gave rise to, or its fault. */
export type Reading =
  { readonly ok: true; readonly events: readonly MarketEvent[] } | { readonly ok: false; readonly fault: Fault };

/** A reading without events. */
export const NOTHING: Reading = { ok: true, events: [] };

/** One instrument being read. */
export interface InstrumentReader {
  readonly spec: Instrument;
  readonly book: { view(): DepthView | undefined; readonly state: BookState };
}

/** What of a session is a venue's own. */
export interface ReadingRules<Reader> {
  readonly venue: VenueId;
  /** Contract facts known without asking the venue; undefined for an instrument nothing is known of. */
  tabledInstrument(ownSymbol: string, time: UnixMs): Instrument | undefined;
  readerOf(spec: Instrument, tally: SessionTally): Reader;
}

/**
 * What every venue's session does alike: counts, tells faults once per stretch of trouble, keeps the clock, and begins to read an
 * instrument when it is first named.
 */
export class ReadingSession<Reader extends InstrumentReader> {
  readonly tally = new SessionTally();
  readonly clock = new SeenClock();
  /** Instruments being read, by the venue's own symbol. */
  readonly readers = new Map<string, Reader>();
  /** Contract facts that were fetched, by the venue's own symbol. */
  readonly listed = new Map<string, Instrument>();
  readonly #rules: ReadingRules<Reader>;
  readonly #symbols: ReadonlySet<string> | undefined;
  #troubledSince: UnixMs | undefined;

  constructor(rules: ReadingRules<Reader>, options: SessionOptions) {
    this.#rules = rules;
    this.#symbols = options.symbols === undefined ? undefined : new Set(options.symbols);
    for (const spec of options.instruments ?? []) this.listed.set(spec.ownSymbol, spec);
  }

  get counters(): SessionCounters {
    return { records: this.tally.records, drops: this.tally.drops };
  }

  /** Instruments known so far, in order of first use. */
  instruments(): readonly Instrument[] {
    return [...this.readers.values()].map(({ spec }) => spec);
  }

  /** The book, only while it is in sync. */
  book(instrument: InstrumentId): DepthView | undefined {
    return this.#readerOf(instrument)?.book.view();
  }

  bookState(instrument: InstrumentId): BookState | undefined {
    return this.#readerOf(instrument)?.book.state;
  }

  /** Whether the session was asked to leave a canonical symbol out. */
  isUnwanted(symbol: string): boolean {
    return this.#symbols !== undefined && !this.#symbols.has(symbol);
  }

  /** Reads something of one instrument. Its listing comes before the first event of it, the end of trouble before the first that was sound. */
  emit(
    ownSymbol: string,
    receiveTime: UnixMs,
    seenTime: UnixMs,
    read: (reader: Reader) => Reading | undefined,
  ): readonly MarketEvent[] {
    const known = this.readers.get(ownSymbol);
    const reader = known ?? this.#newReader(ownSymbol, receiveTime);
    if (reader === undefined) return this.left('unknown-instrument');
    const reading = read(reader);
    if (reading === undefined) return this.left('unused-stream');
    if (!reading.ok) return this.told(reading.fault, receiveTime);
    if (known === undefined) this.readers.set(ownSymbol, reader);
    const calmed = this.#calmed(seenTime);
    const listed = known === undefined ? [listing(reader.spec, firstSeenTime(reading.events, seenTime))] : [];
    return listed.length + calmed.length === 0 ? reading.events : [...listed, ...calmed, ...reading.events];
  }

  /** Counts a fault and tells it once per stretch of trouble, so that a flood of bad frames is one event. */
  told(fault: Fault, receiveTime: UnixMs): readonly MarketEvent[] {
    this.tally.fault(fault);
    const seenTime = this.clock.seenTimeOf(receiveTime);
    const isFirst = this.#troubledSince === undefined;
    this.#troubledSince = seenTime;
    return isFirst ? [this.#status('amber', fault.message, seenTime)] : [];
  }

  /** Counts something that was left out. */
  left(reason: string): readonly MarketEvent[] {
    this.tally.drop(reason);
    return [];
  }

  #calmed(seenTime: UnixMs): readonly MarketEvent[] {
    if (this.#troubledSince === undefined || seenTime - this.#troubledSince < TROUBLE_MS) return [];
    this.#troubledSince = undefined;
    return [this.#status('live', '', seenTime)];
  }

  #newReader(ownSymbol: string, receiveTime: UnixMs): Reader | undefined {
    const spec = this.listed.get(ownSymbol) ?? this.#rules.tabledInstrument(ownSymbol, receiveTime);
    return spec && this.#rules.readerOf(spec, this.tally);
  }

  #readerOf(instrument: InstrumentId): Reader | undefined {
    return this.readers.get(instrument.slice(this.#rules.venue.length + 1));
  }

  #status(state: 'amber' | 'live', detail: string, seenTime: UnixMs): MarketEvent {
    const { venue } = this.#rules;
    return { kind: 'status', venue, channel: 'connection', state, detail, eventTime: seenTime, seenTime };
  }
}

function listing(spec: Instrument, seenTime: UnixMs): MarketEvent {
  return { kind: 'instrument', instrument: spec.id, eventTime: seenTime, seenTime, spec };
}

function firstSeenTime(events: readonly MarketEvent[], otherwise: UnixMs): UnixMs {
  return Math.min(otherwise, events[0]?.seenTime ?? otherwise) as UnixMs;
}
