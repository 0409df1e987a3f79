import type {
  DepthView,
  Fault,
  Instrument,
  InstrumentId,
  MarketEvent,
  UnixMs,
  VenueId,
} from '@liquidation-heatmap/core';
import type { BookSyncCounts, JoinFacts } from './book/book-sync.js';

/** Something the session needs from the venue's REST interface; whoever runs the session fetches it and hands the body to `onRest`. */
export interface RestRequest {
  readonly purpose: 'book-snapshot';
  readonly instrument: InstrumentId;
  readonly url: string;
  /** Number of the synchronization it belongs to: an answer of an older one is dropped. */
  readonly generation: number;
  /** 0 for the first try; grows while snapshots keep coming too old, so that the fetcher can wait longer. */
  readonly attempt: number;
}

/** What has been read and what was left out since the session began. */
export interface SessionCounters {
  /** Server frames and REST bodies by stream name (`depth`, `aggTrade`, `bookTicker`, `rest:depth`, ...). */
  readonly records: Readonly<Record<string, number>>;
  /** Records left out by reason (`malformed`, `duplicate-trade`, `off-book`, `stale-delta`, ...). */
  readonly drops: Readonly<Record<string, number>>;
}

/** How the book of one instrument stands, for facts and tests. */
export interface BookState extends BookSyncCounts {
  readonly state: 'awaiting-snapshot' | 'awaiting-join' | 'in-sync' | 'gapped';
  /** Update id the book stands at; undefined while it is not in sync. */
  readonly lastSequence: number | undefined;
  readonly generation: number;
  /** Deltas kept until a snapshot comes. */
  readonly pending: number;
  /** How the newest snapshot was joined; undefined before the first snapshot. */
  readonly join: JoinFacts | undefined;
}

/** One venue being read: text in, market events out. Holds no socket and no clock, so a recording and a live feed run the same code. */
export interface VenueSession {
  readonly venue: VenueId;
  /** A socket opened. Names what will flow where the venue puts it into the address. */
  onOpen(url: string, receiveTime: UnixMs): readonly MarketEvent[];
  /** A frame was sent to the venue: subscriptions are read from it. */
  onSent(text: string, receiveTime: UnixMs): readonly MarketEvent[];
  /** A server frame. Never throws on what the venue may do wrong: a bad frame is counted and told. */
  onText(text: string, receiveTime: UnixMs): readonly MarketEvent[];
  /** A REST body. `generation` is the request's; absent (recordings) means the present one. */
  onRest(url: string, body: string, receiveTime: UnixMs, generation?: number): readonly MarketEvent[];
  /** A socket closed: what flowed on it is missing from now on. Without a url every socket closed. */
  onClose(receiveTime: UnixMs, reason: string, url?: string): readonly MarketEvent[];
  /** Requests that came up since the last call, each once. */
  takeRequests(): readonly RestRequest[];
  /** Instruments whose streamed book has to be subscribed anew for a snapshot, each once. */
  takeResubscriptions(): readonly InstrumentId[];
  /** The venue's own contract facts: instruments being read with another tick size start anew with the listed one. */
  relist(specs: readonly Instrument[], receiveTime: UnixMs): readonly MarketEvent[];
  /** Faults since the last call, newest last; at most 100 are kept, all are counted. */
  takeFaults(): readonly Fault[];
  /** True once a message has told how far the receiving machine's clock is off. */
  readonly isTimeKnown: boolean;
  /** `seenTime` of a receive time: corrected for skew, never decreasing. */
  seenTimeOf(receiveTime: UnixMs): UnixMs;
  /** The book, only while it is in sync. */
  book(instrument: InstrumentId): DepthView | undefined;
  bookState(instrument: InstrumentId): BookState | undefined;
  /** Instruments known so far, in order of first use. */
  instruments(): readonly Instrument[];
  readonly counters: SessionCounters;
}

/** What a session should read. */
export interface SessionOptions {
  /** Canonical symbols to keep; absent = every symbol that comes and is known. */
  readonly symbols?: readonly string[];
  /** Contract facts already known (fetched before the socket opened); they win over the built-in table. */
  readonly instruments?: readonly Instrument[];
}

/** One venue's language. Replay and live use the same adapter object. */
export interface VenueAdapter {
  readonly venue: VenueId;
  /** True when a recorded address belongs to this venue. */
  ownsUrl(url: string): boolean;
  createSession(options: SessionOptions): VenueSession;
  /** True where every server frame is gzip: whoever receives it unpacks it before `onText`. */
  readonly isGzipped?: boolean;
}
