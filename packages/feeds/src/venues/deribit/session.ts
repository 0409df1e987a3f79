import type { MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import type { SessionOptions } from '../../feed.js';
import { ReadingSession, type Reading } from '../../reading-session.js';
import { faultOf, isObject, isPlausibleTime, shown, type JsonObject } from '../../wire-fields.js';
import { INSTRUMENTS_PATH } from './endpoints.js';
import { InstrumentFeed } from './instrument-feed.js';
import { VENUE, tabledInstrument } from './instruments.js';
import { parseInstruments } from './parse-rest.js';
import { channelOf, type ChannelName } from './channels.js';

/** Deribit's perpetuals being read: frames in, market events out. All channels come over one socket. */
export class DeribitSession extends ReadingSession<InstrumentFeed> {
  constructor(options: SessionOptions) {
    super({ venue: VENUE, tabledInstrument, readerOf: (spec, tally) => new InstrumentFeed(spec, tally) }, options);
  }

  protected onFrame(frame: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    const { method, params } = frame;
    if (method === undefined) return this.#answer(frame, receiveTime);
    if (method === 'heartbeat') {
      this.tally.record('heartbeat');
      return [];
    }
    if (method !== 'subscription') return this.#broken('method', 'be a known one', method, receiveTime);
    const name = isObject(params) ? params['channel'] : undefined;
    if (!isObject(params) || typeof name !== 'string')
      return this.#broken('params.channel', 'name a channel', name, receiveTime);
    const channel = channelOf(name);
    this.tally.record(channel?.kind ?? name);
    return channel === undefined
      ? this.left('unused-stream')
      : this.#channelFrame(channel, params['data'], receiveTime);
  }

  /** Takes the venue's own list of contracts; other bodies are not the session's. */
  override onRest(url: string, body: string, receiveTime: UnixMs, generation?: number): readonly MarketEvent[] {
    if (new URL(url).pathname !== INSTRUMENTS_PATH) return super.onRest(url, body, receiveTime, generation);
    this.tally.record('rest:get_instruments');
    const specs = parseInstruments(this.jsonOf(body));
    return specs.ok ? this.relist(specs.value, receiveTime) : this.told(specs.fault, receiveTime);
  }

  #channelFrame({ kind, ownSymbol }: ChannelName, data: unknown, receiveTime: UnixMs): readonly MarketEvent[] {
    const newest = Array.isArray(data) ? (data as readonly unknown[]).at(-1) : data;
    const time = isObject(newest) ? newest['timestamp'] : undefined;
    if (isPlausibleTime(time)) this.clock.observe(receiveTime, time as UnixMs);
    const seenTime = this.clock.seenTimeOf(receiveTime);
    return this.emit(ownSymbol, receiveTime, seenTime, (reader) => readChannel(reader, kind, data, seenTime));
  }

  /** Answers to what was asked, and refusals, which have to be told. */
  #answer({ id, result, error }: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    this.tally.record('reply');
    if (error !== undefined) {
      const words = isObject(error) ? error['message'] : error;
      return this.told(faultOf('venue-error', 'error', `The venue refused: ${shown(words)}`), receiveTime);
    }
    return id === undefined || result === undefined
      ? this.#broken('frame', 'have a method, or answer a question', { id, result }, receiveTime)
      : [];
  }

  #broken(field: string, rule: string, raw: unknown, receiveTime: UnixMs): readonly MarketEvent[] {
    return this.told(faultOf('unknown-frame', field, `${field} must ${rule}, was ${shown(raw)}`), receiveTime);
  }
}

/** Hands the data of a channel to the reader of its instrument; undefined for channels that are not used. */
function readChannel(reader: InstrumentFeed, kind: string, data: unknown, seenTime: UnixMs): Reading | undefined {
  switch (kind) {
    case 'book':
      return reader.onBook(data, seenTime);
    case 'trades':
      return reader.onTrades(data, seenTime);
    case 'ticker':
      return reader.onTicker(data, seenTime);
    default:
      return undefined;
  }
}
