import type { MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import type { SessionOptions } from '../../feed.js';
import { ratioBodyAt } from '../../ratio-call.js';
import { ReadingSession, type Reading } from '../../reading-session.js';
import { faultOf, isPlausibleTime, shown, type JsonObject } from '../../wire-fields.js';
import { InstrumentFeed } from './instrument-feed.js';
import type { BybitLine } from './line.js';
import { bybitRatios } from './ratios.js';
import { topicOf, type Topic } from './topics.js';

/** Bybit v5 contracts being read: frames in, market events out. All topics come over one socket. */
export class BybitSession extends ReadingSession<InstrumentFeed> {
  constructor(line: BybitLine, options: SessionOptions) {
    const { venue, tabledInstrument } = line;
    const ratios = bybitRatios(line);
    const ratiosAt = (url: string) => ratioBodyAt(ratios, url);
    super({ venue, tabledInstrument, readerOf: (spec, tally) => new InstrumentFeed(spec, tally), ratiosAt }, options);
  }

  protected onFrame(frame: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    if (frame['topic'] === undefined) return this.#answer(frame, receiveTime);
    const topic = topicOf(frame['topic']);
    if (topic === undefined) {
      const message = `topic must name a stream and a symbol, was ${shown(frame['topic'])}`;
      return this.told(faultOf('bad-topic', 'topic', message), receiveTime);
    }
    this.tally.record(`${topic.stream} ${typeof frame['type'] === 'string' ? frame['type'] : ''}`.trim());
    return this.#topicFrame(topic, frame, receiveTime);
  }

  #topicFrame(topic: Topic, frame: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    const { ts, cts, type } = frame;
    if (!isPlausibleTime(ts)) {
      const message = `${topic.kind}.ts must be a time in milliseconds, was ${shown(ts)}`;
      return this.told(faultOf('bad-time', `${topic.kind}.ts`, message), receiveTime);
    }
    this.clock.observe(receiveTime, ts as UnixMs);
    const seenTime = this.clock.seenTimeOf(receiveTime);
    const sentAt = ts as UnixMs;
    const madeAt = isPlausibleTime(cts) ? (cts as UnixMs) : sentAt;
    return this.emit(topic.ownSymbol, receiveTime, seenTime, (feed) =>
      readTopic(feed, topic, frame['data'], { isSnapshot: type === 'snapshot', sentAt, madeAt, seenTime }),
    );
  }

  /** Frames without a topic: acknowledgements and pongs, and refusals, which have to be told. */
  #answer(frame: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    this.tally.record('answer');
    if (frame['success'] === true || frame['op'] === 'pong') return [];
    if (frame['success'] === false) {
      const message = `The venue refused: ${shown(frame['ret_msg'])}`;
      return this.told(faultOf('venue-error', 'frame', message), receiveTime);
    }
    const message = `frame must have a topic or say whether it succeeded, was ${shown(frame)}`;
    return this.told(faultOf('unknown-frame', 'frame', message), receiveTime);
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
