import type { Channel, Instrument, MarketEvent, Parsed, Trade, UnixMs } from '@liquidation-heatmap/core';
import { StreamedBook, type ChainRules } from '../../book/streamed-book.js';
import { ChannelLedger } from '../../channel-ledger.js';
import { listField, objectFault } from '../../frame-shape.js';
import { NOTHING, type InstrumentReader, type Reading } from '../../reading-session.js';
import { RecentKeys } from '../../recent-keys.js';
import type { SessionTally } from '../../session-tally.js';
import { broken, isObject, type JsonObject } from '../../wire-fields.js';
import { contractOf, type Contract } from '../../wire-levels.js';
import { socketAt, socketOf, type SocketName } from './endpoints.js';
import { parseDepth, parseFunding, parseLiquidation, parsePrice, parseTrade } from './parse.js';
import type { WireDepth, WireFunding, WireLiquidation, WirePriceCandle, WireTrade } from './wire.js';

/** Ids of trades and fields of liquidations remembered against repetition after a reconnection. */
const KEPT_TRADES = 2_000;
const KEPT_PRINTS = 100;
/** A smaller number this much later is no older book: the venue has begun to count anew. */
const RESTART_MS = 10_000;
/** Every frame is a whole book: there are no deltas to chain. */
const NO_CHAIN: ChainRules = { isRepeated: () => true, follows: () => false };

/** One HTX contract being read: its channels come over three sockets, each of which may be lost alone. */
export class InstrumentFeed implements InstrumentReader {
  readonly #tally: SessionTally;
  #spec: Instrument;
  #contract: Contract;
  #book: StreamedBook;
  readonly #channels: ChannelLedger;
  readonly #trades = new RecentKeys(KEPT_TRADES);
  readonly #prints = new RecentKeys(KEPT_PRINTS);
  /** The first frame of trades after subscribing is of the past. */
  #awaitsHistory = true;
  /** Time the newest book was made; the book's own number does not tell repetitions from changes. */
  #bookTime = Number.NEGATIVE_INFINITY;

  constructor(spec: Instrument, tally: SessionTally) {
    this.#tally = tally;
    this.#spec = spec;
    this.#contract = contractOf(spec);
    this.#book = new StreamedBook(spec.id, Number(spec.tickSize), NO_CHAIN);
    this.#channels = new ChannelLedger(spec.id);
  }

  get spec(): Instrument {
    return this.#spec;
  }

  get book(): StreamedBook {
    return this.#book;
  }

