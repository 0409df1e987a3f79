import type { CancelSignal, MarketEvent, UnixMs, VenueId } from '@liquidation-heatmap/core';

/** Market events of one job and how they are to be paced. */
export interface EventFeed {
  /** In order of `seenTime`. */
  readonly events: AsyncIterable<MarketEvent> | Iterable<MarketEvent>;
  /** Venues of the frame, reference venue first. */
  readonly venues: readonly VenueId[];
  /** Undefined = as fast as events come (a live feed sets its own pace). */
  readonly pacer: FeedPacer | undefined;
  /** Events up to here are history: work is shown seldom until it is caught up. */
  readonly historyUntil: UnixMs | undefined;
  /** What a reader is told while nothing has come. */
  readonly waiting: string;
  /** Holds what reads venues while nobody sees the page. */
  readonly presence?: { set(isAway: boolean): void };
  /** What of the input could not be read and was left out, as a short sentence; empty while nothing was. */
  leftOut?(): string;
}

/** The part of a pacer a feed needs; some start only when the first event tells the time. */
export interface FeedPacer {
  until(time: number, signal: CancelSignal): Promise<void> | undefined;
  setPaused(paused: boolean): void;
}
