import type { Instrument, MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import type { RestRequest, SessionOptions } from '../../feed.js';
import { ratioBodyAt, type RatioCall } from '../../ratio-call.js';
import { ReadingSession } from '../../reading-session.js';
import type { SessionTally } from '../../session-tally.js';
import { faultOf, isObject, isPlausibleTime, shown, type JsonObject } from '../../wire-fields.js';
import { depthUrl, restCallOf, streamsOfUrl } from './endpoints.js';
import { InstrumentFeed } from './instrument-feed.js';
import type { BinanceLine } from './line.js';
import { parseExchangeInfo } from './parse-rest.js';
import { binanceRatios } from './ratios.js';
import { readBody, readPayload } from './read-message.js';

/** A line of Binance's protocol being read: frames and bodies in, market events out. */
export class BinanceSession extends ReadingSession<InstrumentFeed> {
  readonly #announced = new Set<string>();
  readonly #line: BinanceLine;
  readonly #ratios: readonly RatioCall[];

  constructor(line: BinanceLine, options: SessionOptions) {
    const readerOf = (spec: Instrument, tally: SessionTally): InstrumentFeed => {
      const feed = new InstrumentFeed(spec, tally);
      if (this.#announced.has(`${spec.ownSymbol.toLowerCase()}@aggTrade`)) feed.preferAggTrades();
      return feed;
    };
    const { venue, tabledInstrument } = line;
    const ratios = binanceRatios(line);
    super({ venue, tabledInstrument, readerOf, ratiosAt: (url) => ratioBodyAt(ratios, url) }, options);
    this.#ratios = ratios;
    this.#line = line;
  }

  override onOpen(url: string, receiveTime: UnixMs): readonly MarketEvent[] {
    const events = super.onOpen(url, receiveTime);
    this.#announce(streamsOfUrl(url));
    return events;
  }

  override onSent(text: string): readonly MarketEvent[] {
    const frame = this.jsonOf(text);
    if (isObject(frame) && frame['method'] === 'SUBSCRIBE' && Array.isArray(frame['params'])) {
      this.#announce(frame['params']);
    }
    return [];
  }

  override onText(text: string, receiveTime: UnixMs): readonly MarketEvent[] {
    if (!isBestPriceAlone(text)) return super.onText(text, receiveTime);
    this.tally.record('bookTicker');
    return [];
  }

  protected onFrame(frame: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    const payload = 'stream' in frame && 'data' in frame ? frame['data'] : frame;
    this.tally.record(streamName(frame, payload));
    if (!Array.isArray(payload)) return this.#payload(payload, receiveTime);
    return payload.flatMap((item: unknown) => [...this.#payload(item, receiveTime)]);
  }

  override onRest(url: string, body: string, receiveTime: UnixMs, generation?: number): readonly MarketEvent[] {
    if (ratioBodyAt(this.#ratios, url) !== undefined) return super.onRest(url, body, receiveTime, generation);
    const { call, ownSymbol } = restCallOf(url);
    this.tally.record(`rest:${call}`);
    const faults = this.tally.faultCount;
    const events = this.#body(call, ownSymbol, body, receiveTime, generation);
    if (call === 'depth' && ownSymbol !== undefined && this.tally.faultCount > faults) {
      this.readers.get(ownSymbol)?.book.onSnapshotFailed();
    }
    return events;
  }

  override takeRequests(): readonly RestRequest[] {
    const requests: RestRequest[] = [];
    for (const [ownSymbol, feed] of this.readers) {
      const wish = feed.book.takeWish();
      if (wish === undefined) continue;
      requests.push({
        purpose: 'book-snapshot',
        instrument: feed.spec.id,
        url: depthUrl(this.#line, ownSymbol),
        ...wish,
      });
    }
    return requests;
  }

  #body(
    call: string,
    ownSymbol: string | undefined,
    body: string,
    receiveTime: UnixMs,
    generation: number | undefined,
  ) {
    const seenTime = this.clock.seenTimeOf(receiveTime);
    const value = this.jsonOf(body);
    if (value === undefined) {
      return this.told(
        faultOf('not-json', `${call} body`, `${call} body must be JSON, was ${shown(body)}`),
        receiveTime,
      );
    }
    if (isObject(value) && typeof value['code'] === 'number' && 'msg' in value) {
      return this.told(faultOf('venue-error', call, `${call} was refused: ${shown(value['msg'])}`), receiveTime);
    }
    if (call === 'exchangeInfo') return this.#listAll(value, receiveTime);
    if (ownSymbol === undefined) return this.left('other-symbol');
    return this.emit(ownSymbol, receiveTime, seenTime, (feed) => readBody(feed, call, value, seenTime, generation));
  }

  #payload(payload: unknown, receiveTime: UnixMs): readonly MarketEvent[] {
    if (!isObject(payload)) {
      return this.told(faultOf('bad-payload', 'data', `data must be an object, was ${shown(payload)}`), receiveTime);
    }
    if (payload['e'] === undefined) return this.#answer(payload, receiveTime);
    if (isPlausibleTime(payload['E'])) this.clock.observe(receiveTime, payload['E'] as UnixMs);
    const seenTime = this.clock.seenTimeOf(receiveTime);
    const ownSymbol = symbolOf(payload);
    if (ownSymbol === undefined) {
      const field = `${shown(payload['e'])}.s`;
      return this.told(
        faultOf('bad-symbol', field, `${field} must name a symbol, was ${shown(payload['s'])}`),
        receiveTime,
      );
    }
    return this.emit(ownSymbol, receiveTime, seenTime, (feed) => readPayload(feed, payload, seenTime));
  }

  /** Frames without an event type: acknowledgements, and refusals, which have to be told. */
  #answer(payload: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    if ('result' in payload) return [];
    const refusal = isObject(payload['error']) ? payload['error'] : payload;
    if ('msg' in refusal) {
      return this.told(faultOf('venue-error', 'frame', `The venue refused: ${shown(refusal['msg'])}`), receiveTime);
    }
    return this.told(
      faultOf('unknown-frame', 'frame', `frame must have an event type, was ${shown(payload)}`),
      receiveTime,
    );
  }

  /** Takes the venue's own steps, which may differ from those in use. */
  #listAll(value: unknown, receiveTime: UnixMs): readonly MarketEvent[] {
    const specs = parseExchangeInfo(value, this.#line);
    return specs.ok ? this.relist(specs.value, receiveTime) : this.told(specs.fault, receiveTime);
  }

  #announce(streams: readonly unknown[]): void {
    for (const stream of streams) {
      if (typeof stream !== 'string') continue;
      this.#announced.add(stream);
      const [name = '', kind] = stream.split('@');
      if (kind === 'aggTrade') this.readers.get(name.toUpperCase())?.preferAggTrades();
    }
  }
}

/** Where `{"stream":"btcusdt@bookTicker","data":{` has its `@` at the earliest. */
const STREAM_NAME = '{"stream":"'.length;

/**
 * A whole frame of the stream of best prices, which says nothing that the depth does not say: two frames of three in a recorded session.
 * It is counted without being read; a torn one is not whole and is told like any other.
 */
function isBestPriceAlone(text: string): boolean {
  return text.startsWith('@bookTicker"', text.indexOf('@', STREAM_NAME)) && text.endsWith('}}');
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
