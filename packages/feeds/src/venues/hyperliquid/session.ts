import type { MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import type { SessionOptions } from '../../feed.js';
import { ReadingSession, type Reading } from '../../reading-session.js';
import { faultOf, isObject, isPlausibleTime, shown, type JsonObject } from '../../wire-fields.js';
import { InstrumentFeed } from './instrument-feed.js';
import { VENUE, tabledInstrument } from './instruments.js';
import type { WireBook } from './wire.js';

/** Channels that are read; `recentTrades` is no stream: missed trades are handed over under this name. */
const READ_CHANNELS = ['l2Book', 'trades', 'recentTrades', 'activeAssetCtx'] as const;
type ReadChannel = (typeof READ_CHANNELS)[number];
/** Channels that say nothing of the market. */
const QUIET_CHANNELS: readonly string[] = ['subscriptionResponse', 'pong'];

/** Hyperliquid's perpetuals being read: frames in, market events out. All subscriptions come over one socket. */
export class HyperliquidSession extends ReadingSession<InstrumentFeed> {
  constructor(options: SessionOptions) {
    super({ venue: VENUE, tabledInstrument, readerOf: (spec, tally) => new InstrumentFeed(spec, tally) }, options);
  }

  protected onFrame(frame: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    const { channel, data } = frame;
    if (typeof channel !== 'string')
      return this.#broken('unknown-frame', 'channel', 'name a channel', channel, receiveTime);
    this.tally.record(channel);
    if (QUIET_CHANNELS.includes(channel)) return [];
    if (channel === 'error')
      return this.told(faultOf('venue-error', 'error', `The venue refused: ${shown(data)}`), receiveTime);
    return isRead(channel) ? this.#channelFrame(channel, data, receiveTime) : this.left('unused-stream');
  }

  #channelFrame(channel: ReadChannel, data: unknown, receiveTime: UnixMs): readonly MarketEvent[] {
    const first = channel === 'trades' || channel === 'recentTrades' ? firstOf(data) : data;
    // Nothing says which coin an empty list is of.
    if (first === undefined && Array.isArray(data)) return this.left('empty-frame');
    const ownSymbol = isObject(first) ? first['coin'] : undefined;
    if (typeof ownSymbol !== 'string' || ownSymbol === '')
      return this.#broken('bad-symbol', `${channel}.coin`, 'name a coin', ownSymbol, receiveTime);
    const time = this.#sentAt(channel, data, ownSymbol);
    if (isPlausibleTime(time)) this.clock.observe(receiveTime, time as UnixMs);
    // A context has no time of its own, so that it waits until a book or a trade has told how far this machine's clock is off.
    if (channel === 'activeAssetCtx' && !this.clock.isKnown) return this.left('unknown-time');
    const seenTime = this.clock.seenTimeOf(receiveTime);
    return this.emit(ownSymbol, receiveTime, seenTime, (reader) => readChannel(reader, channel, data, seenTime));
  }

  /** When the venue sent a frame, as far as the frame tells: history and what was asked for is older than that. */
  #sentAt(channel: ReadChannel, data: unknown, ownSymbol: string): unknown {
    if (channel === 'l2Book' && isObject(data)) return data['time'];
    if (channel !== 'trades' || this.readers.get(ownSymbol)?.isLive !== true) return undefined;
    const last: unknown = (data as readonly unknown[]).at(-1);
    return isObject(last) ? last['time'] : undefined;
  }

  #broken(code: string, field: string, rule: string, raw: unknown, receiveTime: UnixMs): readonly MarketEvent[] {
    return this.told(faultOf(code, field, `${field} must ${rule}, was ${shown(raw)}`), receiveTime);
  }
}

function isRead(channel: string): channel is ReadChannel {
  return (READ_CHANNELS as readonly string[]).includes(channel);
}

function firstOf(data: unknown): unknown {
  return Array.isArray(data) ? (data as readonly unknown[])[0] : undefined;
}

/** Hands the data of a channel to the reader of its coin. */
function readChannel(reader: InstrumentFeed, channel: ReadChannel, data: unknown, seenTime: UnixMs): Reading {
  switch (channel) {
    case 'l2Book':
      return reader.onBook(data as WireBook, seenTime);
    case 'trades':
      return reader.onTrades(data, seenTime);
    case 'recentTrades':
      return reader.onMissedTrades(data, seenTime);
    case 'activeAssetCtx':
      return reader.onContext((data as JsonObject)['ctx'], seenTime);
  }
}
