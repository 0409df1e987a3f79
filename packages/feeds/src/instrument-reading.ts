import type { Instrument, Liquidation, MarketEvent, Trade, UnixMs } from '@liquidation-heatmap/core';
import { StreamedBook, type ChainRules } from './book/streamed-book.js';
import { ChannelLedger } from './channel-ledger.js';
import { NOTHING, type InstrumentReader, type Reading } from './reading-session.js';
import { RecentKeys } from './recent-keys.js';
import type { SessionTally } from './session-tally.js';
import { contractOf, type Contract } from './wire-levels.js';

/** Ids of trades and fields of liquidations remembered against repetition after a reconnection. */
const KEPT_TRADES = 2_000;
const KEPT_PRINTS = 100;

/**
 * One instrument of a venue whose streams all come over one socket and bring the book's snapshots themselves: what was told, what was
 * cut, and the book. A venue adds how each of its frames is read.
 */
export abstract class InstrumentReading implements InstrumentReader {
  protected readonly tally: SessionTally;
  #spec: Instrument;
  #contract: Contract;
  #book: StreamedBook;
  readonly #rules: ChainRules;
  readonly #channels: ChannelLedger;
  readonly #trades = new RecentKeys(KEPT_TRADES);
  readonly #prints = new RecentKeys(KEPT_PRINTS);

  constructor(spec: Instrument, tally: SessionTally, rules: ChainRules) {
    this.tally = tally;
    this.#spec = spec;
    this.#contract = contractOf(spec);
    this.#rules = rules;
    this.#book = new StreamedBook(spec.id, Number(spec.tickSize), rules);
    this.#channels = new ChannelLedger(spec.id);
  }

  get spec(): Instrument {
    return this.#spec;
  }

  get book(): StreamedBook {
    return this.#book;
  }

  /** How prices of this instrument become ticks. */
  protected get contract(): Contract {
    return this.#contract;
  }

  /** Whether a quantity means anything: an unknown multiplier makes every size unknown, which is counted, and never 1. */
  protected get isSized(): boolean {
    if (!Number.isNaN(this.#contract.multiplier)) return true;
    this.tally.drop('unknown-multiplier');
    return false;
  }

  onCut(seenTime: UnixMs, reason: string): readonly MarketEvent[] {
    return [...this.#book.onCut(seenTime, reason), ...this.#channels.onCut(seenTime, reason, () => true)];
  }

  takeBookWish(): boolean {
    return this.#book.takeWish();
  }

  /** Takes changed steps: what ticks mean is different now, so the book waits for a new snapshot and every channel is cut. */
  relist(spec: Instrument, seenTime: UnixMs): readonly MarketEvent[] {
    const events = this.onCut(seenTime, `The tick size is ${spec.tickSize}, not ${this.#spec.tickSize}`);
    const owesResumed = this.#book.state.gaps > 0;
    this.#spec = spec;
    this.#contract = contractOf(spec);
    this.#book = new StreamedBook(spec.id, Number(spec.tickSize), this.#rules, owesResumed, true);
    return [...events, { kind: 'instrument', instrument: spec.id, eventTime: seenTime, seenTime, spec }];
  }

  /** What the book made of a frame, after the end of a cut that the frame proves. */
  protected ofBook(events: readonly MarketEvent[], seenTime: UnixMs): Reading {
    const resumed = this.#channels.resumed(seenTime, () => true);
    return { ok: true, events: resumed.length === 0 ? events : [...resumed, ...events] };
  }

  /** Events of any channel but the book, after the end of a cut that the frame proves. */
  protected told(events: readonly MarketEvent[], seenTime: UnixMs): Reading {
    const resumed = this.#channels.resumed(seenTime, () => true);
    if (resumed.length + events.length === 0) return NOTHING;
    this.#channels.note(events);
    return { ok: true, events: [...resumed, ...events] };
  }

  /** Trades of a sound frame that were not told before. They count as told from now on. */
  protected freshTrades(trades: readonly Trade[]): readonly Trade[] {
    return trades.filter(({ id }) => this.#isNew(this.#trades, id, 'duplicate-trade'));
  }

  /** Liquidations of a sound frame that were not told before, known by their fields since they carry no id. */
  protected freshPrints(prints: readonly Liquidation[]): readonly Liquidation[] {
    return prints.filter(({ eventTime, positionSide, price, size }) =>
      this.#isNew(this.#prints, `${eventTime} ${positionSide} ${price} ${size}`, 'duplicate-liquidation'),
    );
  }

  #isNew(known: RecentKeys, key: string, reason: string): boolean {
    const isNew = known.isNew(key);
    if (!isNew) this.tally.drop(reason);
    return isNew;
  }
}
