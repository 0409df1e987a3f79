import type { Instrument, MarketEvent, Parsed, Trade, UnixMs } from '@liquidation-heatmap/core';
import type { ChainRules } from '../../book/streamed-book.js';
import { listField, objectFault } from '../../frame-shape.js';
import { InstrumentReading } from '../../instrument-reading.js';
import { NOTHING, type Reading } from '../../reading-session.js';
import { RecentKeys } from '../../recent-keys.js';
import type { SessionTally } from '../../session-tally.js';
import { broken, isObject } from '../../wire-fields.js';
import { isOfLiquidatorVault } from './backstop.js';
import { parseBook, parseContext, parseTrade } from './parse.js';
import type { WireBook, WireContext, WireTrade } from './wire.js';

/** Trades remembered against repetition after a reconnection. */
const KEPT_TRADES = 2_000;
/** Every frame is a whole book: there are no deltas to chain. */
const NO_CHAIN: ChainRules = { isRepeated: () => true, follows: () => false };

/** One Hyperliquid contract being read. */
export class InstrumentFeed extends InstrumentReading {
  readonly #known = new RecentKeys(KEPT_TRADES);
  /** The first frame of trades after subscribing is of the past. */
  #awaitsHistory = true;
  /** Keys of that frame's trades: the very same frame once more is the past again. */
  #history: string | undefined;

  constructor(spec: Instrument, tally: SessionTally) {
    super(spec, tally, NO_CHAIN);
  }

  /** Whether the next frame of trades is live, so that its time tells how far this machine's clock is off. */
  get isLive(): boolean {
    return !this.#awaitsHistory;
  }

  /** Reads a whole book; one that is older than the book, or the same again, gives nothing. */
  onBook(raw: WireBook, seenTime: UnixMs): Reading {
    if (!this.isSized) return NOTHING;
    const book = parseBook(raw, this.contract, seenTime);
    if (!book.ok) return book;
    if (book.value.lastSequence > (this.book.state.lastSequence ?? Number.NEGATIVE_INFINITY))
      return this.ofBook(this.book.onSnapshot(book.value), seenTime);
    this.tally.drop('older-book');
    return this.ofBook([], seenTime);
  }

  /**
   * Reads a frame of trades. The first one after subscribing is history: it is counted and forgotten, since what it repeats was told
   * before, and what is new in it belongs to the hole before it and is asked for, or missing.
   */
  onTrades(data: unknown, seenTime: UnixMs): Reading {
    const trades = this.#parseTrades(data, seenTime);
    if (!trades.ok) return trades;
    const keys = trades.value.map(keyOf).join();
    if (!this.#awaitsHistory && keys !== this.#history) return this.#tellTrades(data, trades.value, seenTime);
    this.#awaitsHistory = false;
    this.#history = keys;
    for (let i = 0; i < trades.value.length; i++) this.tally.drop('history-trade');
    return this.told([], seenTime);
  }

  /** Reads trades that were asked for: none of them is history. */
  onMissedTrades(data: unknown, seenTime: UnixMs): Reading {
    const trades = this.#parseTrades(data, seenTime);
    return trades.ok ? this.#tellTrades(data, trades.value, seenTime) : trades;
  }

  /** Reads mark, index, open interest and funding. */
  onContext(ctx: unknown, seenTime: UnixMs): Reading {
    if (!isObject(ctx)) return objectFault('activeAssetCtx.ctx', ctx);
    const events = parseContext(ctx as unknown as WireContext, this.contract, seenTime);
    if (!events.ok) return events;
    const known = this.isSized ? events.value : events.value.filter(({ kind }) => kind !== 'open-interest');
    return this.told(known, seenTime);
  }

  /** The socket was lost: the next one begins with history. */
  override onCut(seenTime: UnixMs, reason: string): readonly MarketEvent[] {
    this.#awaitsHistory = true;
    return super.onCut(seenTime, reason);
  }

  /** Takes changed steps; the subscription goes on, so that no history comes. */
  override relist(spec: Instrument, seenTime: UnixMs): readonly MarketEvent[] {
    const isHistoryAwaited = this.#awaitsHistory;
    const events = super.relist(spec, seenTime);
    this.#awaitsHistory = isHistoryAwaited;
    return events;
  }

  /** Every trade of a frame; one bad trade spoils all of them, since nothing may be remembered of a frame that is not sound. */
  #parseTrades(data: unknown, seenTime: UnixMs): Parsed<readonly Trade[]> {
    const list = listField('trades', data);
    if (!list.ok) return list;
    const trades: Trade[] = [];
    if (!this.isSized) return { ok: true, value: trades };
    for (const item of list.value) {
      const raw = item as unknown as WireTrade;
      if (raw.coin !== this.spec.ownSymbol) return broken('bad-symbol', 'trades.coin', this.spec.ownSymbol, raw.coin);
      const trade = parseTrade(raw, this.contract, seenTime);
      if (!trade.ok) return trade;
      trades.push(trade.value);
    }
    return { ok: true, value: trades };
  }

  #tellTrades(data: unknown, trades: readonly Trade[], seenTime: UnixMs): Reading {
    const rows = data as readonly WireTrade[];
    const fresh = trades.filter((trade, i) => {
      const isNew = this.#known.isNew(keyOf(trade));
      if (!isNew) this.tally.drop('duplicate-trade');
      // What it was besides a trade cannot be told: see `backstop`.
      else if (isOfLiquidatorVault(rows[i]?.users)) this.tally.drop('possible-liquidation');
      return isNew;
    });
    return this.told(fresh, seenTime);
  }
}

/** What makes a trade one and the same: ids are hashes and unique only together with the time. */
function keyOf({ eventTime, id }: Trade): string {
  return `${String(eventTime)} ${id}`;
}
