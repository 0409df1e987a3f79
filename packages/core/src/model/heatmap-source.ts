import type { FrameMessage } from './frame-message.js';
import type { DurationMs, Price, UnixMs, Usd } from './units.js';
import type { VenueId } from './venue.js';

/** Anything that can say "stop": an AbortSignal fits. Core declares it because core compiles without DOM and Node. */
export interface CancelSignal {
  readonly aborted: boolean;
}

/** What a reader wants to see. */
export interface SourceRequest {
  /** Canonical symbol, e.g. `BTCUSDT`. */
  readonly symbol: string;
  /** First = reference venue, whose prices the axis shows. */
  readonly venues: readonly VenueId[];
  readonly rangeMs: DurationMs;
  /** Width of a column. */
  readonly intervalMs: DurationMs;
  /** A frozen moment; absent = up to now. */
  readonly at?: UnixMs;
  /** What a source that reads venues should read; default `full`. */
  readonly data?: DataRate;
}

/**
 * How much is read of the venues. `full`: every channel. `plain`: all but the book, which a picture of the estimate does not show. `lite`:
 * candles of a minute instead of trades, marks as seldom as the venue sends them.
 */
export type DataRate = 'full' | 'plain' | 'lite';

/** Where a source puts what it has. */
export type FrameSink = (message: FrameMessage) => void;

/** Exposure of one venue in one cell range of one column. */
export interface VenueSplit {
  readonly venue: VenueId;
  readonly long: Usd;
  readonly short: Usd;
}

/** Every way to get frames: worker, main thread, relay, file, simulation. Faults arrive as `status` messages, never as throws. */
export interface HeatmapSource {
  /** Delivers messages to the sink until the signal aborts; a snapshot comes first. Resolves when it has ended. */
  open(request: SourceRequest, sink: FrameSink, signal: CancelSignal): Promise<void>;
  /** Per-venue exposure of the column that ends at `endTime` between two prices; undefined where the source cannot know. */
  splitAt?(endTime: UnixMs, low: Price, high: Price): Promise<readonly VenueSplit[] | undefined>;
}
