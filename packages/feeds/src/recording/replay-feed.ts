import { assertNever, type Fault, type MarketEvent, type UnixMs, type VenueId } from '@liquidation-heatmap/core';
import type { SessionOptions, VenueAdapter, VenueSession } from '../feed.js';
import { gunzipText } from '../gunzip-text.js';
import { faultOf } from '../wire-fields.js';
import { parseRecordedLine, type RecordedMessage } from './recording-format.js';
import { Ticker } from './ticks.js';

/** Faults of lines kept for the report; every one is counted. */
const KEPT_FAULTS = 100;

/** Frames due sooner are let out at once: a timer cannot do better, and 2,466 frames came in one recorded second. */
const SHORTEST_SLEEP_MS = 5;

/** A recorded message as text. */
type ReadableMessage = Exclude<RecordedMessage, { kind: 'in-binary' }>;

/** Time on this machine, injected so that a test needs none. A `Runtime` fits. */
export interface Pace {
  now(): UnixMs;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** How a recording is to be played. */
export interface ReplayOptions extends SessionOptions {
  /** Every venue whose recordings may be read; the first address in the recording decides. */
  readonly adapters: readonly VenueAdapter[];
  /** Whose recording it is, where its lines carry no address, or one that two venues of a house share. */
  readonly venue?: VenueId;
  /** 1 = as it happened, N = N times as fast; absent = as fast as possible. */
  readonly speed?: number;
  /** Needed with `speed`. */
  readonly pace?: Pace;
  readonly signal?: AbortSignal;
}

/** What the replay has read so far. */
export interface ReplayCounts {
  readonly lines: number;
  readonly badLines: number;
  /** Lines by kind: open, out, in, rest. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly firstReceive: UnixMs | undefined;
  readonly lastReceive: UnixMs | undefined;
}

/** A recording being played: the events, and beside them what was read and what was wrong with it. */
export class ReplayFeed {
  readonly #options: ReplayOptions;
  readonly #ticker = new Ticker();
  readonly #kinds = new Map<string, number>();
  readonly #faults: Fault[] = [];
  #lines = 0;
  #badLines = 0;
  #firstReceive: UnixMs | undefined;
  #lastReceive: UnixMs | undefined;
  #adapter: VenueAdapter | undefined;
  #session: VenueSession | undefined;
  /** Events before the first frame of the market: history and metadata, put in order before they are let out. */
  #held: MarketEvent[] | undefined = [];
  #newest = Number.NEGATIVE_INFINITY as UnixMs;
  #lateEvents = 0;
  /** Market time of the first live frame: what is older is history and is let out at once, at any speed. */
  #liveFrom: UnixMs | undefined;
  #started: { readonly clock: UnixMs; readonly seen: UnixMs } | undefined;

  constructor(options: ReplayOptions) {
    if (options.speed !== undefined && !(options.speed > 0))
      throw new Error(`Speed must be above 0, was ${options.speed}`);
    if (options.speed !== undefined && options.pace === undefined) throw new Error('A speed needs a pace');
    this.#options = options;
  }

  /** The session that reads the recording; undefined until an address has named the venue. */
  get session(): VenueSession | undefined {
    return this.#session;
  }

  get venue(): VenueId | undefined {
    return this.#adapter?.venue;
  }

