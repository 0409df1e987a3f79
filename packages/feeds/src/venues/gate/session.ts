import type { Instrument, MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import type { RestRequest, SessionOptions } from '../../feed.js';
import { listField, objectFault } from '../../frame-shape.js';
import { ratioBodyAt } from '../../ratio-call.js';
import { ReadingSession, type Reading } from '../../reading-session.js';
import type { SessionTally } from '../../session-tally.js';
import { faultOf, isObject, isPlausibleTime, shown, type JsonObject } from '../../wire-fields.js';
import { orderBookUrl, restCallOf } from './endpoints.js';
import { InstrumentFeed } from './instrument-feed.js';
import { VENUE, tabledInstrument } from './instruments.js';
import { parseInstruments } from './parse-rest.js';
import { GATE_RATIOS } from './ratios.js';
import type { WireBookSnapshot, WireBookUpdate } from './wire.js';

/** What is done with the items of one contract in a frame; undefined for channels that are not used. */
type ItemsReader = (feed: InstrumentFeed, items: readonly JsonObject[]) => Reading;

/** Gate's contracts in USDT being read: frames and bodies in, market events out. */
export class GateSession extends ReadingSession<InstrumentFeed> {
  constructor(options: SessionOptions) {
    const readerOf = (spec: Instrument, tally: SessionTally) => new InstrumentFeed(spec, tally);
    const ratiosAt = (url: string) => ratioBodyAt(GATE_RATIOS, url);
    super({ venue: VENUE, tabledInstrument, readerOf, ratiosAt }, options);
  }

  protected onFrame(frame: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    const { channel, event, error, result, time_ms: sentAt } = frame;
    if (typeof channel !== 'string' || channel === '')
      return this.told(
        faultOf('unknown-frame', 'channel', `channel must be a name, was ${shown(channel)}`),
        receiveTime,
      );
    this.tally.record(typeof event === 'string' && event !== '' ? `${channel}:${event}` : channel);
    if (isObject(error)) return this.#refused(error['message'], receiveTime);
    // Acknowledgements and pongs.
    if (event !== 'update' && event !== 'all') return [];
    if (isPlausibleTime(sentAt)) this.clock.observe(receiveTime, sentAt as UnixMs);
    const seenTime = this.clock.seenTimeOf(receiveTime);
    if (channel === 'futures.order_book_update') return this.#bookUpdate(result, receiveTime, seenTime);
    const reader = itemsReader(channel, sentAt, seenTime);
    return reader === undefined ? this.left('unused-stream') : this.#items(channel, result, reader, receiveTime);
  }

  /** Takes book snapshots and the venue's own list of contracts; other bodies are not the session's. */
  override onRest(url: string, body: string, receiveTime: UnixMs, generation?: number): readonly MarketEvent[] {
    const { call, ownSymbol } = restCallOf(url);
    if (call === 'order_book' && ownSymbol !== undefined) {
      this.tally.record('rest:order_book');
      const faults = this.tally.faultCount;
      const events = this.#bookSnapshot(ownSymbol, this.jsonOf(body), receiveTime, generation);
      if (this.tally.faultCount > faults) this.readers.get(ownSymbol)?.book.onSnapshotFailed();
      return events;
    }
    if (call !== 'contracts') return super.onRest(url, body, receiveTime, generation);
    this.tally.record('rest:contracts');
    const specs = parseInstruments(this.jsonOf(body));
    return specs.ok ? this.relist(specs.value, receiveTime) : this.told(specs.fault, receiveTime);
  }

  override takeRequests(): readonly RestRequest[] {
    return [...this.readers].flatMap(([ownSymbol, { spec, book }]): readonly RestRequest[] => {
      const wish = book.takeWish();
      if (wish === undefined) return [];
      return [{ purpose: 'book-snapshot', instrument: spec.id, url: orderBookUrl(ownSymbol), ...wish }];
    });
  }

  #bookUpdate(result: unknown, receiveTime: UnixMs, seenTime: UnixMs): readonly MarketEvent[] {
    if (!isObject(result)) return this.told(objectFault('order_book_update', result).fault, receiveTime);
    const { s: ownSymbol } = result;
    if (typeof ownSymbol !== 'string') return this.#unnamed('order_book_update.s', ownSymbol, receiveTime);
    const raw = result as unknown as WireBookUpdate;
    return this.emit(ownSymbol, receiveTime, seenTime, (feed) => feed.onBookUpdate(raw, seenTime));
  }

  #bookSnapshot(
    ownSymbol: string,
    value: unknown,
    receiveTime: UnixMs,
    generation: number | undefined,
  ): readonly MarketEvent[] {
    if (!isObject(value)) return this.told(objectFault('order_book', value).fault, receiveTime);
    if (value['label'] !== undefined) return this.#refused(value['message'] ?? value['label'], receiveTime);
    const seenTime = this.clock.seenTimeOf(receiveTime);
    const raw = value as unknown as WireBookSnapshot;
    return this.emit(ownSymbol, receiveTime, seenTime, (feed) => feed.onBookSnapshot(raw, seenTime, generation));
  }

  /** Items come as a list, a lone liquidation as itself; a frame may hold several contracts, each of which is read alone. */
  #items(channel: string, result: unknown, read: ItemsReader, receiveTime: UnixMs): readonly MarketEvent[] {
    const field = channel.replace('futures.', '');
    const isLone = channel === 'futures.public_liquidates' && isObject(result);
    const list = listField(field, isLone ? [result] : result);
    if (!list.ok) return this.told(list.fault, receiveTime);
    const byContract = new Map<string, JsonObject[]>();
    for (const item of list.value) {
      const { contract } = item;
      if (typeof contract !== 'string') return this.#unnamed(`${field}.contract`, contract, receiveTime);
      byContract.set(contract, [...(byContract.get(contract) ?? []), item]);
    }
    const seenTime = this.clock.seenTimeOf(receiveTime);
    return [...byContract].flatMap(([ownSymbol, items]) => [
      ...this.emit(ownSymbol, receiveTime, seenTime, (feed) => read(feed, items)),
    ]);
  }

  #refused(words: unknown, receiveTime: UnixMs): readonly MarketEvent[] {
    return this.told(faultOf('venue-error', 'frame', `The venue refused: ${shown(words)}`), receiveTime);
  }

  #unnamed(field: string, raw: unknown, receiveTime: UnixMs): readonly MarketEvent[] {
    return this.told(faultOf('bad-symbol', field, `${field} must name a contract, was ${shown(raw)}`), receiveTime);
  }
}

/** How the items of a channel are read; candles and best prices say nothing that trades and book do not. */
function itemsReader(channel: string, sentAt: unknown, seenTime: UnixMs): ItemsReader | undefined {
  switch (channel) {
    case 'futures.trades':
      return (feed, items) => feed.onTrades(items, seenTime);
    case 'futures.tickers':
      return (feed, items) => feed.onTickers(items, sentAt, seenTime);
    case 'futures.public_liquidates':
      return (feed, items) => feed.onLiquidations(items, seenTime);
    default:
      return undefined;
  }
}
