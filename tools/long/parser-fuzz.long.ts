import fc from 'fast-check';
import { createEngine, type MarketEvent, type UnixMs } from '@liquidation-heatmap/core';
import { venueAdapters, type VenueSession } from '@liquidation-heatmap/feeds';
import { runBatches } from './batches.js';
import type { LongTest } from './long-test.js';
import { byteFaults, mutateBytes } from './mutate-bytes.js';
import { breakJson, jsonFaults } from './mutate-json.js';
import { VENUE_FRAMES } from './venue-frames.js';

const FRAMES = 2_000_000;
const BATCH = 20_000;
/** Frames one session reads before the next one starts: long enough for a book to sync, gap and sync again. */
const SESSION_FRAMES = 500;
const START = Date.UTC(2026, 8, 21, 12);

/** Numbers of an event, at any depth. */
function* numbersOf(value: unknown): Generator<number> {
  if (typeof value === 'number') yield value;
  else if (Array.isArray(value) || ArrayBuffer.isView(value))
    for (const part of value as Iterable<unknown>) yield* numbersOf(part);
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* numbersOf(part);
}

/** One venue session and the engine behind it, watched for what must never come out of them. */
class Watched {
  readonly #session: VenueSession;
  readonly #engine = createEngine({ symbol: 'BTCUSDT', venues: ['binance'] });
  #receiveTime = START;
  #seenTime = Number.NEGATIVE_INFINITY;

  constructor(readAdapter: (typeof venueAdapters)[number]) {
    this.#session = readAdapter.createSession({});
    for (const { url } of VENUE_FRAMES) if (url !== undefined) this.#take(this.#session.onOpen(url, START as UnixMs));
  }

  read(text: string, restUrl: string | undefined): 'events' | 'nothing' {
    const time = (this.#receiveTime += 7) as UnixMs;
    const events = restUrl === undefined ? this.#session.onText(text, time) : this.#session.onRest(restUrl, text, time);
    this.#take(events, restUrl !== undefined);
    this.#session.takeRequests();
    if (this.#session.takeFaults().some((fault) => fault.message === ''))
      throw new Error('A fault must state its rule');
    return events.length === 0 ? 'nothing' : 'events';
  }

  #take(events: readonly MarketEvent[], isHistory = false): void {
    for (const event of events) {
      // A history bar is as old as its close; whoever plays a session puts history first.
      if (!isHistory) {
        if (!(event.seenTime >= this.#seenTime)) throw new Error(`seenTime went back to ${event.seenTime}`);
        this.#seenTime = event.seenTime;
      }
      for (const number of numbersOf(event)) {
        if (Number.isNaN(number)) throw new Error(`NaN in ${JSON.stringify(event)}`);
      }
      this.#engine.apply(event);
    }
  }

  /** The estimate must hold numbers whatever came in. */
  finish(): void {
    for (const number of numbersOf(this.#engine.totals())) {
      if (!(number >= 0)) throw new Error(`The totals hold ${number}`);
    }
  }
}

/** Fuzz of every venue's parser, with the engine behind it. */
export const longTest: LongTest = {
  name: 'parser-fuzz',
  law: 'a venue may send anything: nothing throws, no event holds NaN, seen time of frames never goes back, totals stay numbers',
  seed: 20_260_921,
  run(context) {
    let slowestMs = 0;
    const tally = runBatches(context, context.count ?? FRAMES, BATCH, (seed, size) => {
      const counts: Record<string, number> = {};
      let watched: Watched | undefined;
      let runs = 0;
      const frame = fc.nat(VENUE_FRAMES.length - 1);
      const law = fc.property(frame, jsonFaults, byteFaults, fc.nat(5), (index, json, bytes, dice) => {
        if (runs++ % SESSION_FRAMES === 0) {
          watched?.finish();
          watched = new Watched(venueAdapters[0]!);
        }
        const { text, restUrl } = VENUE_FRAMES[index]!;
        const step = runs % SESSION_FRAMES;
        const sound = text(step, START + 7 * step);
        const broken = dice < 2 ? sound : dice < 5 ? breakJson(sound, json) : brokenText(sound, bytes);
        const started = performance.now();
        const outcome = (watched as Watched).read(broken, restUrl);
        slowestMs = Math.max(slowestMs, performance.now() - started);
        const key = `${dice < 2 ? 'sound' : 'broken'} frames with ${outcome}`;
        counts[key] = (counts[key] ?? 0) + 1;
      });
      fc.assert(law, { seed, numRuns: size, endOnFailure: true });
      watched?.finish();
      return counts;
    });
    return { ...tally, 'frame kinds': VENUE_FRAMES.length, 'slowest, ms': Math.round(slowestMs) };
  },
};

function brokenText(text: string, faults: Parameters<typeof mutateBytes>[1]): string {
  return new TextDecoder().decode(mutateBytes(new TextEncoder().encode(text), faults));
}