  get counts(): ReplayCounts {
    return {
      lines: this.#lines,
      badLines: this.#badLines,
      kinds: Object.fromEntries(this.#kinds),
      firstReceive: this.#firstReceive,
      lastReceive: this.#lastReceive,
    };
  }

  /** Events that came too late to be placed: history after the first live frame. */
  get lateEvents(): number {
    return this.#lateEvents;
  }

  /** Faults of lines, oldest first; at most 100 are kept. Faults of frames are the session's. */
  get faults(): readonly Fault[] {
    return this.#faults;
  }

  /** Plays the lines: events with `seenTime` that never decreases, and a tick at every whole second. Ends with the lines or the signal. */
  async *events(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<MarketEvent> {
    for await (const line of lines) {
      if (this.#isAborted()) return;
      this.#lines++;
      const message = parseRecordedLine(line, this.#lines);
      if (!message.ok) {
        this.#bad(message.fault);
        continue;
      }
      const session = this.#sessionFor(message.value);
      if (session === undefined) continue;
      const readable = await this.#unpacked(message.value);
      if (readable === undefined) continue;
      for (const event of this.#due(readable, session)) {
        await this.#wait(event.seenTime);
        if (this.#isAborted()) return;
        yield event;
      }
    }
    yield* this.#released(Number.POSITIVE_INFINITY as UnixMs);
  }

  /**
   * What a line brings: ticks up to its time, then its events. Everything is held until the first frame that says something of
   * the market, since only such a frame tells how far the recorder's clock is off.
   */
  #due(message: ReadableMessage, session: VenueSession): readonly MarketEvent[] {
    const events = this.#read(session, message);
    if (this.#held !== undefined && (message.kind !== 'in' || !session.isTimeKnown)) {
      this.#held.push(...events);
      return [];
    }
    const seenTime = session.seenTimeOf(message.time);
    const ticks = this.#ticker.until(seenTime);
    if (this.#held === undefined && ticks.length === 0 && events.length === 0) return events;
    this.#liveFrom ??= seenTime;
    return [...this.#released(seenTime), ...[...ticks, ...events].filter((event) => this.#isInTime(event))];
  }

  /** Instruments first, then history by `seenTime`, as the engine needs them; nothing later than the market's present. */
  #released(present: UnixMs): readonly MarketEvent[] {
    const held = (this.#held ?? []).map((event) =>
      event.seenTime > present ? { ...event, seenTime: present } : event,
    );
    this.#held = undefined;
    if (held.length === 0) return held;
    const first = held.reduce((least, event) => Math.min(least, event.seenTime), Number.POSITIVE_INFINITY) as UnixMs;
    const listed = held.filter((event) => event.kind === 'instrument');
    const rest = held.filter((event) => event.kind !== 'instrument').sort((a, b) => a.seenTime - b.seenTime);
    return [
      ...listed.map((event) => ({ ...event, seenTime: first })),
      ...rest.filter((event) => this.#isInTime(event)),
    ];
  }

  #isAborted(): boolean {
    return this.#options.signal?.aborted === true;
  }

  #isInTime(event: MarketEvent): boolean {
    if (event.seenTime < this.#newest) {
      this.#lateEvents++;
      return false;
    }
    this.#newest = event.seenTime;
    return true;
  }

  #sessionFor(message: RecordedMessage): VenueSession | undefined {
    const kind = message.kind === 'in-binary' ? 'in' : message.kind;
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1);
    this.#firstReceive ??= message.time;
    this.#lastReceive = message.time;
    if (this.#session !== undefined) return this.#session;
    const url = 'url' in message ? message.url : undefined;
    const { adapters, venue } = this.#options;
    const owners = url === undefined ? [] : adapters.filter((adapter) => adapter.ownsUrl(url));
    const candidates = url === undefined ? adapters.filter((adapter) => adapter.venue === venue) : owners;
    this.#adapter = candidates.find((adapter) => adapter.venue === venue) ?? candidates[0];
    if (this.#adapter === undefined) {
      const place = `line ${this.#lines}, url`;
      const rule =
        url === undefined ? 'come first, to name the venue, or the venue be given' : 'belong to a known venue';
      this.#bad(faultOf('unknown-venue', place, `${place} must ${rule}, was ${url ?? 'absent'}`));
      return undefined;
    }
    this.#session = this.#adapter.createSession(this.#options);
    return this.#session;
  }

  async #unpacked(message: RecordedMessage): Promise<ReadableMessage | undefined> {
    if (message.kind !== 'in-binary') return message;
    const place = `line ${this.#lines}, b64`;
    if (this.#adapter?.isGzipped !== true) {
      const venue = this.#adapter?.venue ?? 'the venue';
      this.#bad(faultOf('binary-frame', place, `${place} must be text: ${venue} sends no binary frames`));
      return undefined;
    }
    try {
      const bytes = Uint8Array.from(atob(message.base64), (letter) => letter.charCodeAt(0));
      return { kind: 'in', time: message.time, text: await gunzipText(bytes) };
    } catch {
      this.#bad(faultOf('bad-gzip', place, `${place} must be base64 of a gzip frame`));
      return undefined;
    }
  }

  #read(session: VenueSession, message: ReadableMessage): readonly MarketEvent[] {
    switch (message.kind) {
      case 'open':
        return session.onOpen(message.url, message.time);
      case 'out':
        return session.onSent(message.text, message.time);
      case 'in':
        return session.onText(message.text, message.time);
      case 'rest':
        return session.onRest(message.url, message.text, message.time);
      case 'close':
        return session.onClose(message.time, message.text, message.url);
      default:
        return assertNever(message);
    }
  }

  #bad(fault: Fault): void {
    this.#badLines++;
    if (this.#faults.length < KEPT_FAULTS) this.#faults.push(fault);
  }

  async #wait(seenTime: UnixMs): Promise<void> {
    const { speed, pace, signal } = this.#options;
    if (speed === undefined || pace === undefined) return;
    if (this.#liveFrom === undefined || seenTime < this.#liveFrom) return;
    this.#started ??= { clock: pace.now(), seen: this.#liveFrom };
    const due = this.#started.clock + (seenTime - this.#started.seen) / speed;
    const ahead = due - pace.now();
    if (ahead >= SHORTEST_SLEEP_MS) await pace.sleep(ahead, signal ?? NEVER);
  }
}

const NEVER = new AbortController().signal;
