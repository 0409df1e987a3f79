import type { Instrument, Liquidation, MarketEvent, Parsed, Trade, UnixMs } from '@liquidation-heatmap/core';
import type { ChainRules } from '../../book/streamed-book.js';
import { listField, objectFault } from '../../frame-shape.js';
import { InstrumentReading } from '../../instrument-reading.js';
import type { Reading } from '../../reading-session.js';
import type { SessionTally } from '../../session-tally.js';
import { isObject, type JsonObject } from '../../wire-fields.js';
import { parseLiquidation, parseOrderBook, parseTicker, parseTrade } from './parse.js';
import type { WireLiquidation, WireOrderBook, WireTicker, WireTrade } from './wire.js';

/** Update ids are consecutive; a smaller one repeats, except 1, which comes in a snapshot after a restart of the service. */
const CHAIN: ChainRules = {
  isRepeated: ({ last }, lastSequence) => last <= lastSequence,
  follows: ({ first }, lastSequence) => first === lastSequence + 1,
};

/** One Bybit contract being read. */
export class InstrumentFeed extends InstrumentReading {
  /** Newest value of every ticker field: deltas name changed ones alone. */
  #ticker: JsonObject = {};

  constructor(spec: Instrument, tally: SessionTally) {
    super(spec, tally, CHAIN);
  }

  /** Reads a frame of the order book. */
  onOrderBook(data: unknown, isSnapshot: boolean, eventTime: UnixMs, seenTime: UnixMs): Reading {
    if (!isObject(data)) return objectFault('orderbook.data', data);
    const raw = data as unknown as WireOrderBook;
    const book = parseOrderBook(raw, isSnapshot, eventTime, this.contract, seenTime);
    if (!book.ok) return book;
    const events = 'snapshot' in book.value ? this.book.onSnapshot(book.value) : this.book.onDelta(book.value);
    return this.ofBook(events, seenTime);
  }

  /** Reads a frame of trades; what was already told, and what did not trade in the book, gives nothing. */
  onTrades(data: unknown, seenTime: UnixMs): Reading {
    const list = listField('publicTrade.data', data);
    if (!list.ok) return list;
    const trades: Trade[] = [];
    for (const item of list.value) {
      const trade = parseTrade(item as unknown as WireTrade, this.contract, seenTime);
      if (!trade.ok) return trade;
      if (trade.value === undefined) this.tally.drop('off-book');
      else trades.push(trade.value);
    }
    // Remembered only once the whole frame is sound: of one that is not, nothing was told, and it may come again.
    return this.told(this.freshTrades(trades), seenTime);
  }

  /** Reads a ticker: a snapshot, or the fields that changed. */
  onTicker(data: unknown, isSnapshot: boolean, eventTime: UnixMs, seenTime: UnixMs): Reading {
    if (!isObject(data)) return objectFault('tickers.data', data);
    const merged = isSnapshot ? data : { ...this.#ticker, ...data };
    const [raw, whole] = [data, merged] as unknown as [WireTicker, WireTicker];
    const events: Parsed<readonly MarketEvent[]> = parseTicker(raw, whole, eventTime, this.spec.id, seenTime);
    if (!events.ok) return events;
    if (raw.openInterest !== undefined && whole.singleOpenInterest === undefined) {
      this.tally.drop('two-sided-open-interest');
    }
    this.#ticker = merged;
    return this.told(events.value, seenTime);
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
    return this.told(this.freshPrints(prints), seenTime);
  }

  /** The socket was lost: what was merged is forgotten, because the next frame is a snapshot. */
  override onCut(seenTime: UnixMs, reason: string): readonly MarketEvent[] {
    this.#ticker = {};
    return super.onCut(seenTime, reason);
  }
}
