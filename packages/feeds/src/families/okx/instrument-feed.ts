import type { Instrument, Liquidation, MarketEvent, Parsed, Trade, UnixMs } from '@liquidation-heatmap/core';
import type { ChainRules } from '../../book/streamed-book.js';
import { listField } from '../../frame-shape.js';
import { InstrumentReading } from '../../instrument-reading.js';
import { NOTHING, type Reading } from '../../reading-session.js';
import type { SessionTally } from '../../session-tally.js';
import type { JsonObject } from '../../wire-fields.js';
import { TextBook } from '../../book/text-book.js';
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

const UNMET = 'The book does not meet the checksum of the venue';
const UNVOUCHED = 'A book update names neither the one before it nor a checksum that can be held against it';

/** One OKX swap being read. */
export class InstrumentFeed extends InstrumentReading {
  /** The book as text while checksums come; undefined where they are 0. */
  #texts: TextBook | undefined;

  constructor(spec: Instrument, tally: SessionTally) {
    super(spec, tally, CHAIN);
  }

  /** Reads a frame of `books`: a whole book or changes of it. */
  onBooks(list: readonly JsonObject[], action: unknown, seenTime: UnixMs): Reading {
    if (!this.isSized) return NOTHING;
    const parts: [raw: WireBook, part: BookPart][] = [];
    for (const item of list) {
      const raw = item as unknown as WireBook;
      const part = parseBook(raw, action, this.contract);
      if (!part.ok) return part;
      parts.push([raw, part.value]);
    }
    const events = parts.flatMap(([raw, part]) =>
      part.isWhole ? this.#onSnapshot(raw, part, seenTime) : this.#onUpdate(raw, part, seenTime),
    );
    return this.ofBook(events, seenTime);
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

  /** Reads a frame of `mark-price`, `index-tickers`, `open-interest` or `funding-rate`; undefined for other channels. */
  onValues(channel: string, list: readonly JsonObject[], seenTime: UnixMs): Reading | undefined {
    if (channel === 'open-interest' && !this.isSized) return NOTHING;
    const events: MarketEvent[] = [];
    for (const item of list) {
      const event = this.#valueOf(channel, item, seenTime);
      if (event?.ok !== true) return event;
      events.push(event.value);
    }
    return this.told(events, seenTime);
  }

  #valueOf(channel: string, item: JsonObject, seenTime: UnixMs): Parsed<MarketEvent> | undefined {
    switch (channel) {
      case 'mark-price':
        return parseMark(item, this.spec.id, seenTime);
      case 'index-tickers':
        return parseIndex(item, this.spec.id, seenTime);
      case 'open-interest':
        return parseOpenInterest(item, this.contract, seenTime);
      case 'funding-rate':
        return parseFunding(item, this.spec.id, seenTime);
      default:
        return undefined;
    }
  }

  #onSnapshot(raw: WireBook, part: BookPart, seenTime: UnixMs): readonly MarketEvent[] {
    const { eventTime, bids, asks, sequence, checksum } = part;
    this.#texts = checksum === 0 ? undefined : new TextBook();
    this.#texts?.apply(raw.bids, raw.asks);
    if (this.#texts !== undefined && this.#texts.checksum() !== checksum) return this.#distrust(UNMET, seenTime);
    const snapshot = { kind: 'book-snapshot', instrument: this.spec.id, eventTime, seenTime, bids, asks } as const;
    return this.book.onSnapshot({ lastSequence: sequence ?? 0, snapshot });
  }

  #onUpdate(raw: WireBook, part: BookPart, seenTime: UnixMs): readonly MarketEvent[] {
    const { eventTime, bids, asks, sequence, previous } = part;
    const isEmpty = bids.ticks.length + asks.ticks.length === 0;
    if (isEmpty && sequence !== undefined && sequence === previous) return [];
    const { lastSequence } = this.book.state;
    if (lastSequence !== undefined) {
      const doubt = this.#doubtOf(raw, part);
      if (doubt !== undefined) return this.#distrust(doubt, seenTime);
    }
    const delta = { kind: 'book-delta', instrument: this.spec.id, eventTime, seenTime, bids, asks } as const;
    // Recordings of before 2023 carry no ids: the checksum, which has just been met, chains them.
    const chained = { previous: previous ?? lastSequence, last: sequence ?? (lastSequence ?? 0) + 1 };
    return this.book.onDelta({ first: chained.last, ...chained, delta });
  }

  /** Why an update may not be applied, if so: it must meet its checksum, or name the one before it where none can be held against it. */
  #doubtOf(raw: WireBook, { previous, checksum }: BookPart): string | undefined {
    // The venue has stopped sending checksums: texts are no longer kept for them.
    if (checksum === 0) this.#texts = undefined;
    if (this.#texts === undefined) return previous === undefined ? UNVOUCHED : undefined;
    this.#texts.apply(raw.bids, raw.asks);
    return this.#texts.checksum() === checksum ? undefined : UNMET;
  }

  #distrust(reason: string, seenTime: UnixMs): readonly MarketEvent[] {
    this.tally.drop('untrusted-update');
    return this.book.onCut(seenTime, reason);
  }
}
