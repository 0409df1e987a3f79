import { MS_PER_MINUTE, MS_PER_SECOND, venueOf, type MarketEvent, type Trade } from '@liquidation-heatmap/core';
import { assetOf, createMarket, type SimulatedMarket, type VenueOptions } from '@liquidation-heatmap/simulator';
import { Chance } from './chance.js';
import { InstrumentMarket } from './instrument-market.js';
import { listingOf } from './listing.js';
import { VENUE_NAMES, isVenueName, ofEachVenue, type SymbolName, type VenueName } from './venue-name.js';

/** What a symbol's market is made from; the same options give the same market. */
export interface SymbolMarketOptions {
  readonly seed: number | string;
  readonly symbol: SymbolName;
  /** Unix ms at which clients may first look. */
  readonly startTime: number;
  /** Market in bars before the live part. */
  readonly historyMs: number;
}

/** Live market before `startTime`, so that recent trades are there from the start. */
const WARM_UP_MS = 10 * MS_PER_MINUTE;
const BAR_MS = 5 * MS_PER_MINUTE;
/** Agents of each simulated market; a fifth of the demo's in a market of a fifth, so that each is as large. */
const POPULATION = 2_000;
const MARKET_SCALE = 0.2;
const HISTORY_STEP_MS = MS_PER_MINUTE;
/** Shares, highest leverage and basis of the venues. Invented, in the order of 2026's open interest. */
const VENUES: readonly (VenueOptions & { readonly id: VenueName })[] = [
  { id: 'binance', share: 4.5, maxLeverage: 125, basisBps: 0 },
  { id: 'bybit', share: 2.5, maxLeverage: 100, basisBps: 1 },
  { id: 'okx', share: 1.8, maxLeverage: 100, basisBps: -1 },
  { id: 'hyperliquid', share: 1.2, maxLeverage: 40, basisBps: 2 },
];
/** How often each venue's book changes: half of or equal to its fastest stream, so that a snapshot may fall between two frames. */
const BOOK_STEP_MS: Readonly<Record<VenueName, number>> = { binance: 50, bybit: 20, okx: 100, hyperliquid: 500 };
/** Mean changes of a second over both sides of a book. Recorded: BTC on Binance changed far more, alts about this often. */
const CHANGES_PER_SECOND = 120;
/** Trades a second that bars of history are said to hold: about what the live part has. */
const HISTORY_TRADES_PER_SECOND = 3.5;
/** Share of a venue's open interest at one usual level. Invented. */
const LEVEL_SHARE = 0.0002;

/** One symbol on all venues: steps the simulator a second ahead and hands its events on when the public would have seen them. */
export class SymbolMarket {
  readonly symbol: SymbolName;
  readonly instruments: Readonly<Record<VenueName, InstrumentMarket>>;
  readonly #market: SimulatedMarket;
  readonly #tickSize: number;
  /** When each book steps next. */
  readonly #books: readonly { readonly venue: VenueName; due: number }[];
  #waiting: MarketEvent[] = [];
  #next = 0;

