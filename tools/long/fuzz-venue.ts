import { getHeapStatistics } from 'node:v8';
import { createEngine, type MarketEvent, type UnixMs } from '@liquidation-heatmap/core';
import type { VenueAdapter, VenueSession } from '@liquidation-heatmap/feeds';
import { breakJson, randomJsonFaults } from './mutate-json.js';

/** Frames one session reads before the next one starts: long enough for a book to sync, gap and sync again. */
const SESSION_FRAMES = 500;
/** One frame may not take more memory than this. */
const MOST_BYTES = 1_048_576;
/** So often a frame that seems to take too much is read again. */
const REPEATS = 3;
const START = Date.UTC(2026, 8, 21, 12);
/** Parts of a frame that are cut, doubled or set to another letter. */
const SPOILS = 3;

/** A draw from [0, 1). */
export type Draw = () => number;

/** What a fuzz of one venue counted. */
export interface FuzzTally {
  readonly frames: number;
  readonly withEvents: number;
  readonly faults: number;
  /** Most bytes that reading one frame took, its events included; 0 where memory was cleaned up during every reading. */
  readonly mostBytes: number;
}

/**
 * Lets a venue's session read frames of which two in five are sound and the others broken, with the engine behind it. Throws where the
 * session throws, tells a fault without a rule, lets a NaN through, goes back in time or takes a megabyte for a frame.
 */
export function fuzzVenue(adapter: VenueAdapter, sound: readonly string[], count: number, draw: Draw): FuzzTally {
  let watched = new Watched(adapter);
  let withEvents = 0;
  let faults = 0;
  let mostBytes = 0;
  for (let i = 0; i < count; i++) {
    if (i % SESSION_FRAMES === SESSION_FRAMES - 1) {
      faults += watched.finish();
      mostBytes = Math.max(mostBytes, watched.mostBytes);
      watched = new Watched(adapter);
    }
    const text = sound[Math.floor(draw() * sound.length)]!;
    const dice = draw();
    if (watched.read(dice < 0.4 ? text : dice < 0.8 ? brokenJson(text, draw) : spoiled(text, draw))) withEvents += 1;
  }
  faults += watched.finish();
  return { frames: count, withEvents, faults, mostBytes: Math.max(mostBytes, watched.mostBytes) };
}

class Watched {
  mostBytes = 0;
  readonly #adapter: VenueAdapter;
  /** Frames read so far, oldest first. */
  readonly #read: string[] = [];
  readonly #session: VenueSession;
  readonly #engine;
  #receiveTime = START;
  #seenTime = Number.NEGATIVE_INFINITY;
  #faults = 0;
  #wasTimed = false;
  /** Kinds of events the engine took: without mark and open interest the totals are unknown. */
  readonly #taken = new Set<MarketEvent['kind']>();

  constructor(adapter: VenueAdapter) {
    this.#adapter = adapter;
    this.#session = adapter.createSession({});
    this.#engine = createEngine({ symbol: 'BTCUSDT', venues: [adapter.venue] });
  }

  read(text: string): boolean {
    this.#read.push(text);
    const before = bytesInUse();
    const events = this.#session.onText(text, (this.#receiveTime += 7) as UnixMs);
    const taken = bytesInUse() - before;
    this.mostBytes = Math.max(this.mostBytes, taken <= MOST_BYTES ? taken : this.#takenAgain(text));
    for (const event of events) this.#take(event);
    // Until a frame has told the venue's time, events bear this machine's.
    if (!this.#session.isTimeKnown) this.#seenTime = Number.NEGATIVE_INFINITY;
    else if (!this.#wasTimed) this.#seenTime = this.#session.seenTimeOf(this.#receiveTime as UnixMs);
    this.#wasTimed = this.#session.isTimeKnown;
    this.#session.takeRequests();
    this.#session.takeResubscriptions();
    const faults = this.#session.takeFaults();
    if (faults.some((fault) => fault.message === '')) throw new Error('A fault must state its rule');
    this.#faults += faults.length;
    return events.length > 0;
  }

  // The engine that runs us takes memory of its own now and then, for compiled code say: what a frame takes, it takes every time.
  #takenAgain(text: string): number {
    const taken = Array.from({ length: REPEATS }, () => {
      const session = this.#adapter.createSession({});
      let before = 0;
      for (const [i, frame] of this.#read.entries()) {
        before = bytesInUse();
        session.onText(frame, (START + 7 * (i + 1)) as UnixMs);
      }
      return bytesInUse() - before;
    });
    const least = Math.min(...taken);
    if (least > MOST_BYTES) throw new Error(`A frame of ${String(text.length)} letters took ${String(least)} bytes`);
    return Math.max(0, least);
  }

  /** The estimate must hold numbers whatever came in. */
  finish(): number {
    if (!this.#taken.has('mark') || !this.#taken.has('open-interest')) return this.#faults;
    for (const number of numbersOf(this.#engine.totals()))
      if (!(number >= 0)) throw new Error(`The totals hold ${String(number)}`);
    return this.#faults;
  }

  #take(event: MarketEvent): void {
    if (this.#wasTimed && !(event.seenTime >= this.#seenTime))
      throw new Error(`seenTime went back to ${String(event.seenTime)}`);
    this.#seenTime = event.seenTime;
    for (const number of numbersOf(event)) if (Number.isNaN(number)) throw new Error(`NaN in ${JSON.stringify(event)}`);
    if (this.#engine.apply(event) === undefined) this.#taken.add(event.kind);
  }
}

function brokenJson(text: string, draw: Draw): string {
  try {
    return breakJson(text, randomJsonFaults(draw));
  } catch {
    return spoiled(text, draw);
  }
}

function spoiled(text: string, draw: Draw): string {
  let result = text;
  for (let i = 0; i < 1 + Math.floor(draw() * SPOILS); i++) {
    const at = Math.floor(draw() * result.length);
    const dice = draw();
    if (dice < 0.3) result = result.slice(0, at);
    else if (dice < 0.6) result = result.slice(0, at) + result.slice(at + 1 + Math.floor(draw() * 8));
    else if (dice < 0.8) result = result.slice(0, at) + result.slice(Math.max(0, at - 8));
    else result = result.slice(0, at) + String.fromCharCode(32 + Math.floor(draw() * 95)) + result.slice(at + 1);
  }
  return result;
}

/** Numbers of an event, at any depth. */
function* numbersOf(value: unknown): Generator<number> {
  if (typeof value === 'number') yield value;
  else if (Array.isArray(value) || ArrayBuffer.isView(value))
    for (const part of value as Iterable<unknown>) yield* numbersOf(part);
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* numbersOf(part);
}

/** What JavaScript holds now, buffers included. Falls when memory is cleaned up, so a difference is a lower bound of what was taken. */
function bytesInUse(): number {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return heap + external;
}
