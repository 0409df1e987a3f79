import type { Instrument, UnixMs } from '@liquidation-heatmap/core';
import type { ChainRules } from '../../book/streamed-book.js';
import { listField } from '../../frame-shape.js';
import { InstrumentReading } from '../../instrument-reading.js';
import { NOTHING, type Reading } from '../../reading-session.js';
import type { SessionTally } from '../../session-tally.js';
import { parseBookChange, parseBookSnapshot, parseTicker, parseTrade } from './parse.js';
import type { WireBookChange, WireBookSnapshot, WireTicker, WireTrade } from './wire.js';

/** Sequence numbers of one product's book are consecutive; a smaller one repeats. */
const CHAIN: ChainRules = {
  isRepeated: ({ last }, lastSequence) => last <= lastSequence,
  follows: ({ first }, lastSequence) => first === lastSequence + 1,
};

/** One Kraken contract being read. */
export class InstrumentFeed extends InstrumentReading {
  constructor(spec: Instrument, tally: SessionTally) {
    super(spec, tally, CHAIN);
  }

  /** Reads a whole book. */
  onBookSnapshot(raw: WireBookSnapshot, seenTime: UnixMs): Reading {
    if (!this.isSized) return NOTHING;
    const snapshot = parseBookSnapshot(raw, this.contract, seenTime);
    return snapshot.ok ? this.ofBook(this.book.onSnapshot(snapshot.value), seenTime) : snapshot;
  }

  /** Reads one changed level. */
  onBookChange(raw: WireBookChange, seenTime: UnixMs): Reading {
    if (!this.isSized) return NOTHING;
    const change = parseBookChange(raw, this.contract, seenTime);
    return change.ok ? this.ofBook(this.book.onDelta(change.value), seenTime) : change;
  }

  /** Reads a trade, and the liquidation it was; what was already told, and what did not trade in the book, gives nothing. */
  onTrade(raw: WireTrade, seenTime: UnixMs): Reading {
    if (!this.isSized) return NOTHING;
    const trade = parseTrade(raw, this.contract, seenTime);
    if (!trade.ok) return trade;
    if (trade.value === undefined) this.tally.drop('off-book');
    const events = trade.value ?? [];
    // A liquidation goes with its trade: two of them may be alike in all their fields.
    const isNew = this.freshTrades(events.slice(0, 1).filter((event) => event.kind === 'trade')).length > 0;
    return this.told(isNew ? events : [], seenTime);
  }

  /** Counts the newest 100 trades, which come first after subscribing and were told, or missed, before. */
  onTradeHistory(raw: unknown, seenTime: UnixMs): Reading {
    const list = listField('trade_snapshot.trades', raw);
    if (!list.ok) return list;
    for (const { type } of list.value) {
      this.tally.drop('history-trade');
      if (type === 'liquidation') this.tally.drop('history-liquidation');
    }
    return this.told([], seenTime);
  }

  /** Reads mark, index, open interest and funding. */
  onTicker(raw: WireTicker, seenTime: UnixMs): Reading {
    const events = parseTicker(raw, this.contract, seenTime);
    if (!events.ok) return events;
    const known = this.isSized ? events.value : events.value.filter(({ kind }) => kind !== 'open-interest');
    return this.told(known, seenTime);
  }
}
