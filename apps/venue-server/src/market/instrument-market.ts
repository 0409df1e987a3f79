import {
  priceOfTicks,
  type BracketTable,
  type PositionSide,
  type PriceTicks,
  type TakerSide,
} from '@liquidation-heatmap/core';
import type { Chance } from './chance.js';
import { relisted, type Listing } from './listing.js';
import { MinuteBars } from './minute-bars.js';
import { PriceLevelBook, type BookChange } from './price-level-book.js';

/** One public trade of a venue. */
export interface VenueTrade {
  /** Counts up by one per instrument, from 1. */
  readonly id: number;
  /** Unix ms of the match. */
  readonly time: number;
  readonly price: number;
  /** Base coins. */
  readonly size: number;
  readonly takerSide: TakerSide;
}

/** One forced order of a venue; every venue shows it in its own way. */
export interface VenueLiquidation {
  readonly id: number;
  readonly time: number;
  readonly positionSide: PositionSide;
  /** What it traded at, on average. */
  readonly fillPrice: number;
  /** Where the position's margin was zero. */
  readonly bankruptcyPrice: number;
  /** Base coins. */
  readonly size: number;
}

/** Open interest of one side at a time, base coins, and the funding rate of eight hours then. */
export interface PositionRow {
  readonly time: number;
  readonly openInterest: number;
  readonly fundingRate: number;
}

/** What happened at one moment. Trades of one moment come together: fills of one order share it. */
export type MarketNews =
  | { readonly kind: 'trades'; readonly trades: readonly VenueTrade[] }
  | { readonly kind: 'liquidation'; readonly liquidation: VenueLiquidation }
  | BookNews
  | { readonly kind: 'mark' }
  | { readonly kind: 'open-interest' }
  | { readonly kind: 'funding' };

/** The book changed, and by which update ids: each changed level has one, and other instruments use those in between. */
export interface BookNews {
  readonly kind: 'book';
  readonly time: number;
  readonly change: BookChange;
  readonly firstId: number;
  readonly lastId: number;
  /** It was laid out anew in other ticks; `change` is written in the new ones, which old prices may fall between. */
  readonly isRelisted: boolean;
}

/** Receives what happens to one instrument. */
export type NewsListener = (news: MarketNews) => void;

/** Trades and liquidations that REST can still tell. Venues keep about as many or more. */
const KEPT_TRADES = 20_000;
const KEPT_LIQUIDATIONS = 200;
/** Maintenance rate of the lowest bracket at OKX and Bybit: how far the bankruptcy price lies behind the price of a forced fill. */
const BANKRUPTCY_DISTANCE = 0.005;

/** Update ids that other instruments may use up between two changes: `U` of Binance is not `pu` + 1. */
const OTHERS_UPDATES = 40;

/** What a furnished book is made with. */
export interface BookSetting {
  /** Base coins at a usual level. */
  readonly usualSize: number;
  readonly changesPerStep: number;
  readonly chance: Chance;
}

/** Everything public about one contract on one venue. Only its `SymbolMarket` tells it things. */
export class InstrumentMarket {
  listing: Listing;
  readonly trades: VenueTrade[] = [];
  readonly liquidations: VenueLiquidation[] = [];
  readonly bars: MinuteBars;
  readonly markBars: MinuteBars;
  /** Each five minutes, oldest first. */
  readonly positions: PositionRow[] = [];
  brackets: BracketTable | undefined;
  mark = Number.NaN;
  index = Number.NaN;
  /** Of eight hours, as a fraction. */
  fundingRate = 0.0001;
  nextFundingTime = 0;
  openInterest = 0;
  /** Counts changed levels; venues make their sequence numbers of it. */
  updateId: number;
  readonly #setting: BookSetting;
  readonly #listeners = new Set<NewsListener>();
  #book: PriceLevelBook | undefined;
  #bestBid = 0;
  #lastTradeId = 0;
  #lastLiquidationId = 0;

  constructor(listing: Listing, setting: BookSetting) {
    this.listing = listing;
    this.#setting = setting;
    this.bars = new MinuteBars(listing.tick.value);
    this.markBars = new MinuteBars(listing.tick.value);
    this.updateId = 1_000_000 + setting.chance.integer(1_000_000);
  }

