import type { Instrument, MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import type { SessionOptions } from '../../feed.js';
import { listField, objectFault } from '../../frame-shape.js';
import { ratioBodyAt } from '../../ratio-call.js';
import { ReadingSession, type Reading } from '../../reading-session.js';
import type { SessionTally } from '../../session-tally.js';
import { faultOf, isObject, shown, type JsonObject } from '../../wire-fields.js';
import { INSTRUMENTS_URL } from './endpoints.js';
import { NAMES, streamOf, type WireNames } from './generations.js';
import { InstrumentFeed } from './instrument-feed.js';
import { VENUE, tabledInstrument } from './instruments.js';
import { timeOf } from './parse.js';
import { parseInstruments } from './parse-rest.js';
import { BITGET_RATIOS } from './ratios.js';

/** Numbers of book frames, which may be too long for a double: they are read as texts. */
const SEQUENCES = /"(p?seq)":\s*(\d+)/g;

/** What a frame says beside its symbol. */
interface Content {
  readonly channel: string;
  readonly names: WireNames;
  readonly isSnapshot: boolean;
  readonly items: readonly unknown[];
  readonly sentAt: unknown;
}

/** Bitget's contracts in USDT being read, on a socket of any generation: frames in, market events out. */
export class BitgetSession extends ReadingSession<InstrumentFeed> {
  constructor(options: SessionOptions) {
    const readerOf = (spec: Instrument, tally: SessionTally) => new InstrumentFeed(spec, tally);
    const ratiosAt = (url: string) => ratioBodyAt(BITGET_RATIOS, url);
    super({ venue: VENUE, tabledInstrument, readerOf, ratiosAt }, options);
  }

  override onText(text: string, receiveTime: UnixMs): readonly MarketEvent[] {
    if (text !== 'pong') return super.onText(text, receiveTime);
    this.tally.record('pong');
    return [];
  }

  protected override jsonOf(text: string): unknown {
    return super.jsonOf(text.includes('seq":') ? text.replace(SEQUENCES, '"$1":"$2"') : text);
  }

  protected onFrame(frame: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    const { event, arg, action, data, ts } = frame;
    if (event !== undefined) return this.#answer(frame, receiveTime);
    const stream = streamOf(arg);
    if (!stream.ok) return this.told(stream.fault, receiveTime);
    const { generation, channel, ownSymbol } = stream.value;
    this.tally.record(typeof action === 'string' ? `${channel}:${action}` : channel);
    if (generation === undefined) return this.left('other-instrument-type');
    if (action !== 'snapshot' && action !== 'update')
      return this.#broken('bad-action', 'action', 'be snapshot or update', action, receiveTime);
    if (!Array.isArray(data)) return this.#broken('bad-payload', `${channel}.data`, 'be a list', data, receiveTime);
    const items = data as readonly unknown[];
    const sentAt = ts ?? sentTimeOf(channel, items[0]);
    const sent = timeOf(sentAt);
    if (!Number.isNaN(sent)) this.clock.observe(receiveTime, sent as UnixMs);
    if (channel === 'liquidation') return this.#liquidations(items, receiveTime);
    if (typeof ownSymbol !== 'string')
      return this.#broken('bad-symbol', 'arg.symbol', 'name a contract', ownSymbol, receiveTime);
    const content = { channel, names: NAMES[generation], isSnapshot: action === 'snapshot', items, sentAt };
    const seenTime = this.clock.seenTimeOf(receiveTime);
    return this.emit(ownSymbol, receiveTime, seenTime, (feed) => readContent(feed, content, seenTime));
  }

  /** Takes the venue's own list of contracts; other bodies are not the session's. */
  override onRest(url: string, body: string, receiveTime: UnixMs, generation?: number): readonly MarketEvent[] {
    if (url !== INSTRUMENTS_URL) return super.onRest(url, body, receiveTime, generation);
    this.tally.record('rest:instruments');
    const specs = parseInstruments(this.jsonOf(body));
    return specs.ok ? this.relist(specs.value, receiveTime) : this.told(specs.fault, receiveTime);
  }

  /** Those of the whole market come; each contract is taken by its exact name. */
  #liquidations(items: readonly unknown[], receiveTime: UnixMs): readonly MarketEvent[] {
    const list = listField('liquidation.data', items);
    if (!list.ok) return this.told(list.fault, receiveTime);
    const byContract = new Map<string, JsonObject[]>();
    for (const item of list.value) {
      const { symbol } = item;
      if (typeof symbol !== 'string')
        return this.#broken('bad-symbol', 'liquidation.symbol', 'name a contract', symbol, receiveTime);
      byContract.set(symbol, [...(byContract.get(symbol) ?? []), item]);
    }
    const seenTime = this.clock.seenTimeOf(receiveTime);
    return [...byContract].flatMap(([symbol, prints]) => [
      ...this.emit(symbol, receiveTime, seenTime, (feed) => feed.onLiquidations(prints, seenTime)),
    ]);
  }

  #answer({ event, code, msg }: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    this.tally.record(`event:${typeof event === 'string' ? event : 'unknown'}`);
    if (event !== 'error') return [];
    const message = `The venue refused: ${shown(msg)} (code ${shown(code)})`;
    return this.told(faultOf('venue-error', 'frame', message), receiveTime);
  }

  #broken(code: string, field: string, rule: string, raw: unknown, receiveTime: UnixMs): readonly MarketEvent[] {
    return this.told(faultOf(code, field, `${field} must ${rule}, was ${shown(raw)}`), receiveTime);
  }
}

/** When v1 sent a frame, which has no time of its own: that of a trade or a candle is of what happened. */
function sentTimeOf(channel: string, item: unknown): unknown {
  if (!isObject(item)) return undefined;
  return channel === 'books' ? item['ts'] : item['systemTime'];
}

/** Hands a frame to the reader of its channel; undefined for channels that are not used, such as candles. */
function readContent(feed: InstrumentFeed, content: Content, seenTime: UnixMs): Reading | undefined {
  const { channel, names, isSnapshot, items, sentAt } = content;
  if (channel === names.trades) return feed.onTrades(items, names, isSnapshot, seenTime);
  if (channel !== 'books' && channel !== 'ticker') return undefined;
  const events: MarketEvent[] = [];
  for (const item of items) {
    if (!isObject(item)) return objectFault(`${channel}.data`, item);
    const reading =
      channel === 'books'
        ? feed.onBook(item, names, isSnapshot, seenTime)
        : feed.onTicker(item, names, sentAt, seenTime);
    if (!reading.ok) return reading;
    events.push(...reading.events);
  }
  return { ok: true, events };
}
