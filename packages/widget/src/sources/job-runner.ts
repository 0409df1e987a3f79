import {
  MS_PER_MINUTE,
  createEngine,
  createFrameStream,
  type DurationMs,
  type Engine,
  type FrameMessage,
  type FrameSink,
  type MarketEvent,
  type Price,
  type SourceStatus,
  type UnixMs,
  type VenueSplit,
} from '@liquidation-heatmap/core';
import type { EventFeed } from './event-feed.js';
import { connectingStatus, errorStatus, faultOf, originOf, type Job, isOfVenues } from './job.js';
import { openEvents } from './open-events.js';
import { createSlices } from './slices.js';
import { SourceProgress } from './source-progress.js';

/** Least time between two sendings, ms: live at every tick, history seldom enough to leave the time to the engine. */
const SEND_EVERY_MS = { live: 90, history: 300 } as const;
/** A live source that gave nothing for this long is told as an error, ms; it keeps trying. */
const SILENT_START_MS = 20_000;

/** Runs one job: events -> engine -> frame messages, in slices. The same class serves the worker and the main thread. */
export class JobRunner {
  readonly #job: Job;
  readonly #sink: FrameSink;
  readonly #progress = new SourceProgress();
  #engine: Engine | undefined;
  #stream: ReturnType<typeof createFrameStream> | undefined;
  #feed: EventFeed | undefined;
  #isPaused = false;
  #isAway = false;
  #hasSnapshot = false;
  #isSilent = false;
  #lastSent = -Infinity;

  constructor(job: Job, sink: FrameSink) {
    this.#job = job;
    this.#sink = sink;
  }

