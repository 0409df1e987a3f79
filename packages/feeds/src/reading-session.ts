import type {
  DepthView,
  Fault,
  Instrument,
  InstrumentId,
  MarketEvent,
  UnixMs,
  VenueId,
} from '@liquidation-heatmap/core';
import { RatioReading, type RatioBody } from './ratio-reading.js';
import type { BookState, RestRequest, SessionCounters, SessionOptions, VenueSession } from './feed.js';
import { SeenClock } from './seen-clock.js';
import { SessionTally } from './session-tally.js';
import { broken, faultOf, isObject, shown, type JsonObject } from './wire-fields.js';

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
  /** The socket at an address was lost (all of them when undefined): every channel of it is cut. */
  onCut(seenTime: UnixMs, reason: string, url?: string): readonly MarketEvent[];
  /** Takes another tick size: what ticks mean is different now, so the book starts anew and every channel is cut. */
  relist(spec: Instrument, seenTime: UnixMs): readonly MarketEvent[];
  /** True once after a streamed book has to be subscribed anew. */
  takeBookWish?(): boolean;
}

/** What of a session is a venue's own, beside its frames. */
export interface ReadingRules<Reader> {
  readonly venue: VenueId;
  /** Contract facts known without asking the venue; undefined for an instrument nothing is known of. */
  tabledInstrument(ownSymbol: string, time: UnixMs): Instrument | undefined;
  readerOf(spec: Instrument, tally: SessionTally): Reader;
  /** What an address tells of longs and shorts; undefined for any other, absent where the venue tells nothing of them. */
  ratiosAt?(url: string): RatioBody | undefined;
}

/**
 * What every venue's session does alike: reads JSON, counts, tells faults once per stretch of trouble, keeps the clock, and begins
 * to read an instrument when it is first named. A venue says what its frames mean.
 */
export abstract class ReadingSession<Reader extends InstrumentReader> implements VenueSession {
  readonly venue: VenueId;
  protected readonly tally = new SessionTally();
  protected readonly clock = new SeenClock();
  /** Instruments being read, by the venue's own symbol. */
  protected readonly readers = new Map<string, Reader>();
  /** Contract facts that were fetched, by the venue's own symbol. */
  protected readonly listed = new Map<string, Instrument>();
  readonly #rules: ReadingRules<Reader>;
  readonly #ratios: RatioReading;
  readonly #symbols: ReadonlySet<string> | undefined;
  readonly #openUrls = new Set<string>();
  /** Own symbols whose listing was told. */
  readonly #introduced = new Set<string>();
  #troubledSince: UnixMs | undefined;

  constructor(rules: ReadingRules<Reader>, options: SessionOptions) {
    this.venue = rules.venue;
    this.#rules = rules;
    this.#ratios = new RatioReading(rules.venue, this.tally);
    this.#symbols = options.symbols === undefined ? undefined : new Set(options.symbols);
    for (const spec of options.instruments ?? []) if (spec.venue === rules.venue) this.listed.set(spec.ownSymbol, spec);
  }

  /** Reads a frame that is a JSON object. */
  protected abstract onFrame(frame: JsonObject, receiveTime: UnixMs): readonly MarketEvent[];

  get counters(): SessionCounters {
    return { records: this.tally.records, drops: this.tally.drops };
  }

  onOpen(url: string, receiveTime: UnixMs): readonly MarketEvent[] {
    const isReplaced = this.#openUrls.has(url);
    this.#openUrls.add(url);
    return isReplaced ? this.cut(receiveTime, 'The connection was replaced', url) : [];
  }

  onSent(_text: string, _receiveTime: UnixMs): readonly MarketEvent[] {
    return [];
  }

  onClose(receiveTime: UnixMs, reason: string, url?: string): readonly MarketEvent[] {
    if (url === undefined) this.#openUrls.clear();
    else this.#openUrls.delete(url);
    return this.cut(receiveTime, reason, url);
  }

  onText(text: string, receiveTime: UnixMs): readonly MarketEvent[] {
    const frame = this.jsonOf(text);
    if (isObject(frame)) return this.onFrame(frame, receiveTime);
    this.tally.record('unreadable');
    return this.told(faultOf('not-json', 'frame', `frame must be one JSON object, was ${shown(text)}`), receiveTime);
  }

  /** Bodies of ratios are read alike for every venue; others are the venue's own. */
  onRest(url: string, body: string, receiveTime: UnixMs, _generation?: number): readonly MarketEvent[] {
    const { pathname } = new URL(url);
    this.tally.record(`rest:${pathname}`);
    const ratios = this.#rules.ratiosAt?.(url);
    return ratios === undefined ? this.left('unused-body') : this.#ratioBody(pathname, ratios, body, receiveTime);
  }

  /** Nothing is fetched where the stream brings its own snapshots. */
  takeRequests(): readonly RestRequest[] {
    return [];
  }

  takeResubscriptions(): readonly InstrumentId[] {
    return [...this.readers.values()].flatMap((reader) => (reader.takeBookWish?.() === true ? [reader.spec.id] : []));
  }

  relist(specs: readonly Instrument[], receiveTime: UnixMs): readonly MarketEvent[] {
    const seenTime = this.clock.seenTimeOf(receiveTime);
    return specs.flatMap((spec) => {
      this.listed.set(spec.ownSymbol, spec);
      const used = this.readers.get(spec.ownSymbol);
      if (used === undefined || Number(used.spec.tickSize) === Number(spec.tickSize)) return [];
      this.#introduced.add(spec.ownSymbol);
      return [...used.relist(spec, seenTime)];
    });
  }