  /** The book; there is one as soon as there is a price. */
  get book(): PriceLevelBook {
    if (this.#book === undefined) throw new Error(`A book needs a price, ${this.listing.ownSymbol} has none yet`);
    return this.#book;
  }

  /** Price of the last trade, or of the last bar where none was seen. */
  get last(): number {
    return this.trades.at(-1)?.price ?? this.bars.last?.close ?? 0;
  }

  /** Subscribes to what happens; the answer ends it. */
  listen(listener: NewsListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Takes trades of one moment in. Price and size come in the simulator's steps, which may be finer than the listing's. */
  addTrades(fills: readonly Omit<VenueTrade, 'id'>[]): void {
    const trades = fills.map((fill) => ({
      ...fill,
      id: ++this.#lastTradeId,
      price: this.#onTick(fill.price, fill.takerSide),
    }));
    for (const { time, price, size, takerSide } of trades)
      this.bars.see(time, price, size, takerSide === 'buy' ? size : 0);
    this.trades.push(...trades);
    if (this.trades.length > 2 * KEPT_TRADES) this.trades.splice(0, this.trades.length - KEPT_TRADES);
    const { price, takerSide } = trades.at(-1)!;
    const ticks = this.ticksOf(price);
    // A taker who bought met the best ask.
    this.#bestBid = takerSide === 'buy' ? ticks - 1 : ticks;
    this.tell({ kind: 'trades', trades });
  }

  /** Takes a forced order in. */
  addLiquidation(time: number, positionSide: PositionSide, fillPrice: number, size: number): void {
    const away = positionSide === 'long' ? -1 : 1;
    const bankruptcyPrice = this.#onTick(fillPrice * (1 + away * BANKRUPTCY_DISTANCE), 'buy');
    const liquidation = { id: ++this.#lastLiquidationId, time, positionSide, fillPrice, bankruptcyPrice, size };
    this.liquidations.push(liquidation);
    if (this.liquidations.length > KEPT_LIQUIDATIONS) this.liquidations.shift();
    this.tell({ kind: 'liquidation', liquidation });
  }

  /** Lets the book follow the last trade and some owners change their minds. */
  stepBook(time: number): void {
    this.#openBook();
    const change = this.book.move(this.#bestBid, this.#bestBid + 1);
    if (change.bids.length + change.asks.length === 0) return;
    this.#tellBook(time, change, false);
  }

  /** Lists the contract with another tick size: the whole book is withdrawn and laid out anew. False for an unusable size. */
  relist(tickSize: string, time: number): boolean {
    const listing = relisted(this.listing, tickSize);
    if (listing === undefined) return false;
    this.#openBook();
    const old = this.book;
    const price = this.#bestBid * this.listing.tick.value;
    const factor = this.listing.tick.value / listing.tick.value;
    this.listing = listing;
    this.#bestBid = Math.max(1, Math.floor(price / listing.tick.value + 1e-9));
    this.#book = this.#laidOut();
    const change = {
      bids: replacing(old.bids.levels(), this.#book.bids.levels(), factor, -1),
      asks: replacing(old.asks.levels(), this.#book.asks.levels(), factor, 1),
    };
    this.#tellBook(time, change, true);
    return true;
  }

  /** A price as a whole number of the listing's ticks. */
  ticksOf(price: number): number {
    return Math.max(1, Math.round(price / this.listing.tick.value));
  }

  /** Tells everyone who listens. */
  tell(news: MarketNews): void {
    for (const listener of [...this.#listeners]) listener(news);
  }

  #tellBook(time: number, change: BookChange, isRelisted: boolean): void {
    const firstId = this.updateId + 1 + this.#setting.chance.integer(OTHERS_UPDATES);
    this.updateId = firstId - 1 + change.bids.length + change.asks.length;
    this.tell({ kind: 'book', time, change, firstId, lastId: this.updateId, isRelisted });
  }

  #openBook(): void {
    if (this.#book !== undefined) return;
    if (this.#bestBid === 0) this.#bestBid = this.ticksOf(this.last);
    this.#book = this.#laidOut();
  }

  #laidOut(): PriceLevelBook {
    const { usualSize, changesPerStep, chance } = this.#setting;
    const usualSteps = usualSize / this.listing.sizeStep.value;
    return new PriceLevelBook(this.#bestBid + 1, usualSteps, changesPerStep, chance);
  }

  /** Buyers pay the next tick up, sellers get the next one down, so that a coarser listing never crosses its own book. */
  #onTick(price: number, takerSide: TakerSide): number {
    const { value } = this.listing.tick;
    const ticks = price / value;
    const nearest = Math.round(ticks);
    const isOnTick = Math.abs(ticks - nearest) < 1e-6;
    const whole = isOnTick ? nearest : takerSide === 'buy' ? Math.ceil(ticks) : Math.floor(ticks);
    return priceOfTicks(Math.max(1, whole) as PriceTicks, value);
  }
}

/** Deletions of the old levels that can be written in new ticks, then the new levels. */
function replacing(
  old: readonly { readonly ticks: number }[],
  fresh: readonly { readonly ticks: number; readonly size: number }[],
  factor: number,
  away: 1 | -1,
): { readonly ticks: number; readonly size: number }[] {
  const kept = new Set(fresh.map(({ ticks }) => ticks));
  // Rounded, so that a price on both grids is one price.
  const gone = old.map(({ ticks }) => Math.round(ticks * factor * 1e6) / 1e6).filter((ticks) => !kept.has(ticks));
  return [...fresh, ...gone.map((ticks) => ({ ticks, size: 0 }))].sort((a, b) => (a.ticks - b.ticks) * away);
}
