import type { Instrument, Liquidation, MarketEvent, Parsed, Trade, UnixMs } from '@liquidation-heatmap/core';
import type { SequenceRules } from '../../book/sequenced.js';
import { SyncedBook } from '../../book/synced-book.js';
import { ChannelLedger } from '../../channel-ledger.js';
import { NOTHING, type InstrumentReader, type Reading } from '../../reading-session.js';
import { RecentKeys } from '../../recent-keys.js';
import type { SessionTally } from '../../session-tally.js';
import type { JsonObject } from '../../wire-fields.js';
import { contractOf, type Contract } from '../../wire-levels.js';
import { SNAPSHOT_LEVELS } from './endpoints.js';
import { parseBookSnapshot, parseBookUpdate, parseLiquidation, parseTicker, parseTrade } from './parse.js';
import type { WireBookSnapshot, WireBookUpdate, WireLiquidation, WireTicker, WireTrade } from './wire.js';

/** Ids of trades and fields of liquidations remembered against repetition after a reconnection. */
const KEPT_TRADES = 2_000;
const KEPT_PRINTS = 100;

/**
 * How the venue chains the book to a snapshot with id `i`:
 *   left out   u < i + 1
 *   joins      U <= i + 1 <= u
 *   follows    U == u of the update before + 1
 * Source: "How to maintain local order book" of the venue's documentation; met by every recorded contract.
 */
const SEQUENCE: SequenceRules = {
  isInSnapshot: ({ last }, snapshotSequence) => last < snapshotSequence + 1,
  joins: ({ first, last }, snapshotSequence) => first <= snapshotSequence + 1 && snapshotSequence + 1 <= last,
  follows: ({ first }, lastSequence) => first === lastSequence + 1,
};

/** One Gate contract being read: all channels come over one socket, and the book's snapshots by REST. */
export class InstrumentFeed implements InstrumentReader {
  readonly #tally: SessionTally;
  #spec: Instrument;
  #contract: Contract;
  #book: SyncedBook;
  readonly #channels: ChannelLedger;
  readonly #trades = new RecentKeys(KEPT_TRADES);
  readonly #prints = new RecentKeys(KEPT_PRINTS);

  constructor(spec: Instrument, tally: SessionTally) {
    this.#tally = tally;
    this.#spec = spec;
    this.#contract = contractOf(spec);
    this.#book = bookOf(spec);
    this.#channels = new ChannelLedger(spec.id);
  }

  get spec(): Instrument {
    return this.#spec;
  }

  get book(): SyncedBook {
    return this.#book;
  }

