import type { Instrument, Liquidation, UnixMs } from '@liquidation-heatmap/core';
import type { ChainRules } from '../../book/streamed-book.js';
import { InstrumentReading } from '../../instrument-reading.js';
import { NOTHING, type Reading } from '../../reading-session.js';
import type { SessionTally } from '../../session-tally.js';
import type { JsonObject } from '../../wire-fields.js';
import { TextBook } from '../../book/text-book.js';
import type { WireNames } from './generations.js';
import { parseBook, parseLiquidation, parseTicker, parseTrades, type BookPart } from './parse.js';
import type { WireLiquidation } from './wire.js';

/** A smaller number this much later is no repetition: the venue has begun to count anew. */
const RESTART_MS = 10_000;
/** As the number before it: an update that the book holds already. */
const REPEATED = -1;

/** The venue's numbers are too long for a double, so that the chain is judged before (`#faultOf`); this is its verdict. */
const JUDGED: ChainRules = {
  isRepeated: ({ previous }) => previous === REPEATED,
  follows: ({ previous }, lastSequence) => previous === lastSequence,
};

/** One Bitget contract being read. */
export class InstrumentFeed extends InstrumentReading {
  /** The book as text while checksums come; undefined where they are 0. */
  #texts: TextBook | undefined;
  /** The venue's number the book stands at; undefined where it sends none. */
  #sequence: bigint | undefined;
  /** Nothing has been applied on the snapshot yet. */
  #isFresh = false;
  #bookTime = 0 as UnixMs;

  constructor(spec: Instrument, tally: SessionTally) {
    super(spec, tally, JUDGED);
  }

  /** Reads one item of `books`. */
  onBook(raw: JsonObject, names: WireNames, isSnapshot: boolean, seenTime: UnixMs): Reading {
    if (!this.isSized) return NOTHING;
    const part = parseBook(raw, names, this.contract);
    if (!part.ok) return part;
    const levels = [raw[names.bids], raw[names.asks]] as const;
    return isSnapshot ? this.#onSnapshot(part.value, levels, seenTime) : this.#onUpdate(part.value, levels, seenTime);
  }

  /** Reads trades of one frame; those that come first after subscribing are of before. */
  onTrades(items: readonly unknown[], names: WireNames, isHistory: boolean, seenTime: UnixMs): Reading {
    if (!this.isSized) return NOTHING;
    const trades = parseTrades(items, names, this.contract, seenTime);
    if (!trades.ok) return trades;
    if (!isHistory) return this.told(this.freshTrades(trades.value), seenTime);
    for (let i = 0; i < trades.value.length; i++) this.tally.drop('history-trade');
    return this.told([], seenTime);
  }

  /** Reads mark, index, open interest and funding; `sentAt` is the frame's time. */
  onTicker(raw: JsonObject, names: WireNames, sentAt: unknown, seenTime: UnixMs): Reading {
    const events = parseTicker(raw, names.ticker, sentAt, this.contract, seenTime);
    if (!events.ok) return events;
    const known = this.isSized ? events.value : events.value.filter(({ kind }) => kind !== 'open-interest');
    return this.told(known, seenTime);
  }

  /** Reads liquidations of this contract. */
  onLiquidations(items: readonly JsonObject[], seenTime: UnixMs): Reading {
    const prints: Liquidation[] = [];
    for (const item of items) {
      const print = parseLiquidation(item as unknown as WireLiquidation, this.contract, seenTime);
      if (!print.ok) return print;
      prints.push(print.value);
    }
    return this.told(this.freshPrints(prints), seenTime);
  }

  #onSnapshot(part: BookPart, [bidTexts, askTexts]: readonly [unknown, unknown], seenTime: UnixMs): Reading {
    const { eventTime, bids, asks, sequence, checksum } = part;
    this.#texts = checksum === 0 ? undefined : (this.#texts ?? new TextBook());
    this.#texts?.clear();
    this.#texts?.apply(bidTexts, askTexts);
    if (!this.#matches(part)) return this.#distrust(MISMATCH, seenTime);
    this.#sequence = sequence;
    this.#isFresh = true;
    this.#bookTime = eventTime;
    const snapshot = { kind: 'book-snapshot', instrument: this.spec.id, eventTime, seenTime, bids, asks } as const;
    return this.ofBook(this.book.onSnapshot({ lastSequence: Number(sequence ?? 0), snapshot }), seenTime);
  }

  #onUpdate(part: BookPart, [bidTexts, askTexts]: readonly [unknown, unknown], seenTime: UnixMs): Reading {
    const { eventTime, bids, asks, sequence } = part;
    const { lastSequence } = this.book.state;
    const isRepeated = lastSequence === undefined || this.#isRepeated(part);
    if (!isRepeated) {
      const reason = this.#faultOf(part);
      if (reason !== undefined) return this.#distrust(reason, seenTime);
      this.#texts?.apply(bidTexts, askTexts);
      if (!this.#matches(part)) return this.#distrust(MISMATCH, seenTime);
      this.#sequence = sequence ?? this.#sequence;
      this.#isFresh = false;
      this.#bookTime = eventTime;
    }
    const last = sequence === undefined ? (lastSequence ?? 0) + 1 : Number(sequence);
    const delta = { kind: 'book-delta', instrument: this.spec.id, eventTime, seenTime, bids, asks } as const;
    const previous = isRepeated ? REPEATED : lastSequence;
    return this.ofBook(this.book.onDelta({ first: last, last, previous, delta }), seenTime);
  }

  #isRepeated({ sequence, previous, eventTime }: BookPart): boolean {
    if (sequence === undefined || this.#sequence === undefined || sequence > this.#sequence) return false;
    return previous !== 0n && eventTime - this.#bookTime < RESTART_MS;
  }

  /** Why an update cannot be applied; undefined when it can. The first one after a snapshot may begin before it. */
  #faultOf({ sequence, previous, checksum }: BookPart): string | undefined {
    const known = this.#sequence;
    if (sequence === undefined || previous === undefined || known === undefined)
      return checksum === 0 || this.#texts === undefined ? UNVOUCHED : undefined;
    if (sequence <= known) return 'The venue has begun to number book updates anew';
    if (previous === known || (this.#isFresh && previous < known)) return undefined;
    return `Book updates are missing: expected to continue ${String(known)}, received ${String(previous)}`;
  }

  #matches({ checksum }: BookPart): boolean {
    return checksum === 0 || this.#texts === undefined || this.#texts.checksum() === checksum;
  }

  #distrust(reason: string, seenTime: UnixMs): Reading {
    this.tally.drop('untrusted-update');
    return this.ofBook(this.book.onCut(seenTime, reason), seenTime);
  }
}

const MISMATCH = 'The book does not meet the checksum of the venue';
const UNVOUCHED = 'A book update names neither the one before it nor a checksum';
