import type { Instrument, Liquidation, MarketEvent, Parsed, Trade, UnixMs } from '@liquidation-heatmap/core';
import { StreamedBook, type ChainRules } from '../../book/streamed-book.js';
import { ChannelLedger } from '../../channel-ledger.js';
import { NOTHING, type Reading } from '../../reading-session.js';
import { RecentKeys } from '../../recent-keys.js';
import type { SessionTally } from '../../session-tally.js';
import { isObject, tickScaleOf, type JsonObject } from '../../wire-fields.js';
import type { Contract } from '../../wire-levels.js';
import { listField, objectFault } from './frame-shape.js';
import { parseLiquidation, parseOrderBook, parseTicker, parseTrade } from './parse.js';
import type { WireLiquidation, WireOrderBook, WireTicker, WireTrade } from './wire.js';

/** Update ids are consecutive; a smaller one repeats, except 1, which comes in a snapshot after a restart of the service. */
const CHAIN: ChainRules = {
  isRepeated: ({ last }, lastSequence) => last <= lastSequence,
  follows: ({ first }, lastSequence) => first === lastSequence + 1,
};

/** Ids of trades and fields of liquidations remembered against repetition after a reconnection. */
const KEPT_TRADES = 2_000;
const KEPT_PRINTS = 100;

/** Everything the session knows of one instrument. All its streams come over one socket. */
export class InstrumentFeed {
  readonly spec: Instrument;
  readonly book: StreamedBook;
  readonly #contract: Contract;
  readonly #tally: SessionTally;
  readonly #channels: ChannelLedger;
  readonly #trades = new RecentKeys(KEPT_TRADES);
  readonly #prints = new RecentKeys(KEPT_PRINTS);
  /** Newest value of every ticker field: deltas name changed ones alone. */
  #ticker: JsonObject = {};

  constructor(spec: Instrument, tally: SessionTally) {
    this.spec = spec;
    this.#contract = { id: spec.id, scale: tickScaleOf(spec) };
    this.book = new StreamedBook(spec.id, Number(spec.tickSize), CHAIN);
    this.#channels = new ChannelLedger(spec.id);
    this.#tally = tally;
  }

  /** Reads a frame of the order book. */
  onOrderBook(data: unknown, isSnapshot: boolean, eventTime: UnixMs, seenTime: UnixMs): Reading {
    if (!isObject(data)) return objectFault('orderbook.data', data);
    const raw = data as unknown as WireOrderBook;
    const book = parseOrderBook(raw, isSnapshot, eventTime, this.#contract, seenTime);
    if (!book.ok) return book;
    const events = 'snapshot' in book.value ? this.book.onSnapshot(book.value) : this.book.onDelta(book.value);
    return { ok: true, events: [...this.#resumed(seenTime), ...events] };
  }

  /** Reads a frame of trades; what was already told, and what did not trade in the book, gives nothing. */
  onTrades(data: unknown, seenTime: UnixMs): Reading {
    const list = listField('publicTrade.data', data);
    if (!list.ok) return list;
    const trades: Trade[] = [];
    for (const item of list.value) {
      const trade = parseTrade(item as unknown as WireTrade, this.#contract, seenTime);
      if (!trade.ok) return trade;
      if (trade.value === undefined) this.#tally.drop('off-book');
      else trades.push(trade.value);
    }
    // Remembered only once the whole frame is sound: of one that is not, nothing was told, and it may come again.
    const fresh = trades.filter(({ id }) => this.#isNew(this.#trades, id, 'duplicate-trade'));
    return this.#told(fresh, seenTime);
  }

  /** Reads a ticker: a snapshot, or the fields that changed. */
  onTicker(data: unknown, isSnapshot: boolean, eventTime: UnixMs, seenTime: UnixMs): Reading {
    if (!isObject(data)) return objectFault('tickers.data', data);
    const merged = isSnapshot ? data : { ...this.#ticker, ...data };
    const [raw, whole] = [data, merged] as unknown as [WireTicker, WireTicker];
    const events: Parsed<readonly MarketEvent[]> = parseTicker(raw, whole, eventTime, this.spec.id, seenTime);
    if (!events.ok) return events;
    if (raw.openInterest !== undefined && whole.singleOpenInterest === undefined) {
      this.#tally.drop('two-sided-open-interest');
    }
    this.#ticker = merged;
    return this.#told(events.value, seenTime);
  }

  /** Reads a batch of liquidations. */
  onLiquidations(data: unknown, seenTime: UnixMs): Reading {
    const list = listField('allLiquidation.data', data);
    if (!list.ok) return list;
    const prints: Liquidation[] = [];
    for (const item of list.value) {
      const print = parseLiquidation(item as unknown as WireLiquidation, this.spec.id, seenTime);
      if (!print.ok) return print;
      prints.push(print.value);
    }
    const fresh = prints.filter(({ eventTime, positionSide, price, size }) =>
      this.#isNew(this.#prints, `${eventTime} ${positionSide} ${price} ${size}`, 'duplicate-liquidation'),
    );
    return this.#told(fresh, seenTime);
  }

  /** The socket was lost: what was merged is forgotten, because the next frame is a snapshot. */
  onCut(seenTime: UnixMs, reason: string): readonly MarketEvent[] {
    this.#ticker = {};
    return [...this.book.onCut(seenTime, reason), ...this.#channels.onCut(seenTime, reason, () => true)];
  }

  #isNew(known: RecentKeys, key: string, reason: string): boolean {
    const isNew = known.isNew(key);
    if (!isNew) this.#tally.drop(reason);
    return isNew;
  }

  #told(events: readonly MarketEvent[], seenTime: UnixMs): Reading {
    const resumed = this.#resumed(seenTime);
    if (resumed.length + events.length === 0) return NOTHING;
    this.#channels.note(events);
    return { ok: true, events: [...resumed, ...events] };
  }

  #resumed(seenTime: UnixMs): readonly MarketEvent[] {
    return this.#channels.resumed(seenTime, () => true);
  }
}
