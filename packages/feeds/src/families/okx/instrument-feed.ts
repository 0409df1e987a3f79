import type { Instrument, Liquidation, MarketEvent, Parsed, Trade, UnixMs } from '@liquidation-heatmap/core';
import type { ChainRules } from '../../book/streamed-book.js';
import { listField } from '../../frame-shape.js';
import { InstrumentReading } from '../../instrument-reading.js';
import { NOTHING, type Reading } from '../../reading-session.js';
import type { SessionTally } from '../../session-tally.js';
import type { JsonObject } from '../../wire-fields.js';
import { TextBook } from './checksum.js';
import {
  parseBook,
  parseFunding,
  parseIndex,
  parseLiquidation,
  parseMark,
  parseOpenInterest,
  parseTrade,
  type BookPart,
} from './parse.js';
import type { WireBook, WireLiquidation, WireTrade } from './wire.js';

/** Each change names the one before it. After maintenance ids may fall once, and the chain goes on from there. */
const CHAIN: ChainRules = {
  isRepeated: ({ last, previous }, lastSequence) => last === lastSequence && previous !== lastSequence,
  follows: ({ previous }, lastSequence) => previous === lastSequence,
};

/** One OKX swap being read. */
export class InstrumentFeed extends InstrumentReading {
  /** The book as text while checksums come; undefined where they are 0. */
  #texts: TextBook | undefined;

  constructor(spec: Instrument, tally: SessionTally) {
    super(spec, tally, CHAIN);
  }

  /** Reads one item of `books`. */
  onBook(data: JsonObject, isSnapshot: boolean, seenTime: UnixMs): Reading {
    if (!this.isSized) return NOTHING;
    const raw = data as unknown as WireBook;
    const part = parseBook(raw, this.contract);
    if (!part.ok) return part;
    return isSnapshot ? this.#onSnapshot(raw, part.value, seenTime) : this.#onUpdate(raw, part.value, seenTime);
  }

  /** Reads a frame of trades. */
  onTrades(list: readonly JsonObject[], seenTime: UnixMs): Reading {
    if (!this.isSized) return NOTHING;
    const trades: Trade[] = [];
    for (const item of list) {
      const trade = parseTrade(item as unknown as WireTrade, this.contract, seenTime);
      if (!trade.ok) return trade;
      trades.push(trade.value);
    }
    return this.told(this.freshTrades(trades), seenTime);
  }

  /** Reads the forced orders of this contract. */
  onLiquidations(details: unknown, seenTime: UnixMs): Reading {
    const list = listField('liquidation-orders.details', details);
    if (!list.ok) return list;
    if (!this.isSized) return NOTHING;
    const prints: Liquidation[] = [];
    for (const item of list.value) {
      const print = parseLiquidation(item as unknown as WireLiquidation, this.contract, seenTime);
      if (!print.ok) return print;
      prints.push(print.value);
    }
    return this.told(this.freshPrints(prints), seenTime);
  }

  /** Reads an item of `mark-price`, `index-tickers`, `open-interest` or `funding-rate`; undefined for other channels. */
  onValue(channel: string, item: JsonObject, seenTime: UnixMs): Reading | undefined {
    switch (channel) {
      case 'mark-price':
        return this.#one(parseMark(item, this.spec.id, seenTime), seenTime);
      case 'index-tickers':
        return this.#one(parseIndex(item, this.spec.id, seenTime), seenTime);
      case 'open-interest':
        return this.isSized ? this.#one(parseOpenInterest(item, this.contract, seenTime), seenTime) : NOTHING;
      case 'funding-rate':
        return this.#one(parseFunding(item, this.spec.id, seenTime), seenTime);
      default:
        return undefined;
    }
  }

  #one(event: Parsed<MarketEvent>, seenTime: UnixMs): Reading {
    return event.ok ? this.told([event.value], seenTime) : event;
  }

  #onSnapshot(raw: WireBook, part: BookPart, seenTime: UnixMs): Reading {
    const isChecked = (part.checksum ?? 0) !== 0;
    this.#texts = isChecked ? (this.#texts ?? new TextBook()) : undefined;
    this.#texts?.clear();
    this.#texts?.apply(raw.bids, raw.asks);
    if (!this.#matches(part)) return this.#distrust(part, seenTime);
    const { eventTime, bids, asks, sequence } = part;
    const snapshot = { kind: 'book-snapshot', instrument: this.spec.id, eventTime, seenTime, bids, asks } as const;
    return this.ofBook(this.book.onSnapshot({ lastSequence: sequence ?? 0, snapshot }), seenTime);
  }

  #onUpdate(raw: WireBook, part: BookPart, seenTime: UnixMs): Reading {
    const { eventTime, bids, asks, sequence, previous } = part;
    const isEmpty = bids.ticks.length + asks.ticks.length === 0;
    if (isEmpty && sequence !== undefined && sequence === previous) return this.ofBook([], seenTime);
    const { lastSequence } = this.book.state;
    if (lastSequence !== undefined) {
      this.#texts?.apply(raw.bids, raw.asks);
      if (!isVouchedFor(part) || !this.#matches(part)) return this.#distrust(part, seenTime);
    }
    const delta = { kind: 'book-delta', instrument: this.spec.id, eventTime, seenTime, bids, asks } as const;
    // Recordings of before 2023 carry no ids: the checksum, which has just been met, chains them.
    const chained = { previous: previous ?? lastSequence, last: sequence ?? (lastSequence ?? 0) + 1 };
    return this.ofBook(this.book.onDelta({ first: chained.last, ...chained, delta }), seenTime);
  }

  #matches({ checksum = 0 }: BookPart): boolean {
    return checksum === 0 || this.#texts === undefined || this.#texts.checksum() === checksum;
  }

  #distrust(part: BookPart, seenTime: UnixMs): Reading {
    this.tally.drop('untrusted-update');
    const reason = isVouchedFor(part)
      ? 'The book does not meet the checksum of the venue'
      : 'A book update names neither the one before it nor a checksum';
    return this.ofBook(this.book.onCut(seenTime, reason), seenTime);
  }
}

/** An update that names the one before it, or the state it leads to. */
function isVouchedFor({ previous, checksum = 0 }: BookPart): boolean {
  return previous !== undefined || checksum !== 0;
}
