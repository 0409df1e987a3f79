import type { DepthView, Fault, Instrument, InstrumentId, MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import type { BookState, RestRequest, SessionCounters, SessionOptions, VenueSession } from '../../feed.js';
import { SeenClock } from '../../seen-clock.js';
import { SessionTally } from '../../session-tally.js';
import { faultOf, isObject, isPlausibleTime, shown, type JsonObject } from '../../wire-fields.js';
import { depthUrl, restCallOf, streamClassOfUrl, streamsOfUrl, type StreamClass } from './endpoints.js';
import { InstrumentFeed, type Reading } from './instrument-feed.js';
import { tabledInstrument } from './instruments.js';
import { parseExchangeInfo } from './parse-rest.js';
import { readBody, readPayload } from './read-message.js';

/** After a fault the connection counts as troubled until this much time has passed without another. */
const TROUBLE_MS = 10_000;

/** Binance USDS-M being read: frames and bodies in, market events out. */
export class BinanceSession implements VenueSession {
  readonly venue = 'binance';
  readonly #symbols: ReadonlySet<string> | undefined;
  readonly #tally = new SessionTally();
  readonly #clock = new SeenClock();
  readonly #listed = new Map<string, Instrument>();
  readonly #feeds = new Map<string, InstrumentFeed>();
  readonly #announced = new Set<string>();
  readonly #open = new Set<StreamClass | 'all'>();
  #troubledSince: UnixMs | undefined;

  constructor(options: SessionOptions) {
    this.#symbols = options.symbols === undefined ? undefined : new Set(options.symbols);
    for (const spec of options.instruments ?? []) this.#listed.set(spec.ownSymbol, spec);
  }

  get counters(): SessionCounters {
    return { records: this.#tally.records, drops: this.#tally.drops };
  }

  onOpen(url: string, receiveTime: UnixMs): readonly MarketEvent[] {
    const streams = streamClassOfUrl(url);
    const key = streams ?? 'all';
    const events = this.#open.has(key) ? this.#cut(streams, receiveTime, 'The connection was replaced') : [];
    this.#open.add(key);
    this.#announce(streamsOfUrl(url));
    return events;
  }

  onSent(text: string): readonly MarketEvent[] {
    const frame = objectOf(text);
    if (frame?.['method'] === 'SUBSCRIBE' && Array.isArray(frame['params'])) this.#announce(frame['params']);
    return [];
  }

  onClose(receiveTime: UnixMs, reason: string, url?: string): readonly MarketEvent[] {
    const streams = url === undefined ? undefined : streamClassOfUrl(url);
    if (streams === undefined) this.#open.clear();
    else this.#open.delete(streams);
    return this.#cut(streams, receiveTime, reason);
  }

  onText(text: string, receiveTime: UnixMs): readonly MarketEvent[] {
    const frame = objectOf(text);
    if (frame === undefined) {
      this.#tally.record('unreadable');
      return this.#told(faultOf('not-json', 'frame', `frame must be one JSON object, was ${shown(text)}`), receiveTime);
    }
    const payload = 'stream' in frame && 'data' in frame ? frame['data'] : frame;
    this.#tally.record(streamName(frame, payload));
    if (!Array.isArray(payload)) return this.#payload(payload, receiveTime);
    return payload.flatMap((item: unknown) => [...this.#payload(item, receiveTime)]);
  }

  onRest(url: string, body: string, receiveTime: UnixMs, generation?: number): readonly MarketEvent[] {
    const { call, ownSymbol } = restCallOf(url);
    this.#tally.record(`rest:${call}`);
    const faults = this.#tally.faultCount;
    const events = this.#body(call, ownSymbol, body, receiveTime, generation);
    if (call === 'depth' && ownSymbol !== undefined && this.#tally.faultCount > faults) {
      this.#feeds.get(ownSymbol)?.book.onSnapshotFailed();
    }
    return events;
  }

  takeRequests(): readonly RestRequest[] {
    const requests: RestRequest[] = [];
    for (const [ownSymbol, feed] of this.#feeds) {
      const wish = feed.book.takeWish();
      if (wish === undefined) continue;
      requests.push({ purpose: 'book-snapshot', instrument: feed.spec.id, url: depthUrl(ownSymbol), ...wish });
    }
    return requests;
  }

  takeFaults(): readonly Fault[] {
    return this.#tally.takeFaults();
  }

  get isTimeKnown(): boolean {
    return this.#clock.isKnown;
  }

  seenTimeOf(receiveTime: UnixMs): UnixMs {
    return this.#clock.seenTimeOf(receiveTime);
  }

  book(instrument: InstrumentId): DepthView | undefined {
    return this.#feedOf(instrument)?.book.view();
  }

  bookState(instrument: InstrumentId): BookState | undefined {
    return this.#feedOf(instrument)?.book.state;
  }

  instruments(): readonly Instrument[] {
    return [...this.#feeds.values()].map((feed) => feed.spec);
  }

  #body(
    call: string,
    ownSymbol: string | undefined,
    body: string,
    receiveTime: UnixMs,
    generation: number | undefined,
  ) {
    const seenTime = this.#clock.seenTimeOf(receiveTime);
    const value = jsonOf(body);
    if (value === undefined) {
      return this.#told(
        faultOf('not-json', `${call} body`, `${call} body must be JSON, was ${shown(body)}`),
        receiveTime,
      );
    }
    if (isObject(value) && typeof value['code'] === 'number' && 'msg' in value) {
      return this.#told(faultOf('venue-error', call, `${call} was refused: ${shown(value['msg'])}`), receiveTime);
    }
    if (call === 'exchangeInfo') return this.#listAll(value, seenTime, receiveTime);
    if (ownSymbol === undefined || this.#isUnwanted(ownSymbol)) return this.#left('other-symbol');
    return this.#emit(ownSymbol, receiveTime, seenTime, (feed) => readBody(feed, call, value, seenTime, generation));
  }

  #payload(payload: unknown, receiveTime: UnixMs): readonly MarketEvent[] {
    if (!isObject(payload)) {
      return this.#told(faultOf('bad-payload', 'data', `data must be an object, was ${shown(payload)}`), receiveTime);
    }
    if (payload['e'] === undefined) return this.#answer(payload, receiveTime);
    if (isPlausibleTime(payload['E'])) this.#clock.observe(receiveTime, payload['E'] as UnixMs);
    const seenTime = this.#clock.seenTimeOf(receiveTime);
    const ownSymbol = symbolOf(payload);
    if (ownSymbol === undefined) {
      const field = `${shown(payload['e'])}.s`;
      return this.#told(
        faultOf('bad-symbol', field, `${field} must name a symbol, was ${shown(payload['s'])}`),
        receiveTime,
      );
    }
    if (this.#isUnwanted(ownSymbol)) return this.#left('other-symbol');
    return this.#emit(ownSymbol, receiveTime, seenTime, (feed) => readPayload(feed, payload, seenTime));
  }

  /** Frames without an event type: acknowledgements, and refusals, which have to be told. */
  #answer(payload: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    if ('result' in payload) return [];
    const refusal = isObject(payload['error']) ? payload['error'] : payload;
    if ('msg' in refusal) {
      return this.#told(faultOf('venue-error', 'frame', `The venue refused: ${shown(refusal['msg'])}`), receiveTime);
    }
    return this.#told(
      faultOf('unknown-frame', 'frame', `frame must have an event type, was ${shown(payload)}`),
      receiveTime,
    );
  }

  #emit(
    ownSymbol: string,
    receiveTime: UnixMs,
    seenTime: UnixMs,
    read: (feed: InstrumentFeed) => Reading | undefined,
  ): readonly MarketEvent[] {
    const known = this.#feeds.get(ownSymbol);
    const feed = known ?? this.#newFeed(ownSymbol, receiveTime);
    if (feed === undefined) return this.#left('unknown-instrument');
    const reading = read(feed);
    if (reading === undefined) return this.#left('unused-stream');
    if (!reading.ok) return this.#told(reading.fault, receiveTime);
    if (known === undefined) this.#feeds.set(ownSymbol, feed);
    const calmed = this.#troubledSince === undefined ? [] : this.#calmed(seenTime);
    const listed = known === undefined ? [listing(feed.spec, firstSeenTime(reading.events, seenTime))] : [];
    return listed.length + calmed.length === 0 ? reading.events : [...listed, ...calmed, ...reading.events];
  }

  #newFeed(ownSymbol: string, receiveTime: UnixMs): InstrumentFeed | undefined {
    const spec = this.#listed.get(ownSymbol) ?? tabledInstrument(ownSymbol, receiveTime);
    if (spec === undefined) return undefined;
    const feed = new InstrumentFeed(spec, this.#tally);
    if (this.#announced.has(`${ownSymbol.toLowerCase()}@aggTrade`)) feed.preferAggTrades();
    return feed;
  }

  /** Takes the venue's own steps, which may differ from those in use. */
  #listAll(value: unknown, seenTime: UnixMs, receiveTime: UnixMs): readonly MarketEvent[] {
    const specs = parseExchangeInfo(value);
    if (!specs.ok) return this.#told(specs.fault, receiveTime);
    const events: MarketEvent[] = [];
    for (const spec of specs.value) {
      this.#listed.set(spec.ownSymbol, spec);
      const used = this.#feeds.get(spec.ownSymbol);
      if (used === undefined || Number(used.spec.tickSize) === Number(spec.tickSize)) continue;
      events.push(...used.relist(spec, seenTime));
    }
    return events;
  }

  #announce(streams: readonly unknown[]): void {
    for (const stream of streams) {
      if (typeof stream !== 'string') continue;
      this.#announced.add(stream);
      const [name = '', kind] = stream.split('@');
      if (kind === 'aggTrade') this.#feeds.get(name.toUpperCase())?.preferAggTrades();
    }
  }

  #cut(streams: StreamClass | undefined, receiveTime: UnixMs, reason: string): readonly MarketEvent[] {
    const seenTime = this.#clock.seenTimeOf(receiveTime);
    return [...this.#feeds.values()].flatMap((feed) => [...feed.onCut(streams, seenTime, reason)]);
  }

  /** Counts a fault and tells it once per stretch of trouble, so that a flood of bad frames is one event. */
  #told(fault: Fault, receiveTime: UnixMs): readonly MarketEvent[] {
    this.#tally.fault(fault);
    const seenTime = this.#clock.seenTimeOf(receiveTime);
    const isFirst = this.#troubledSince === undefined;
    this.#troubledSince = seenTime;
    return isFirst ? [status('amber', fault.message, seenTime)] : [];
  }

  #calmed(seenTime: UnixMs): readonly MarketEvent[] {
    if (this.#troubledSince === undefined || seenTime - this.#troubledSince < TROUBLE_MS) return [];
    this.#troubledSince = undefined;
    return [status('live', '', seenTime)];
  }

  #left(reason: string): readonly MarketEvent[] {
    this.#tally.drop(reason);
    return [];
  }

  #isUnwanted(ownSymbol: string): boolean {
    return this.#symbols !== undefined && !this.#symbols.has(ownSymbol);
  }

  #feedOf(instrument: InstrumentId): InstrumentFeed | undefined {
    return this.#feeds.get(instrument.slice('binance:'.length));
  }
}