  /** Runs until the events end or the signal aborts. Never rejects: what goes wrong is sent as a status. */
  async run(signal: AbortSignal): Promise<void> {
    const { choice, request } = this.#job;
    this.#tell(connectingStatus(choice));
    const silence = isOfVenues(choice) ? setTimeout(() => this.#tellSilence(), SILENT_START_MS) : undefined;
    try {
      const feed = await openEvents(this.#job, signal);
      this.#feed = feed;
      feed.pacer?.setPaused(this.#isPaused);
      feed.presence?.set(this.#isAway);
      this.#tell(connectingStatus(choice, feed.waiting));
      this.#engine = createEngine({
        symbol: request.symbol,
        venues: feed.venues,
        resolutions: resolutionsOf(request.intervalMs),
        columnsKept: columnsKept(request.rangeMs / request.intervalMs),
      });
      this.#stream = createFrameStream(this.#engine, { epoch: 1 });
      await this.#consume(feed, signal);
      if (!signal.aborted) this.#end();
    } catch (thrown) {
      if (!signal.aborted) {
        const fault = faultOf(thrown, isOfVenues(choice) ? 'venues' : 'src');
        this.#tell(errorStatus(choice, fault, this.#progress.dataTime, this.#progress.venues()));
      }
    } finally {
      clearTimeout(silence);
    }
  }

  /** Holds recordings and simulations; a live feed goes on, or there would be a gap. */
  setPaused(paused: boolean): void {
    this.#isPaused = paused;
    this.#feed?.pacer?.setPaused(paused);
  }

  /** Nobody sees the page: what reads venues gives back its sockets until somebody does. */
  setAway(isAway: boolean): void {
    this.#isAway = isAway;
    this.#feed?.presence?.set(isAway);
  }

  /** Exposure of each venue between two prices in the column that ends at `endTime`. */
  splitAt(endTime: UnixMs, low: Price, high: Price): readonly VenueSplit[] | undefined {
    const engine = this.#engine;
    if (engine === undefined || this.#feed === undefined) return undefined;
    const edges = Float64Array.of(low, high);
    // A column is addressed by its exclusive end; the moment just before lies inside it.
    const inside = (endTime - 1) as UnixMs;
    const splits: VenueSplit[] = [];
    for (const venue of this.#feed.venues) {
      const density = engine.densityAt(inside, edges, venue);
      if (density === undefined) return undefined;
      splits.push({
        venue,
        long: density.long[0] as VenueSplit['long'],
        short: density.short[0] as VenueSplit['short'],
      });
    }
    return splits;
  }

  async #consume(feed: EventFeed, signal: AbortSignal): Promise<void> {
    const slices = createSlices();
    for await (const event of feed.events) {
      if (signal.aborted) return;
      const wait = feed.pacer?.until(event.seenTime, signal);
      if (wait !== undefined) {
        await wait;
        if (signal.aborted) return;
      }
      // A refused event is counted by the engine and told in the facts; the stream goes on.
      this.#engine?.apply(event);
      this.#progress.note(event);
      this.#sendIfDue(event, feed);
      const { at } = this.#job.request;
      if (at !== undefined && event.seenTime > at) return;
      const rest = slices.rest();
      if (rest !== undefined) await rest;
    }
  }

  #sendIfDue(event: MarketEvent, feed: EventFeed): void {
    if (event.kind !== 'tick' && event.kind !== 'status') return;
    const { historyUntil } = feed;
    const isHistory = historyUntil !== undefined && event.seenTime < historyUntil;
    // Columns before the range are never seen: the estimate only warms up on them.
    if (isHistory && event.seenTime < historyUntil - this.#job.request.rangeMs) return;
    const now = performance.now();
    if (now - this.#lastSent < (isHistory ? SEND_EVERY_MS.history : SEND_EVERY_MS.live)) return;
    this.#lastSent = now;
    this.#send(isHistory);
  }

  #send(isHistory: boolean): void {
    const stream = this.#stream;
    if (stream === undefined) return;
    const { dataTime } = this.#progress;
    if (dataTime === undefined) {
      if (!this.#isSilent)
        this.#tell(connectingStatus(this.#job.choice, this.#progress.trouble() || this.#feed?.waiting));
      return;
    }
    if (this.#hasSnapshot) {
      for (const message of stream.drain()) this.#sink(message);
    } else {
      this.#sink(stream.snapshot());
      this.#hasSnapshot = true;
    }
    const detail = isHistory ? 'Building the estimate from history' : this.#leftOut();
    this.#tell({
      state: 'live',
      origin: originOf(this.#job.choice),
      detail,
      dataTime,
      venues: this.#progress.venues(),
    });
  }

  #end(): void {
    const { choice } = this.#job;
    const { dataTime } = this.#progress;
    if (dataTime === undefined) {
      const reason = this.#progress.trouble();
      const message = `The source ended without data of ${this.#job.request.symbol}${reason === '' ? '' : `: ${reason}`}`;
      this.#tell(errorStatus(choice, { code: 'empty-source', field: isOfVenues(choice) ? 'symbol' : 'src', message }));
      return;
    }
    this.#send(false);
    const detail = this.#leftOut();
    this.#tell({ state: 'frozen', origin: originOf(choice), detail, dataTime, venues: this.#progress.venues() });
  }

  #leftOut(): string {
    return this.#feed?.leftOut?.() ?? '';
  }

  #tellSilence(): void {
    if (this.#progress.dataTime !== undefined) return;
    this.#isSilent = true;
    const { venues } = this.#job.request;
    const reason = this.#progress.trouble();
    const message = `venues must answer within 20 s, but ${venues.join(', ')} gave no data${reason === '' ? '' : ` (${reason})`}; still trying`;
    this.#tell(
      errorStatus(
        this.#job.choice,
        { code: 'unreachable-source', field: 'venues', message },
        undefined,
        this.#progress.venues(),
      ),
    );
  }

  #tell(status: SourceStatus): void {
    const message: FrameMessage = this.#stream?.status(status) ?? {
      kind: 'status',
      symbolIndex: 0,
      sequence: 0,
      epoch: 0,
      time: 0 as UnixMs,
      status,
    };
    this.#sink(message);
  }
}

/** Venues tell their past in candles of a minute: columns finer than that begin when the page does, and minutes stand before them. */
function resolutionsOf(intervalMs: DurationMs): readonly DurationMs[] {
  return intervalMs < MS_PER_MINUTE ? [intervalMs, MS_PER_MINUTE as DurationMs] : [intervalMs];
}

/** The visible columns and half as many again to pan back to, within the ring texture. */
function columnsKept(visible: number): number {
  return Math.min(1024, Math.ceil(visible * 1.5) + 8);
}
