import type { MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import type { SessionOptions } from '../../feed.js';
import { ReadingSession, type Reading } from '../../reading-session.js';
import { faultOf, isPlausibleTime, shown, type JsonObject } from '../../wire-fields.js';
import { INSTRUMENTS_URL } from './endpoints.js';
import { InstrumentFeed } from './instrument-feed.js';
import { VENUE, tabledInstrument } from './instruments.js';
import { parseInstruments } from './parse-instruments.js';
import type { WireBookChange, WireBookSnapshot, WireTicker, WireTrade } from './wire.js';

/** Answers that say nothing of the market. */
const QUIET_EVENTS: readonly unknown[] = ['info', 'subscribed', 'unsubscribed'];

/** Kraken's futures being read: frames in, market events out. All feeds come over one socket. */
export class KrakenSession extends ReadingSession<InstrumentFeed> {
  constructor(options: SessionOptions) {
    super({ venue: VENUE, tabledInstrument, readerOf: (spec, tally) => new InstrumentFeed(spec, tally) }, options);
  }

  protected onFrame(frame: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    const { event, feed } = frame;
    if (event !== undefined) return this.#answer(frame, receiveTime);
    if (typeof feed !== 'string' || feed === '') return this.#broken('feed', 'name a feed', feed, receiveTime);
    this.tally.record(feed);
    // A feed of its own that proves the socket lives; nothing here asks for it.
    if (feed === 'heartbeat') return [];
    return this.#feedFrame(feed, frame, receiveTime);
  }

  /** Takes the venue's own list of contracts; other bodies are not the session's. */
  override onRest(url: string, body: string, receiveTime: UnixMs, generation?: number): readonly MarketEvent[] {
    if (url !== INSTRUMENTS_URL) return super.onRest(url, body, receiveTime, generation);
    this.tally.record('rest:instruments');
    const specs = parseInstruments(this.jsonOf(body));
    return specs.ok ? this.relist(specs.value, receiveTime) : this.told(specs.fault, receiveTime);
  }

  #feedFrame(feed: string, frame: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    const { product_id: ownSymbol, time, timestamp } = frame;
    if (typeof ownSymbol !== 'string' || ownSymbol === '')
      return this.#broken(`${feed}.product_id`, 'name a product', ownSymbol, receiveTime);
    const sentAt = time ?? timestamp;
    if (isPlausibleTime(sentAt)) this.clock.observe(receiveTime, sentAt as UnixMs);
    const seenTime = this.clock.seenTimeOf(receiveTime);
    return this.emit(ownSymbol, receiveTime, seenTime, (reader) => readFeed(reader, feed, frame, seenTime));
  }

  /** Frames about the connection itself: acknowledgements, and refusals, which have to be told. */
  #answer(frame: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    const { event, message } = frame;
    this.tally.record(typeof event === 'string' ? `event:${event}` : 'event');
    if (QUIET_EVENTS.includes(event)) return [];
    const words = `The venue refused: ${shown(message ?? event)}`;
    return this.told(faultOf('venue-error', 'event', words), receiveTime);
  }

  #broken(field: string, rule: string, raw: unknown, receiveTime: UnixMs): readonly MarketEvent[] {
    return this.told(faultOf('unknown-frame', field, `${field} must ${rule}, was ${shown(raw)}`), receiveTime);
  }
}

/** Hands a frame to the reader of its feed; undefined for feeds that are not used, such as `ticker_lite`. */
function readFeed(reader: InstrumentFeed, feed: string, frame: JsonObject, seenTime: UnixMs): Reading | undefined {
  switch (feed) {
    case 'book_snapshot':
      return reader.onBookSnapshot(frame as unknown as WireBookSnapshot, seenTime);
    case 'book':
      return reader.onBookChange(frame as unknown as WireBookChange, seenTime);
    case 'trade_snapshot':
      return reader.onTradeHistory(frame['trades'], seenTime);
    case 'trade':
      return reader.onTrade(frame as unknown as WireTrade, seenTime);
    case 'ticker':
      return reader.onTicker(frame as unknown as WireTicker, seenTime);
    default:
      return undefined;
  }
}