  /** Reads a whole book; an older one, or the same again, gives nothing. */
  onDepth(tick: unknown, seenTime: UnixMs): Reading {
    if (!isObject(tick)) return objectFault('depth.tick', tick);
    if (Number.isNaN(this.#contract.multiplier)) return this.#left('unknown-multiplier');
    const depth = parseDepth(tick as unknown as WireDepth, this.#contract, seenTime);
    if (!depth.ok) return depth;
    const { lastSequence, snapshot } = depth.value;
    const newest = this.#book.state.lastSequence ?? Number.NEGATIVE_INFINITY;
    const laterMs = snapshot.eventTime - this.#bookTime;
    if (lastSequence < newest && laterMs < RESTART_MS) return this.#left('older-book');
    if (lastSequence === newest && laterMs <= 0) return this.#left('duplicate-book');
    this.#bookTime = snapshot.eventTime;
    const events = this.#book.onSnapshot(depth.value);
    return { ok: true, events: [...this.#resumed('market', seenTime), ...events] };
  }

  /** Reads a frame of trades; the first one after subscribing is history. */
  onTrades(tick: unknown, seenTime: UnixMs): Reading {
    if (!isObject(tick)) return objectFault('trade.tick', tick);
    if (!this.#awaitsHistory) return this.onMissedTrades(tick['data'], seenTime);
    const trades = this.#parseTrades(tick['data'], seenTime);
    if (!trades.ok) return trades;
    this.#awaitsHistory = false;
    for (const { id } of trades.value) {
      // Known from now on: the same frame once more is no news.
      this.#trades.isNew(id);
      this.#tally.drop('history-trade');
    }
    return this.#told('market', [], seenTime);
  }

  /** Reads trades that were asked for: none of them is history. */
  onMissedTrades(data: unknown, seenTime: UnixMs): Reading {
    const trades = this.#parseTrades(data, seenTime);
    if (!trades.ok) return trades;
    const fresh = trades.value.filter(({ id }) => this.#isNew(this.#trades, id, 'duplicate-trade'));
    return this.#told('market', fresh, seenTime);
  }

  /** Reads the running candle of mark or index. */
  onPrice(kind: 'mark' | 'index', tick: unknown, sentAt: UnixMs, seenTime: UnixMs): Reading {
    if (!isObject(tick)) return objectFault(`${kind}.tick`, tick);
    const price = parsePrice(kind, tick as unknown as WirePriceCandle, sentAt, this.#contract, seenTime);
    return price.ok ? this.#told('index', [price.value], seenTime) : price;
  }

  /** Reads liquidations. */
  onLiquidations(data: unknown, seenTime: UnixMs): Reading {
    const prints = this.#each('liquidation_orders.data', data, (item) => {
      const mine = this.#ownItem('liquidation_orders', item);
      return mine.ok ? parseLiquidation(item as unknown as WireLiquidation, this.#contract, seenTime) : mine;
    });
    if (!prints.ok) return prints;
    const fresh = prints.value.filter(({ eventTime, positionSide, price, size }) =>
      this.#isNew(this.#prints, `${eventTime} ${positionSide} ${price} ${size}`, 'duplicate-liquidation'),
    );
    return this.#told('notification', fresh, seenTime);
  }

  /** Reads funding. */
  onFunding(data: unknown, sentAt: UnixMs, seenTime: UnixMs): Reading {
    const rates = this.#each('funding_rate.data', data, (item) => {
      const mine = this.#ownItem('funding_rate', item);
      return mine.ok ? parseFunding(item as unknown as WireFunding, sentAt, this.#contract, seenTime) : mine;
    });
    return rates.ok ? this.#told('notification', rates.value, seenTime) : rates;
  }

  /** The socket at an address was lost (all of them when undefined): its channels are cut. */
  onCut(seenTime: UnixMs, reason: string, url?: string): readonly MarketEvent[] {
    const socket = url === undefined ? undefined : socketAt(url);
    const isMarketLost = socket === undefined || socket === 'market';
    if (isMarketLost) this.#awaitsHistory = true;
    const ofBook = isMarketLost ? this.#book.onCut(seenTime, reason) : [];
    const isConcerned = (channel: Channel): boolean => socket === undefined || socketOf(channel) === socket;
    return [...ofBook, ...this.#channels.onCut(seenTime, reason, isConcerned)];
  }

  /** Takes changed steps: what ticks mean is different now, so the next book begins anew and every channel is cut. */
  relist(spec: Instrument, seenTime: UnixMs): readonly MarketEvent[] {
    const isHistoryAwaited = this.#awaitsHistory;
    const events = this.onCut(seenTime, `The tick size is ${spec.tickSize}, not ${this.#spec.tickSize}`);
    // The subscription goes on.
    this.#awaitsHistory = isHistoryAwaited;
    const owesResumed = this.#book.state.gaps > 0;
    this.#spec = spec;
    this.#contract = contractOf(spec);
    this.#book = new StreamedBook(spec.id, Number(spec.tickSize), NO_CHAIN, owesResumed);
    return [...events, { kind: 'instrument', instrument: spec.id, eventTime: seenTime, seenTime, spec }];
  }

  #parseTrades(data: unknown, seenTime: UnixMs): Parsed<readonly Trade[]> {
    return this.#each('trade.data', data, (item) => parseTrade(item as unknown as WireTrade, this.#contract, seenTime));
  }

  /** Parses every item of a list: of one with a bad item nothing is told and nothing remembered. */
  #each<Value>(field: string, data: unknown, parse: (item: JsonObject) => Parsed<Value>): Parsed<readonly Value[]> {
    const list = listField(field, data);
    if (!list.ok) return list;
    const values: Value[] = [];
    for (const item of list.value) {
      const value = parse(item);
      if (!value.ok) return value;
      values.push(value.value);
    }
    return { ok: true, value: values };
  }

  #ownItem(field: string, { contract_code: code }: JsonObject): Parsed<true> {
    const { ownSymbol } = this.#spec;
    if (code === ownSymbol) return { ok: true, value: true };
    return broken('bad-symbol', `${field}.contract_code`, ownSymbol, code);
  }

  #told(socket: SocketName, events: readonly MarketEvent[], seenTime: UnixMs): Reading {
    const resumed = this.#resumed(socket, seenTime);
    if (resumed.length + events.length === 0) return NOTHING;
    this.#channels.note(events);
    return { ok: true, events: [...resumed, ...events] };
  }

  /** Any frame of a socket proves that it delivers again: silence on a single channel is normal. */
  #resumed(socket: SocketName, seenTime: UnixMs): readonly MarketEvent[] {
    return this.#channels.resumed(seenTime, (channel) => socketOf(channel) === socket);
  }

  #isNew(known: RecentKeys, key: string, reason: string): boolean {
    const isNew = known.isNew(key);
    if (!isNew) this.#tally.drop(reason);
    return isNew;
  }

  #left(reason: string): Reading {
    this.#tally.drop(reason);
    return NOTHING;
  }
}
