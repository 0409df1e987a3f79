import type { Channel, Instrument, InstrumentId, MarketEvent, Parsed, Trade, UnixMs } from '@liquidation-heatmap/core';
import { SyncedBook } from '../../book/synced-book.js';
import { ChannelLedger } from '../../channel-ledger.js';
import { NOTHING, type Reading } from '../../reading-session.js';
import type { SessionTally } from '../../session-tally.js';
import { TradeFilter } from '../../trade-filter.js';
import { streamClassOfUrl, type StreamClass } from './endpoints.js';
import {
  parseAggTrade,
  parseBookTicker,
  parseDepthUpdate,
  parseForceOrder,
  parseMarkPrice,
  parseTrade,
} from './parse.js';
import { contractOf, type Contract } from '../../wire-levels.js';
import { parseKline } from './parse-candle.js';
import { parseDepthSnapshot } from './parse-rest.js';
import { FUTURES_SEQUENCE } from './sequence-rules.js';
import type {
  WireAggTrade,
  WireBookTicker,
  WireDepthSnapshot,
  WireDepthUpdate,
  WireForceOrder,
  WireKline,
  WireMarkPrice,
  WireTrade,
} from './wire.js';

/** Levels a side of the REST snapshot. */
const SNAPSHOT_LEVELS = 1_000;
/** Forced orders remembered: at most one comes a second, so this is longer than any overlap of two sockets. */
const KEPT_PRINTS = 64;
/** The two streams that carry trades; one instrument's trades are taken from one of them only. */
export type TradeStream = 'aggTrade' | 'trade';

/** Everything the session knows of one instrument: its book, its trades, and which channels have delivered or were cut. */
export class InstrumentFeed {
  #spec: Instrument;
  #book: SyncedBook;
  #contract: Contract;
  readonly #tally: SessionTally;
  readonly #trades = new TradeFilter();
  readonly #channels: ChannelLedger;
  /** Fields of the newest forced orders, which carry no id: a reconnection may repeat them. */
  readonly #prints: string[] = [];
  #tradeStream: TradeStream | undefined;

  constructor(spec: Instrument, tally: SessionTally) {
    this.#spec = spec;
    this.#contract = contractOf(spec);
    this.#book = new SyncedBook(spec.id, Number(spec.tickSize), FUTURES_SEQUENCE, SNAPSHOT_LEVELS);
    this.#channels = new ChannelLedger(spec.id);
    this.#tally = tally;
  }

  get spec(): Instrument {
    return this.#spec;
  }

  get book(): SyncedBook {
    return this.#book;
  }

  /** The stream trades are taken from; undefined until one is announced or comes. */
  get tradeStream(): TradeStream | undefined {
    return this.#tradeStream;
  }

  /** A subscription to aggregated trades exists: they are preferred, whatever else comes. */
  preferAggTrades(): void {
    this.#tradeStream = 'aggTrade';
  }