  constructor({ seed, symbol, startTime, historyMs }: SymbolMarketOptions) {
    this.symbol = symbol;
    const asset = assetOf(symbol);
    if (asset === undefined) throw new RangeError(`Symbol must be one of the simulated assets, was ${symbol}`);
    this.#tickSize = Number(asset.tickSize);
    this.#market = createMarket({
      seed: `${seed}/${symbol}`,
      symbol,
      startTime: Math.floor((startTime - WARM_UP_MS) / BAR_MS) * BAR_MS,
      venues: VENUES,
      liquidations: 'complete',
      book: false,
      history: { durationMs: Math.floor(historyMs / BAR_MS) * BAR_MS, stepMs: HISTORY_STEP_MS },
      world: { population: POPULATION, marketScale: MARKET_SCALE },
    });
    const shares = VENUES.reduce((sum, { share }) => sum + share, 0);
    this.instruments = ofEachVenue((id) => {
      const share = (VENUES.find((venue) => venue.id === id)?.share ?? 0) / shares;
      const usualSize = asset.openInterest * MARKET_SCALE * share * LEVEL_SHARE;
      const changesPerStep = (CHANGES_PER_SECOND * BOOK_STEP_MS[id]) / MS_PER_SECOND;
      const setting = { usualSize, changesPerStep, chance: new Chance(seed, symbol, id, 'book') };
      return new InstrumentMarket(listingOf(id, symbol), setting);
    });
    for (const event of this.#market.events(this.#market.liveFrom)) this.#takeIn([event]);
    this.#books = VENUE_NAMES.map((venue) => ({ venue, due: startTime }));
    while (this.#refill() && this.#waiting[this.#next]!.seenTime <= startTime) this.#takeNext();
  }

  /** When something happens next. */
  get nextTime(): number {
    this.#refill();
    let next: number = this.#waiting[this.#next]!.seenTime;
    for (const { due } of this.#books) if (due < next) next = due;
    return next;
  }

  /** Lets everything happen that the public sees by `time`, in order. */
  advance(time: number): void {
    for (let next = this.nextTime; next <= time; next = this.nextTime) {
      while (this.#refill() && this.#waiting[this.#next]!.seenTime <= next) this.#takeNext();
      for (const book of this.#books) {
        if (book.due > next) continue;
        const everyMs = BOOK_STEP_MS[book.venue];
        this.instruments[book.venue].stepBook(book.due);
        book.due = (Math.floor(book.due / everyMs) + 1) * everyMs;
      }
    }
  }

  /** Steps the simulator until an event waits; the tick of each step makes sure that one comes. */
  #refill(): true {
    while (this.#next >= this.#waiting.length) {
      this.#waiting = this.#market.advance(this.#market.time + MS_PER_SECOND);
      this.#next = 0;
    }
    return true;
  }

  /** Takes one event in, or several trades of one instrument and moment. */
  #takeNext(): void {
    const first = this.#waiting[this.#next++]!;
    const together = [first];
    while (first.kind === 'trade' && this.#next < this.#waiting.length) {
      const event = this.#waiting[this.#next]!;
      if (event.kind !== 'trade' || event.instrument !== first.instrument || event.eventTime !== first.eventTime) break;
      together.push(event);
      this.#next++;
    }
    this.#takeIn(together);
  }

  #takeIn(events: readonly MarketEvent[]): void {
    const event = events[0]!;
    if (event.kind === 'tick' || event.kind === 'status') return;
    const venue = venueOf(event.instrument);
    if (!isVenueName(venue)) return;
    const instrument = this.instruments[venue];
    if (event.kind === 'trade') {
      const fills = (events as readonly Trade[]).map(({ eventTime, priceTicks, size, takerSide }) => ({
        time: eventTime,
        price: priceTicks * this.#tickSize,
        size,
        takerSide,
      }));
      instrument.addTrades(fills);
    } else this.#takeState(instrument, event);
  }

  #takeState(instrument: InstrumentMarket, event: MarketEvent): void {
    switch (event.kind) {
      case 'mark':
        instrument.mark = event.price;
        this.#moveIndex();
        instrument.markBars.see(event.eventTime, event.price);
        instrument.bars.standStill(event.eventTime);
        instrument.tell({ kind: 'mark' });
        return;
      case 'bar':
      case 'mark-bar':
        takeHistory(instrument, event);
        return;
      case 'open-interest':
        instrument.openInterest = event.size;
        if (event.eventTime % BAR_MS === 0) {
          const { size: openInterest, eventTime: time } = event;
          instrument.positions.push({ time, openInterest, fundingRate: instrument.fundingRate });
        }
        instrument.tell({ kind: 'open-interest' });
        return;
      case 'funding':
        instrument.fundingRate = event.rate;
        instrument.nextFundingTime = event.nextTime ?? 0;
        instrument.tell({ kind: 'funding' });
        return;
      case 'liquidation':
        instrument.addLiquidation(event.eventTime, event.positionSide, event.price, event.size);
        return;
      case 'brackets':
        instrument.brackets = event.table;
        return;
      default:
        return;
    }
  }

  /** An index is a mean over venues; here of the marks, since the simulator has no spot market. */
  #moveIndex(): void {
    const marks = Object.values(this.instruments)
      .map(({ mark }) => mark)
      .filter((mark) => mark > 0);
    const index = marks.reduce((sum, mark) => sum + mark, 0) / marks.length;
    for (const instrument of Object.values(this.instruments)) instrument.index = index;
  }
}

/** A mark bar comes right after the bar of its time. Turnover of history is size at the middle of the bar; the simulator does not count its trades. */
function takeHistory(instrument: InstrumentMarket, event: Extract<MarketEvent, { kind: 'bar' | 'mark-bar' }>): void {
  const { eventTime, durationMs, open, high, low, close } = event;
  const openTime = eventTime - durationMs;
  const nothing = { size: 0, takerBuySize: 0, turnover: 0, takerBuyTurnover: 0, trades: 0 };
  if (event.kind === 'mark-bar') {
    instrument.markBars.addFiveMinutes({ openTime, open, high, low, close, ...nothing });
    instrument.mark = close;
    return;
  }
  const middle = (open + high + low + close) / 4;
  const { size } = event;
  // The simulator's bars always say it; half stands in where a bar does not.
  const takerBuySize = event.takerBuySize ?? size / 2;
  const sizes = { size, takerBuySize, turnover: size * middle, takerBuyTurnover: takerBuySize * middle };
  const trades = Math.max(1, Math.round((durationMs / MS_PER_SECOND) * HISTORY_TRADES_PER_SECOND));
  instrument.bars.addFiveMinutes({ openTime, open, high, low, close, ...sizes, trades });
}
