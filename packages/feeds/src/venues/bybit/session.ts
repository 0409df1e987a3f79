import type { DepthView, Fault, Instrument, InstrumentId, MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import type { BookState, RestRequest, SessionCounters, SessionOptions, VenueSession } from '../../feed.js';
import { ReadingSession, type Reading } from '../../reading-session.js';
import { faultOf, isObject, isPlausibleTime, shown, type JsonObject } from '../../wire-fields.js';
import { InstrumentFeed } from './instrument-feed.js';
import { tabledInstrument } from './instruments.js';
import { topicOf, type Topic } from './topics.js';

/** Bybit v5 linear contracts being read: frames in, market events out. All topics come over one socket. */
export class BybitSession implements VenueSession {
  readonly venue = 'bybit';
  readonly #reading: ReadingSession<InstrumentFeed>;
  #isOpen = false;

  constructor(options: SessionOptions) {
    this.#reading = new ReadingSession(
      { venue: this.venue, tabledInstrument, readerOf: (spec, tally) => new InstrumentFeed(spec, tally) },
      options,
    );
  }

  get counters(): SessionCounters {
    return this.#reading.counters;
  }

  onOpen(_url: string, receiveTime: UnixMs): readonly MarketEvent[] {
    const events = this.#isOpen ? this.#cut(receiveTime, 'The connection was replaced') : [];
    this.#isOpen = true;
    return events;
  }

  onSent(): readonly MarketEvent[] {
    return [];
  }

  onClose(receiveTime: UnixMs, reason: string): readonly MarketEvent[] {
    this.#isOpen = false;
    return this.#cut(receiveTime, reason);
  }

  onText(text: string, receiveTime: UnixMs): readonly MarketEvent[] {
    const frame = objectOf(text);
    if (frame === undefined) {
      this.#reading.tally.record('unreadable');
      const message = `frame must be one JSON object, was ${shown(text)}`;
      return this.#reading.told(faultOf('not-json', 'frame', message), receiveTime);
    }
    if (frame['topic'] === undefined) return this.#answer(frame, receiveTime);
    const topic = topicOf(frame['topic']);
    if (topic === undefined) {
      const message = `topic must name a stream and a symbol, was ${shown(frame['topic'])}`;
      return this.#reading.told(faultOf('bad-topic', 'topic', message), receiveTime);
    }
    this.#reading.tally.record(`${topic.stream} ${typeof frame['type'] === 'string' ? frame['type'] : ''}`.trim());
    return this.#topicFrame(topic, frame, receiveTime);
  }

  onRest(url: string, body: string, receiveTime: UnixMs): readonly MarketEvent[] {
    void body;
    void receiveTime;
    this.#reading.tally.record(`rest:${new URL(url).pathname}`);
    return this.#reading.left('unused-body');
  }

  /** Nothing is fetched: the stream brings its own snapshots. */
  takeRequests(): readonly RestRequest[] {
    return [];
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

  #topicFrame(topic: Topic, frame: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    const { ts, cts, type } = frame;
    if (!isPlausibleTime(ts)) {
      const message = `${topic.kind}.ts must be a time in milliseconds, was ${shown(ts)}`;
      return this.#reading.told(faultOf('bad-time', `${topic.kind}.ts`, message), receiveTime);
    }
    this.#reading.clock.observe(receiveTime, ts as UnixMs);
    if (this.#reading.isUnwanted(topic.ownSymbol)) return this.#reading.left('other-symbol');
    const seenTime = this.#reading.clock.seenTimeOf(receiveTime);
    const sentAt = ts as UnixMs;
    const madeAt = isPlausibleTime(cts) ? (cts as UnixMs) : sentAt;
    return this.#reading.emit(topic.ownSymbol, receiveTime, seenTime, (feed) =>
      readTopic(feed, topic, frame['data'], { isSnapshot: type === 'snapshot', sentAt, madeAt, seenTime }),
    );
  }

  /** Frames without a topic: acknowledgements and pongs, and refusals, which have to be told. */
  #answer(frame: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    this.#reading.tally.record('answer');
    if (frame['success'] === true || frame['op'] === 'pong') return [];
    if (frame['success'] === false) {
      const message = `The venue refused: ${shown(frame['ret_msg'])}`;
      return this.#reading.told(faultOf('venue-error', 'frame', message), receiveTime);
    }
    const message = `frame must have a topic or say whether it succeeded, was ${shown(frame)}`;
    return this.#reading.told(faultOf('unknown-frame', 'frame', message), receiveTime);
  }

  #cut(receiveTime: UnixMs, reason: string): readonly MarketEvent[] {
    const seenTime = this.#reading.clock.seenTimeOf(receiveTime);
    return [...this.#reading.readers.values()].flatMap((feed) => [...feed.onCut(seenTime, reason)]);
  }
}

/** What a frame says beside its data. */
interface FrameMoment {
  readonly isSnapshot: boolean;
  readonly sentAt: UnixMs;
  readonly madeAt: UnixMs;
  readonly seenTime: UnixMs;
}

/** Hands a topic's data to its reader; undefined for topics that are not used. */
function readTopic(
  feed: InstrumentFeed,
  { kind, depth }: Topic,
  data: unknown,
  { isSnapshot, sentAt, madeAt, seenTime }: FrameMoment,
): Reading | undefined {
  switch (kind) {
    case 'orderbook':
      // Depth 1 is the best price alone: it would replace the book of the deeper topic beside it.
      return depth === 1 ? undefined : feed.onOrderBook(data, isSnapshot, madeAt, seenTime);
    case 'publicTrade':
      return feed.onTrades(data, seenTime);
    case 'tickers':
      return feed.onTicker(data, isSnapshot, sentAt, seenTime);
    case 'allLiquidation':
      return feed.onLiquidations(data, seenTime);
    default:
      return undefined;
  }
}

function objectOf(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