  /** Reads one trade; a repetition, an off-book trade or one of the other stream gives nothing. */
  onTrade(stream: TradeStream, raw: WireAggTrade | WireTrade, seenTime: UnixMs): Reading {
    this.#tradeStream ??= stream;
    if (this.#tradeStream !== stream) return this.#left('other-trade-stream');
    const trade: Parsed<Trade | undefined> =
      raw.e === 'aggTrade' ? parseAggTrade(raw, this.#contract, seenTime) : parseTrade(raw, this.#contract, seenTime);
    if (!trade.ok) return trade;
    if (trade.value === undefined) return this.#left('off-book');
    const wasCut = this.#channels.isCut('trades');
    const verdict = this.#trades.judge(trade.value);
    if (verdict.kind === 'duplicate') return this.#left('duplicate-trade');
    const resumed = this.#resumed(stream === 'trade' ? 'public' : 'market', seenTime);
    const hole = verdict.kind === 'jump' && !wasCut ? this.#tradeHole(verdict.after, trade.value, verdict.missing) : [];
    this.#channels.note([trade.value]);
    return { ok: true, events: [...resumed, ...hole, trade.value] };
  }

  /** Reads a depth update. */
  onDepth(raw: WireDepthUpdate, seenTime: UnixMs): Reading {
    const delta = parseDepthUpdate(raw, this.#contract, seenTime);
    if (!delta.ok) return delta;
    return { ok: true, events: [...this.#resumed('public', seenTime), ...this.#book.onDelta(delta.value)] };
  }

  /** Reads a REST snapshot of the book. */
  onDepthSnapshot(raw: WireDepthSnapshot, seenTime: UnixMs, generation: number | undefined): Reading {
    const snapshot = parseDepthSnapshot(raw, this.#contract, seenTime);
    return snapshot.ok ? { ok: true, events: this.#book.onSnapshot(snapshot.value, generation) } : snapshot;
  }

  /** Reads mark, index and funding. */
  onMarkPrice(raw: WireMarkPrice, seenTime: UnixMs): Reading {
    return this.#market(parseMarkPrice(raw, this.#spec.id, seenTime), seenTime);
  }

  /** Reads a forced order. */
  onForceOrder(raw: WireForceOrder, seenTime: UnixMs): Reading {
    const print = parseForceOrder(raw, this.#contract, seenTime);
    if (!print.ok) return print;
    const { eventTime, positionSide, price, size } = print.value;
    const fields = `${eventTime} ${positionSide} ${price} ${size}`;
    if (this.#prints.includes(fields)) return this.#left('duplicate-liquidation');
    this.#prints.push(fields);
    if (this.#prints.length > KEPT_PRINTS) this.#prints.shift();
    return this.#market({ ok: true, value: [print.value] }, seenTime);
  }

  /** Reads a candle: closed ones only, and only where no trades come, which would be counted twice. */
  onKline(raw: WireKline, seenTime: UnixMs): Reading {
    const bar = parseKline(raw, this.#contract, seenTime);
    if (!bar.ok) return bar;
    if (bar.value === undefined) return NOTHING;
    if (this.#tradeStream !== undefined) return this.#left('bar-beside-trades');
    if (bar.value.eventTime <= (this.#channels.lastOf('bars') ?? 0)) return this.#left('duplicate-bar');
    return this.#market({ ok: true, value: [bar.value] }, seenTime);
  }

  /** Checks a quote; nothing is emitted, since the book says the same. */
  onBookTicker(raw: WireBookTicker): Reading {
    const quote = parseBookTicker(raw, this.#contract);
    return quote.ok ? NOTHING : quote;
  }

  /** The socket at an address was lost: what flows on its path, or everything where the address names no class. */
  onCut(seenTime: UnixMs, reason: string, url?: string): readonly MarketEvent[] {
    const streams = url === undefined ? undefined : streamClassOfUrl(url);
    const ofBook = streams === 'market' ? [] : this.#book.onCut(seenTime, reason);
    const isConcerned = (channel: Channel): boolean => streams === undefined || this.#classOf(channel) === streams;
    return [...ofBook, ...this.#channels.onCut(seenTime, reason, isConcerned)];
  }

  /** Takes changed steps: what ticks mean is different now, so the book starts anew and every channel is cut until it delivers again. */
  relist(spec: Instrument, seenTime: UnixMs): readonly MarketEvent[] {
    const reason = `The tick size is ${spec.tickSize}, not ${this.#spec.tickSize}`;
    const events = this.onCut(seenTime, reason);
    const owesResumed = this.#book.state.gaps > 0;
    this.#spec = spec;
    this.#contract = contractOf(spec);
    this.#book = new SyncedBook(spec.id, Number(spec.tickSize), FUTURES_SEQUENCE, SNAPSHOT_LEVELS, owesResumed);
    return [...events, { kind: 'instrument', ...this.#at(seenTime, seenTime), spec }];
  }

  #market(reading: Parsed<readonly MarketEvent[]>, seenTime: UnixMs): Reading {
    if (!reading.ok) return reading;
    const resumed = this.#resumed('market', seenTime);
    this.#channels.note(reading.value);
    return { ok: true, events: [...resumed, ...reading.value] };
  }

  /** Any frame of a class proves that its socket delivers again: silence on a single stream is normal. */
  #resumed(streams: StreamClass, seenTime: UnixMs): readonly MarketEvent[] {
    return this.#channels.resumed(seenTime, (channel) => this.#classOf(channel) === streams);
  }

  #tradeHole(before: Trade, after: Trade, missing: number): readonly MarketEvent[] {
    this.#tally.drop('trade-id-jump');
    const at = this.#at(after.eventTime, after.seenTime);
    const reason = `${missing} trades between id ${before.id} and ${after.id} did not come`;
    return [
      { kind: 'gap', ...at, channel: 'trades', from: before.eventTime, to: after.eventTime, reason },
      { kind: 'resumed', ...at, channel: 'trades' },
    ];
  }

  #classOf(channel: Channel): StreamClass {
    return channel === 'trades' && this.#tradeStream === 'trade' ? 'public' : 'market';
  }

  #left(reason: string): Reading {
    this.#tally.drop(reason);
    return NOTHING;
  }

  #at(eventTime: UnixMs, seenTime: UnixMs): { instrument: InstrumentId; eventTime: UnixMs; seenTime: UnixMs } {
    return { instrument: this.#spec.id, eventTime, seenTime };
  }
}
