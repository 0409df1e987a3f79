import type {
  Bar,
  Channel,
  DurationMs,
  Fault,
  Instrument,
  LongShortRatio,
  MarkBar,
  OpenInterest,
  Parsed,
  Trade,
  UnixMs,
  VenueId,
} from '@liquidation-heatmap/core';
import type { WatchedChannel } from '../connection/heartbeat.js';
import type { RestAnswer } from '../connection/rest-client.js';
import type { VenueAdapter } from '../feed.js';
import type { Runtime } from '../runtime/runtime.js';
import type { SpotWire } from '../spot/spot-wire.js';
import type { LiveWire } from './socket-plan.js';

/** Candle lengths that are read, in ms. */
export const INTERVALS = { '1m': 60_000, '5m': 300_000 } as const;

/** A candle length. */
export type IntervalName = keyof typeof INTERVALS;

/** Start times asked for, in ms since 1970 on the venue's clock, both ends included. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** A hole in what a socket brought, on the venue's clock. */
export interface Hole {
  readonly from: UnixMs;
  readonly to: UnixMs;
  /** Newest trade before the hole; undefined when none was seen yet. */
  readonly lastTrade: Trade | undefined;
}

/** Trades that were missed, as frames in the stream's own shape, so that the session's own reading removes doubles. */
export interface MissedTrades {
  readonly frames: readonly string[];
  /** From here to the end of the hole no trade is missing; NaN when nothing could be had. */
  readonly from: number;
}

/** Rows of one kind of history, as pages of the venue. */
export interface Paged<Row> {
  /** Most rows of one answer. */
  readonly page: number;
  read(
    spec: Instrument,
    interval: IntervalName,
    span: TimeSpan,
    now: UnixMs,
    signal: AbortSignal,
  ): Promise<Parsed<readonly Row[]>>;
}

/** A venue's REST interface within its limits; what a venue does not have is absent. */
export interface VenueRest {
  /** Milliseconds the venue takes to answer. */
  ping(signal: AbortSignal): Promise<Parsed<DurationMs>>;
  /** The venue's own clock: this machine's may be minutes off. */
  time(signal: AbortSignal): Promise<Parsed<UnixMs>>;
  /** Contracts the venue lists. */
  instruments(signal: AbortSignal): Promise<Parsed<readonly Instrument[]>>;
  /** A body that the session itself reads, e.g. a book snapshot, at its cost. */
  body(url: string, signal: AbortSignal): Promise<Parsed<RestAnswer>>;
  readonly bars?: Paged<Bar>;
  readonly markBars?: Paged<MarkBar>;
  /** Every five minutes. */
  readonly openInterest?: Paged<OpenInterest>;
  /** Every five minutes, one for each of the venue's statistics of longs and shorts. */
  readonly ratios?: readonly Paged<LongShortRatio>[];
  missedTrades?(spec: Instrument, hole: Hole, signal: AbortSignal): Promise<MissedTrades>;
}

/** A value that no stream brings and that is asked for again and again. */
export interface Poll {
  readonly channel: Channel;
  readonly everyMs: number;
  /** True where a failure is told of this channel and concerns no other. */
  readonly isAside?: boolean;
  /** Asked one after the other. */
  urls(spec: Instrument): readonly string[];
}

/** Everything the live driver has to know of a venue. */
export interface VenueRules {
  readonly venue: VenueId;
  /** In sentences, e.g. `Binance USDS-M`. */
  readonly name: string;
  readonly adapter: VenueAdapter;
  readonly wire: LiveWire;
  readonly watch: readonly WatchedChannel[];
  readonly polls: readonly Poll[];
  /** The venue's spot market; absent where it is not read. */
  readonly spot?: SpotWire;
  /** Age at which a socket is replaced; venues cut theirs at 24 h. */
  readonly rotateAfterMs: number;
  /** How far back the venue keeps history. */
  readonly historyLimitMs: DurationMs;
  /** Up to this long a hole in the trades is filled trade by trade. */
  readonly tradesBackfillMs: DurationMs;
  /** The index has a stream of its own, apart from the mark. */
  readonly hasIndexAlone?: boolean;
  /** Closed candles are asked for every minute and stand for the trades, which are not subscribed. */
  readonly hasBarsForTrades?: boolean;
  createRest(runtime: Runtime, onTrouble: (fault: Fault) => void): VenueRest;
  /** Canonical symbols whose contract is known without asking. */
  readonly tabledSymbols: readonly string[];
  /** The contract of a canonical symbol as the table has it. */
  tabled(symbol: string, time: UnixMs): Instrument | undefined;
}
