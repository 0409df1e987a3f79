import type { Instrument, Liquidation, Parsed, Trade, UnixMs } from '@liquidation-heatmap/core';
import type { ChainRules } from '../../book/streamed-book.js';
import { listField, objectFault } from '../../frame-shape.js';
import { InstrumentReading } from '../../instrument-reading.js';
import { NOTHING, type Reading } from '../../reading-session.js';
import type { SessionTally } from '../../session-tally.js';
import { broken, isObject } from '../../wire-fields.js';
import { parseBook, parseTicker, parseTrade, type TradeReading } from './parse.js';
import type { WireBook, WireTicker, WireTrade } from './wire.js';

/** Every change names the one before; ids only grow. */
const CHAIN: ChainRules = {
  isRepeated: ({ last }, lastSequence) => last <= lastSequence,
  follows: ({ previous }, lastSequence) => previous === lastSequence,
};

/** One Deribit contract being read. */
export class InstrumentFeed extends InstrumentReading {
  constructor(spec: Instrument, tally: SessionTally) {
    super(spec, tally, CHAIN);
  }

  /** Reads a book, whole or changed. */
  onBook(data: unknown, seenTime: UnixMs): Reading {
    if (!isObject(data)) return objectFault('book.data', data);
    if (!this.isSized) return NOTHING;
    const book = parseBook(data as unknown as WireBook, this.contract, seenTime);
    if (!book.ok) return book;
    const events = 'snapshot' in book.value ? this.book.onSnapshot(book.value) : this.book.onDelta(book.value);
    return this.ofBook(events, seenTime);
  }

  /** Reads a frame of trades and the liquidations among them; what was already told, and block trades, give nothing. */
  onTrades(data: unknown, seenTime: UnixMs): Reading {
    if (!this.isSized) return NOTHING;
    const trades = this.#parseTrades(data, seenTime);
    if (!trades.ok) return trades;
    const events = trades.value.flatMap((reading): readonly (Trade | Liquidation)[] => {
      if (reading === undefined) this.tally.drop('off-book');
      // A liquidation goes with its trade: two of them may be alike in all their fields.
      return reading !== undefined && this.freshTrades([reading[0]]).length > 0 ? reading : [];
    });
    return this.told(events, seenTime);
  }

  /** Reads mark, index, open interest and funding. */
  onTicker(data: unknown, seenTime: UnixMs): Reading {
    if (!isObject(data)) return objectFault('ticker.data', data);
    const events = parseTicker(data as unknown as WireTicker, this.contract, seenTime);
    if (!events.ok) return events;
    const known = this.isSized ? events.value : events.value.filter(({ kind }) => kind !== 'open-interest');
    return this.told(known, seenTime);
  }

  /** Every trade of a frame, undefined for block trades; one bad trade spoils all of them. */
  #parseTrades(data: unknown, seenTime: UnixMs): Parsed<readonly (TradeReading | undefined)[]> {
    const list = listField('trades.data', data);
    if (!list.ok) return list;
    const { ownSymbol } = this.spec;
    const readings: (TradeReading | undefined)[] = [];
    for (const item of list.value) {
      const raw = item as unknown as WireTrade;
      if (raw.instrument_name !== ownSymbol)
        return broken('bad-symbol', 'trades.instrument_name', ownSymbol, raw.instrument_name);
      const reading = parseTrade(raw, this.contract, seenTime);
      if (!reading.ok) return reading;
      readings.push(reading.value);
    }
    return { ok: true, value: readings };
  }
}