  /** Reads an update of the book, or the whole book with which the stream may begin. */
  onBookUpdate(raw: WireBookUpdate, seenTime: UnixMs): Reading {
    if (!this.#isSized) return NOTHING;
    const update = parseBookUpdate(raw, this.#contract, seenTime);
    if (!update.ok) return update;
    const { last, delta } = update.value;
    const snapshot = { lastSequence: last, snapshot: { ...delta, kind: 'book-snapshot' } } as const;
    const events = raw.full === true ? this.#book.onSnapshot(snapshot) : this.#book.onDelta(update.value);
    const resumed = this.#resumed(seenTime);
    return { ok: true, events: resumed.length === 0 ? events : [...resumed, ...events] };
  }

  /** Reads a REST snapshot of the book. */
  onBookSnapshot(raw: WireBookSnapshot, seenTime: UnixMs, generation: number | undefined): Reading {
    if (!this.#isSized) return NOTHING;
    const snapshot = parseBookSnapshot(raw, this.#contract, seenTime);
    return snapshot.ok ? { ok: true, events: this.#book.onSnapshot(snapshot.value, generation) } : snapshot;
  }

  /** Reads trades of one frame; what was already told, and what did not trade in the book, gives nothing. */
  onTrades(items: readonly JsonObject[], seenTime: UnixMs): Reading {
    if (!this.#isSized) return NOTHING;
    const trades = each(items, (item) => parseTrade(item as unknown as WireTrade, this.#contract, seenTime));
    if (!trades.ok) return trades;
    const fresh = trades.value.filter((trade): trade is Trade => {
      if (trade !== undefined) return this.#isNew(this.#trades, trade.id, 'duplicate-trade');
      this.#tally.drop('off-book');
      return false;
    });
    return this.#told(fresh, seenTime);
  }

  /** Reads mark, index, open interest and funding; `sentAt` is the frame's time. */
  onTickers(items: readonly JsonObject[], sentAt: unknown, seenTime: UnixMs): Reading {
    const tickers = each(items, (item) => parseTicker(item as unknown as WireTicker, sentAt, this.#contract, seenTime));
    if (!tickers.ok) return tickers;
    const events: readonly MarketEvent[] = tickers.value.flat();
    return this.#told(this.#isSized ? events : events.filter(({ kind }) => kind !== 'open-interest'), seenTime);
  }

  /** Reads liquidations. */
  onLiquidations(items: readonly JsonObject[], seenTime: UnixMs): Reading {
    if (!this.#isSized) return NOTHING;
    const prints = each(items, (item) =>
      parseLiquidation(item as unknown as WireLiquidation, this.#contract, seenTime),
    );
    if (!prints.ok) return prints;
    const fresh = prints.value.filter((print) => this.#isNew(this.#prints, keyOf(print), 'duplicate-liquidation'));
    return this.#told(fresh, seenTime);
  }

  /** The socket was lost: everything of it is cut. */
  onCut(seenTime: UnixMs, reason: string): readonly MarketEvent[] {
    return [...this.#book.onCut(seenTime, reason), ...this.#channels.onCut(seenTime, reason, () => true)];
  }

  /** Takes changed steps: what ticks mean is different now, so the book begins anew and every channel is cut. */
  relist(spec: Instrument, seenTime: UnixMs): readonly MarketEvent[] {
    const events = this.onCut(seenTime, `The tick size is ${spec.tickSize}, not ${this.#spec.tickSize}`);
    const owesResumed = this.#book.state.gaps > 0;
    this.#spec = spec;
    this.#contract = contractOf(spec);
    this.#book = bookOf(spec, owesResumed);
    return [...events, { kind: 'instrument', instrument: spec.id, eventTime: seenTime, seenTime, spec }];
  }

  /** Whether a number of contracts means anything: an unknown multiplier makes every size unknown, which is counted, and never 1. */
  get #isSized(): boolean {
    if (!Number.isNaN(this.#contract.multiplier)) return true;
    this.#tally.drop('unknown-multiplier');
    return false;
  }

  #told(events: readonly MarketEvent[], seenTime: UnixMs): Reading {
    const resumed = this.#resumed(seenTime);
    if (resumed.length + events.length === 0) return NOTHING;
    this.#channels.note(events);
    return { ok: true, events: [...resumed, ...events] };
  }

  /** Any frame proves that the socket delivers again: silence on a single channel is normal. */
  #resumed(seenTime: UnixMs): readonly MarketEvent[] {
    return this.#channels.resumed(seenTime, () => true);
  }

  #isNew(known: RecentKeys, key: string, reason: string): boolean {
    const isNew = known.isNew(key);
    if (!isNew) this.#tally.drop(reason);
    return isNew;
  }
}

function bookOf({ id, tickSize }: Instrument, owesResumed = false): SyncedBook {
  return new SyncedBook(id, Number(tickSize), SEQUENCE, SNAPSHOT_LEVELS, owesResumed);
}

/** Liquidations carry no id. */
function keyOf({ eventTime, positionSide, price, size }: Liquidation): string {
  return `${eventTime} ${positionSide} ${price} ${size}`;
}

/** Parses every item: of a frame with a bad item nothing is told and nothing remembered. */
function each<Value>(
  items: readonly JsonObject[],
  parse: (item: JsonObject) => Parsed<Value>,
): Parsed<readonly Value[]> {
  const values: Value[] = [];
  for (const item of items) {
    const value = parse(item);
    if (!value.ok) return value;
    values.push(value.value);
  }
  return { ok: true, value: values };
}