function listing(spec: Instrument, seenTime: UnixMs): MarketEvent {
  return { kind: 'instrument', instrument: spec.id, eventTime: seenTime, seenTime, spec };
}

function firstSeenTime(events: readonly MarketEvent[], otherwise: UnixMs): UnixMs {
  return Math.min(otherwise, events[0]?.seenTime ?? otherwise) as UnixMs;
}

function status(state: 'amber' | 'live', detail: string, seenTime: UnixMs): MarketEvent {
  return { kind: 'status', venue: 'binance', channel: 'connection', state, detail, eventTime: seenTime, seenTime };
}

/** Stream suffix as it was subscribed (`depth@0ms`), else the event type. */
function streamName(frame: JsonObject, payload: unknown): string {
  const stream = frame['stream'];
  if (typeof stream === 'string') return stream.startsWith('!') ? stream : stream.slice(stream.indexOf('@') + 1);
  const type = isObject(payload) ? payload['e'] : undefined;
  return typeof type === 'string' ? type : 'answer';
}

function symbolOf(payload: JsonObject): string | undefined {
  const holder = payload['e'] === 'forceOrder' ? payload['o'] : payload;
  const symbol = isObject(holder) ? holder['s'] : undefined;
  return typeof symbol === 'string' ? symbol : undefined;
}

function objectOf(text: string): JsonObject | undefined {
  const value = jsonOf(text);
  return isObject(value) ? value : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