  takeFaults(): readonly Fault[] {
    return this.tally.takeFaults();
  }

  get isTimeKnown(): boolean {
    return this.clock.isKnown;
  }

  seenTimeOf(receiveTime: UnixMs): UnixMs {
    return this.clock.seenTimeOf(receiveTime);
  }

  /** Instruments known so far, in order of first use. */
  instruments(): readonly Instrument[] {
    return [...this.readers.values()]
      .map(({ spec }) => spec)
      .filter(({ ownSymbol }) => this.#introduced.has(ownSymbol));
  }

  /** The book, only while it is in sync. */
  book(instrument: InstrumentId): DepthView | undefined {
    return this.#readerOf(instrument)?.book.view();
  }

  bookState(instrument: InstrumentId): BookState | undefined {
    return this.#readerOf(instrument)?.book.state;
  }

  /** The value a text stands for; undefined when it is no JSON. Overridden where ids are too long for a number. */
  protected jsonOf(text: string): unknown {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return undefined;
    }
  }

  /**
   * Reads something of one instrument. Its listing comes before the first event of it, the end of trouble before the first that was
   * sound.
   */
  protected emit(
    ownSymbol: string,
    receiveTime: UnixMs,
    seenTime: UnixMs,
    read: (reader: Reader) => Reading | undefined,
  ): readonly MarketEvent[] {
    const spec = this.#specOf(ownSymbol, receiveTime);
    if (spec === undefined) return this.left('unknown-instrument');
    if (this.#symbols !== undefined && !this.#symbols.has(spec.symbol)) return this.left('other-symbol');
    const reader = this.readers.get(ownSymbol) ?? this.#rules.readerOf(spec, this.tally);
    this.readers.set(ownSymbol, reader);
    const reading = read(reader);
    if (reading === undefined) return this.left('unused-stream');
    if (!reading.ok) return this.told(reading.fault, receiveTime);
    const calmed = this.#calmed(seenTime);
    if (this.#introduced.has(ownSymbol)) return calmed.length === 0 ? reading.events : [...calmed, ...reading.events];
    this.#introduced.add(ownSymbol);
    return [listing(reader.spec, firstSeenTime(reading.events, seenTime)), ...calmed, ...reading.events];
  }

  /** Counts a fault and tells it once per stretch of trouble, so that a flood of bad frames is one event. */
  protected told(fault: Fault, receiveTime: UnixMs): readonly MarketEvent[] {
    this.tally.fault(fault);
    return this.noticed(fault.message, receiveTime);
  }

  /** Tells of trouble that is no fault of a frame, e.g. announced maintenance. */
  protected noticed(words: string, receiveTime: UnixMs): readonly MarketEvent[] {
    const seenTime = this.clock.seenTimeOf(receiveTime);
    const isFirst = this.#troubledSince === undefined;
    this.#troubledSince = seenTime;
    return isFirst ? [this.#status('amber', words, seenTime)] : [];
  }

  /** Counts something that was left out. */
  protected left(reason: string): readonly MarketEvent[] {
    this.tally.drop(reason);
    return [];
  }

  /** The socket at an address (all of them when undefined) was lost. */
  protected cut(receiveTime: UnixMs, reason: string, url?: string): readonly MarketEvent[] {
    const seenTime = this.clock.seenTimeOf(receiveTime);
    return [...this.readers.values()].flatMap((reader) => [...reader.onCut(seenTime, reason, url)]);
  }

  #ratioBody(source: string, { ownSymbol, isPast, parse }: RatioBody, body: string, receiveTime: UnixMs) {
    const seenTime = this.clock.seenTimeOf(receiveTime);
    const raw = this.jsonOf(body);
    const rows =
      raw === undefined ? broken('not-json', source, 'JSON', body) : parse(raw, `${this.venue}:${ownSymbol}`);
    if (!rows.ok) return this.#ratios.onFault(source, rows.fault, seenTime);
    return this.emit(ownSymbol, receiveTime, seenTime, () => {
      const known = rows.value.filter((row) => row.seenTime <= seenTime);
      return { ok: true, events: isPast ? known : this.#ratios.onNewest(source, rows.value, seenTime) };
    });
  }

  #calmed(seenTime: UnixMs): readonly MarketEvent[] {
    if (this.#troubledSince === undefined || seenTime - this.#troubledSince < TROUBLE_MS) return [];
    this.#troubledSince = undefined;
    return [this.#status('live', '', seenTime)];
  }

  #specOf(ownSymbol: string, receiveTime: UnixMs): Instrument | undefined {
    const known = this.readers.get(ownSymbol)?.spec ?? this.listed.get(ownSymbol);
    return known ?? this.#rules.tabledInstrument(ownSymbol, receiveTime);
  }

  #readerOf(instrument: InstrumentId): Reader | undefined {
    return this.readers.get(instrument.slice(this.venue.length + 1));
  }

  #status(state: 'amber' | 'live', detail: string, seenTime: UnixMs): MarketEvent {
    const { venue } = this;
    return { kind: 'status', venue, channel: 'connection', state, detail, eventTime: seenTime, seenTime };
  }
}

function listing(spec: Instrument, seenTime: UnixMs): MarketEvent {
  return { kind: 'instrument', instrument: spec.id, eventTime: seenTime, seenTime, spec };
}

function firstSeenTime(events: readonly MarketEvent[], otherwise: UnixMs): UnixMs {
  return Math.min(otherwise, events[0]?.seenTime ?? otherwise) as UnixMs;
}
