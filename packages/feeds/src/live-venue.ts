import type {
  Channel,
  DurationMs,
  InstrumentEvent,
  MarketEvent,
  Parsed,
  UnixMs,
  VenueId,
  DataRate,
} from '@liquidation-heatmap/core';
import type { Runtime } from './runtime/runtime.js';

/** What is wanted of one venue. */
export interface LiveRequest {
  /** Canonical symbol, e.g. `BTCUSDT`. */
  readonly symbol: string;
  /** How far back the warm start reaches; 0 for none. */
  readonly historyMs: DurationMs;
  /** Width of a column: below five minutes the last hour comes in finer bars where the venue has them. */
  readonly intervalMs: DurationMs;
  /** Channels known from documentation alone are read too. */
  readonly unproven?: boolean;
  /** How much is read; default `full`. */
  readonly data?: DataRate;
  /** The last price of the asset's spot pair is read too, over a socket of its own; default false, which saves its bytes. */
  readonly spot?: boolean;
}

/** The past of an instrument as far as it could be had. */
export interface History {
  /** Ascending `seenTime`; the first is the instrument itself. Empty when nothing could be had. */
  readonly events: readonly InstrumentEvent[];
  /** Close of the newest bar, on the venue's clock; undefined without bars. Trades from here on are not in any bar. */
  readonly barsEnd: UnixMs | undefined;
  readonly shortfalls: readonly Shortfall[];
}

/** Something of the past that could not be had. */
export interface Shortfall {
  readonly channel: Channel;
  /** One plain sentence. */
  readonly words: string;
}

/** One venue, live. Trouble comes as events; only bugs are thrown. */
export interface LiveVenue {
  readonly venue: VenueId;
  /** Bars, mark bars, open interest and ratios that were known before now. */
  history(request: LiveRequest, runtime: Runtime, signal: AbortSignal): Promise<History>;
  /**
   * Starts at once and runs until the signal aborts; events wait in the stream until they are read. `past` is the history once it is
   * there: the live part fetches the trades since its end, so that nothing is missing or told twice.
   */
  live(request: LiveRequest, past: Promise<History>, runtime: Runtime, signal: AbortSignal): AsyncIterable<MarketEvent>;
  /** Milliseconds the venue takes to answer a ping, or why it does not. */
  probe(runtime: Runtime, signal: AbortSignal): Promise<Parsed<DurationMs>>;
}
