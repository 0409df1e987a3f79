import type { DepthView, Fault, Instrument, InstrumentId, MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import type { BookState, RestRequest, SessionCounters, SessionOptions, VenueSession } from '../../feed.js';
import { ReadingSession } from '../../reading-session.js';
import type { SessionTally } from '../../session-tally.js';
import { faultOf, isObject, isPlausibleTime, shown, type JsonObject } from '../../wire-fields.js';
import { depthUrl, restCallOf, streamClassOfUrl, streamsOfUrl, type StreamClass } from './endpoints.js';
import { InstrumentFeed } from './instrument-feed.js';
import { tabledInstrument } from './instruments.js';
import { parseExchangeInfo } from './parse-rest.js';
import { readBody, readPayload } from './read-message.js';

/** Binance USDS-M being read: frames and bodies in, market events out. */
export class BinanceSession implements VenueSession {
  readonly venue = 'binance';
  readonly #reading: ReadingSession<InstrumentFeed>;
  readonly #announced = new Set<string>();
  readonly #open = new Set<StreamClass | 'all'>();

  constructor(options: SessionOptions) {
    const readerOf = (spec: Instrument, tally: SessionTally): InstrumentFeed => {
      const feed = new InstrumentFeed(spec, tally);
      if (this.#announced.has(`${spec.ownSymbol.toLowerCase()}@aggTrade`)) feed.preferAggTrades();
      return feed;
    };
    this.#reading = new ReadingSession({ venue: this.venue, tabledInstrument, readerOf }, options);
  }

  get counters(): SessionCounters {
    return this.#reading.counters;
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
      this.#reading.tally.record('unreadable');
      return this.#reading.told(
        faultOf('not-json', 'frame', `frame must be one JSON object, was ${shown(text)}`),
        receiveTime,
      );
    }
    const payload = 'stream' in frame && 'data' in frame ? frame['data'] : frame;
    this.#reading.tally.record(streamName(frame, payload));
    if (!Array.isArray(payload)) return this.#payload(payload, receiveTime);
    return payload.flatMap((item: unknown) => [...this.#payload(item, receiveTime)]);
  }

  onRest(url: string, body: string, receiveTime: UnixMs, generation?: number): readonly MarketEvent[] {
    const { call, ownSymbol } = restCallOf(url);
    this.#reading.tally.record(`rest:${call}`);
    const faults = this.#reading.tally.faultCount;
    const events = this.#body(call, ownSymbol, body, receiveTime, generation);
    if (call === 'depth' && ownSymbol !== undefined && this.#reading.tally.faultCount > faults) {
      this.#reading.readers.get(ownSymbol)?.book.onSnapshotFailed();
    }
    return events;
  }

  takeRequests(): readonly RestRequest[] {
    const requests: RestRequest[] = [];
    for (const [ownSymbol, feed] of this.#reading.readers) {
      const wish = feed.book.takeWish();
      if (wish === undefined) continue;
      requests.push({ purpose: 'book-snapshot', instrument: feed.spec.id, url: depthUrl(ownSymbol), ...wish });
    }
    return requests;
  }

  takeFaults(): readonly Fault[] {
    return this.#reading.tally.takeFaults();
  }

  get isTimeKnown(): boolean {
    return this.#reading.clock.isKnown;
  }

  seenTimeOf(receiveTime: UnixMs): UnixMs {
    return this.#reading.clock.seenTimeOf(receiveTime);
  }

  book(instrument: InstrumentId): DepthView | undefined {
    return this.#reading.book(instrument);
  }

  bookState(instrument: InstrumentId): BookState | undefined {
    return this.#reading.bookState(instrument);
  }

  instruments(): readonly Instrument[] {
    return this.#reading.instruments();
  }

  #body(
    call: string,
    ownSymbol: string | undefined,
    body: string,
    receiveTime: UnixMs,
    generation: number | undefined,
  ) {
    const seenTime = this.#reading.clock.seenTimeOf(receiveTime);
    const value = jsonOf(body);
    if (value === undefined) {
      return this.#reading.told(
        faultOf('not-json', `${call} body`, `${call} body must be JSON, was ${shown(body)}`),
        receiveTime,
      );
    }
    if (isObject(value) && typeof value['code'] === 'number' && 'msg' in value) {
      return this.#reading.told(
        faultOf('venue-error', call, `${call} was refused: ${shown(value['msg'])}`),
        receiveTime,
      );
    }
    if (call === 'exchangeInfo') return this.#listAll(value, seenTime, receiveTime);
    if (ownSymbol === undefined || this.#reading.isUnwanted(ownSymbol)) return this.#reading.left('other-symbol');
    return this.#reading.emit(ownSymbol, receiveTime, seenTime, (feed) =>
      readBody(feed, call, value, seenTime, generation),
    );
  }

  #payload(payload: unknown, receiveTime: UnixMs): readonly MarketEvent[] {
    if (!isObject(payload)) {
      return this.#reading.told(
        faultOf('bad-payload', 'data', `data must be an object, was ${shown(payload)}`),
        receiveTime,
      );
    }
    if (payload['e'] === undefined) return this.#answer(payload, receiveTime);
    if (isPlausibleTime(payload['E'])) this.#reading.clock.observe(receiveTime, payload['E'] as UnixMs);
    const seenTime = this.#reading.clock.seenTimeOf(receiveTime);
    const ownSymbol = symbolOf(payload);
    if (ownSymbol === undefined) {
      const field = `${shown(payload['e'])}.s`;
      return this.#reading.told(
        faultOf('bad-symbol', field, `${field} must name a symbol, was ${shown(payload['s'])}`),
        receiveTime,
      );
    }
    if (this.#reading.isUnwanted(ownSymbol)) return this.#reading.left('other-symbol');
    return this.#reading.emit(ownSymbol, receiveTime, seenTime, (feed) => readPayload(feed, payload, seenTime));
  }

  /** Frames without an event type: acknowledgements, and refusals, which have to be told. */
  #answer(payload: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    if ('result' in payload) return [];
    const refusal = isObject(payload['error']) ? payload['error'] : payload;
    if ('msg' in refusal) {
      return this.#reading.told(
        faultOf('venue-error', 'frame', `The venue refused: ${shown(refusal['msg'])}`),
        receiveTime,
      );
    }
    return this.#reading.told(
      faultOf('unknown-frame', 'frame', `frame must have an event type, was ${shown(payload)}`),
      receiveTime,
    );
  }

  /** Takes the venue's own steps, which may differ from those in use. */
  #listAll(value: unknown, seenTime: UnixMs, receiveTime: UnixMs): readonly MarketEvent[] {
    const specs = parseExchangeInfo(value);
    if (!specs.ok) return this.#reading.told(specs.fault, receiveTime);
    const events: MarketEvent[] = [];
    for (const spec of specs.value) {
      this.#reading.listed.set(spec.ownSymbol, spec);
      const used = this.#reading.readers.get(spec.ownSymbol);
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
      if (kind === 'aggTrade') this.#reading.readers.get(name.toUpperCase())?.preferAggTrades();
    }
  }

  #cut(streams: StreamClass | undefined, receiveTime: UnixMs, reason: string): readonly MarketEvent[] {
    const seenTime = this.#reading.clock.seenTimeOf(receiveTime);
    return [...this.#reading.readers.values()].flatMap((feed) => [...feed.onCut(streams, seenTime, reason)]);
  }
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
