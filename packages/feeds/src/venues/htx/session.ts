import type { Instrument, MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import type { SessionOptions } from '../../feed.js';
import { ratioBodyAt } from '../../ratio-call.js';
import { ReadingSession, type Reading } from '../../reading-session.js';
import type { SessionTally } from '../../session-tally.js';
import { faultOf, isPlausibleTime, shown, type JsonObject } from '../../wire-fields.js';
import { restCallOf } from './endpoints.js';
import { InstrumentFeed } from './instrument-feed.js';
import { VENUE, tabledInstrument } from './instruments.js';
import { jsonWithLongIds } from './long-numbers.js';
import { parseInstruments, parseOpenInterest } from './parse-rest.js';
import { HTX_RATIOS } from './ratios.js';
import { channelOf, topicOf, type Stream } from './streams.js';

/** Subscribing twice is answered with this code and goes on (frame of 2026-09-18). */
const REPEATED_SUBSCRIPTION = 2014;

/** HTX's linear contracts being read: unpacked frames in, market events out. */
export class HtxSession extends ReadingSession<InstrumentFeed> {
  constructor(options: SessionOptions) {
    const readerOf = (spec: Instrument, tally: SessionTally) => new InstrumentFeed(spec, tally);
    const ratiosAt = (url: string) => ratioBodyAt(HTX_RATIOS, url);
    super({ venue: VENUE, tabledInstrument, readerOf, ratiosAt }, options);
  }

  /** Trade ids are longer than a number holds. */
  protected override jsonOf(text: string): unknown {
    return jsonWithLongIds(text);
  }

  protected onFrame(frame: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    if (frame['ch'] !== undefined) return this.#streamFrame(channelOf(frame['ch']), 'ch', frame, receiveTime);
    if (frame['rep'] !== undefined) return this.#streamFrame(channelOf(frame['rep']), 'rep', frame, receiveTime);
    if (frame['op'] !== undefined) return this.#operation(frame, receiveTime);
    return this.#answer(frame, receiveTime);
  }

  /** Takes the venue's own list of contracts and the open interest that is polled; other bodies are not the session's. */
  override onRest(url: string, body: string, receiveTime: UnixMs, generation?: number): readonly MarketEvent[] {
    const { call, ownSymbol } = restCallOf(url);
    const isOpenInterest = call === 'swap_open_interest' && ownSymbol !== undefined;
    if (!isOpenInterest && call !== 'swap_contract_info') return super.onRest(url, body, receiveTime, generation);
    this.tally.record(`rest:${call}`);
    const value = this.jsonOf(body);
    const seenTime = this.clock.seenTimeOf(receiveTime);
    if (isOpenInterest)
      return this.emit(ownSymbol, receiveTime, seenTime, ({ spec }) => {
        const interest = parseOpenInterest(value, spec, seenTime);
        return interest.ok ? { ok: true, events: [interest.value] } : interest;
      });
    const specs = parseInstruments(value);
    return specs.ok ? this.relist(specs.value, receiveTime) : this.told(specs.fault, receiveTime);
  }

  /** A frame of a subscribed stream (`ch`, `topic`), or an answer with trades that were asked for (`rep`). */
  #streamFrame(
    stream: Stream | undefined,
    field: 'ch' | 'topic' | 'rep',
    frame: JsonObject,
    receiveTime: UnixMs,
  ): readonly MarketEvent[] {
    if (stream === undefined) return this.#unknown(field, 'name a stream', frame[field], receiveTime);
    const { kind, ownSymbol } = stream;
    this.tally.record(field === 'rep' ? `rep ${kind}` : kind);
    const { ts } = frame;
    if (!isPlausibleTime(ts)) return this.#badTime(`${kind}.ts`, ts, receiveTime);
    this.clock.observe(receiveTime, ts as UnixMs);
    const seenTime = this.clock.seenTimeOf(receiveTime);
    return this.emit(ownSymbol, receiveTime, seenTime, (reader) => {
      if (field !== 'rep') return readStream(reader, kind, frame, ts as UnixMs, seenTime);
      return kind === 'trade.detail' ? reader.onMissedTrades(frame['data'], seenTime) : undefined;
    });
  }

  /** Frames of the notification socket: pushes, pings, and answers to subscriptions. */
  #operation(frame: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    const { op, topic } = frame;
    if (op === 'notify') return this.#streamFrame(topicOf(topic), 'topic', frame, receiveTime);
    this.tally.record(typeof op === 'string' ? op : 'operation');
    if (op === 'ping') return [];
    const code = frame['err-code'];
    const isAccepted = code === 0 || code === REPEATED_SUBSCRIPTION;
    if ((op === 'sub' || op === 'unsub') && isAccepted) return [];
    return this.#refused(frame['err-msg'] ?? op, receiveTime);
  }

  /** Frames of the other sockets that belong to no stream: pings, acknowledgements, and refusals, which have to be told. */
  #answer(frame: JsonObject, receiveTime: UnixMs): readonly MarketEvent[] {
    const { status } = frame;
    const name = ['ping', 'subbed', 'unsubbed'].find((key) => key in frame);
    this.tally.record(name ?? 'answer');
    if (name === 'ping' || (name !== undefined && status === 'ok')) return [];
    if (status === 'error') return this.#refused(frame['err-msg'], receiveTime);
    return this.#unknown('frame', 'belong to a stream or answer', frame, receiveTime);
  }

  #refused(words: unknown, receiveTime: UnixMs): readonly MarketEvent[] {
    return this.told(faultOf('venue-error', 'frame', `The venue refused: ${shown(words)}`), receiveTime);
  }

  #unknown(field: string, rule: string, raw: unknown, receiveTime: UnixMs): readonly MarketEvent[] {
    return this.told(faultOf('unknown-frame', field, `${field} must ${rule}, was ${shown(raw)}`), receiveTime);
  }

  #badTime(field: string, raw: unknown, receiveTime: UnixMs): readonly MarketEvent[] {
    const message = `${field} must be a time in milliseconds, was ${shown(raw)}`;
    return this.told(faultOf('bad-time', field, message), receiveTime);
  }
}

/** Hands a frame to the reader of its stream; undefined for streams that are not used. */
function readStream(
  reader: InstrumentFeed,
  kind: string,
  frame: JsonObject,
  sentAt: UnixMs,
  seenTime: UnixMs,
): Reading | undefined {
  const { tick, data } = frame;
  switch (kind) {
    case 'depth.step0':
      return reader.onDepth(tick, seenTime);
    case 'trade.detail':
      return reader.onTrades(tick, seenTime);
    case 'mark_price.1min':
      return reader.onPrice('mark', tick, sentAt, seenTime);
    case 'index.1min':
      return reader.onPrice('index', tick, sentAt, seenTime);
    case 'liquidation_orders':
      return reader.onLiquidations(data, seenTime);
    case 'funding_rate':
      return reader.onFunding(data, sentAt, seenTime);
    default:
      return undefined;
  }
}
