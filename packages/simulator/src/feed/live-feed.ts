import type { ContractSize, MarketEvent, Price, PriceTicks, UnixMs } from '@liquidation-heatmap/core';
import type { Market } from '../market.js';
import type { LiquidationFeed, MarketOptions } from '../market-options.js';
import { randomFor, type MarketRandom } from '../random.js';
import type { VenueMarket } from '../venue-market.js';
import { SimulatedBook } from './book.js';
import { EventQueue } from './event-queue.js';
import { fundingRate, nextFunding } from './funding-rate.js';
import { StreamClock } from './lateness.js';
import { printed } from './printed.js';
import { shownPrints } from './shown-prints.js';
import { tradesOfStep } from './step-trades.js';

const OPEN_INTEREST_EVERY_MS = 10_000;
const FUNDING_EVERY_MS = 60_000;
/** Share of the 1 %-depth that stands at one level, on either side of 100 levels. */
const LEVEL_SHARE = 1 / 100;

/** What a venue sends while the market is live, and the state its streams need. */
class VenueStreams {
  readonly venue: VenueMarket;
  readonly random: MarketRandom;
  readonly book: SimulatedBook | undefined;
  readonly clocks: Record<'trade' | 'mark' | 'book' | 'openInterest' | 'funding' | 'print', StreamClock>;
  lastTradeId = 0;
  isBookSent = false;

  constructor(venue: VenueMarket, options: MarketOptions) {
    const stream = (name: string): MarketRandom => randomFor(options.seed, `${venue.spec.id}/${name}`);
    this.venue = venue;
    this.random = stream('trades');
    this.book = (options.book ?? true) ? new SimulatedBook(venue.stepsPerUnit, stream('book')) : undefined;
    this.clocks = {
      trade: new StreamClock('trade', stream('trade-clock')),
      mark: new StreamClock('mark', stream('mark-clock')),
      book: new StreamClock('book', stream('book-clock')),
      openInterest: new StreamClock('openInterest', stream('open-interest-clock')),
      funding: new StreamClock('funding', stream('funding-clock')),
      print: new StreamClock('print', stream('print-clock')),
    };
  }
}

/** Public events of a live market, second by second: trades, marks, book, open interest, funding, prints, ticks. */
export class LiveFeed {
  readonly #streams: readonly VenueStreams[];
  readonly #queue = new EventQueue();
  readonly #liquidations: LiquidationFeed;

  constructor(market: Market, options: MarketOptions) {
    this.#streams = market.venues.map((venue) => new VenueStreams(venue, options));
    this.#liquidations = options.liquidations ?? 'throttled';
  }

  /** Takes the market's last step in; returns what has been seen by its end. */
  afterStep(market: Market, stepMs: number): MarketEvent[] {
    const from = market.time - stepMs;
    for (const streams of this.#streams) {
      this.#addTrades(streams, market, from, stepMs);
      this.#addPrices(streams, market.time);
      this.#addBook(streams, market);
    }
    this.#queue.push({ kind: 'tick', seenTime: market.time as UnixMs });
    return this.#queue.takeUpTo(market.time);
  }

  #addTrades(streams: VenueStreams, market: Market, from: number, stepMs: number): void {
    const { venue, clocks } = streams;
    const sigma = market.price.sigma(stepMs);
    const { trades, forced } = tradesOfStep(venue, stepMs, sigma, market.price.activity, streams.random);
    for (const { moment, takerSide, size, priceTicks } of trades) {
      const times = clocks.trade.stamp(from + moment * stepMs);
      const id = String(++streams.lastTradeId);
      const contracts = venue.coins(size) as ContractSize;
      this.#queue.push({
        kind: 'trade',
        instrument: venue.spec.id,
        ...times,
        id,
        priceTicks: priceTicks as PriceTicks,
        size: contracts,
        takerSide,
      });
    }
    for (const fill of shownPrints(forced, this.#liquidations, from, stepMs)) {
      const times = clocks.print.stamp(from + fill.moment * stepMs);
      this.#queue.push(printed(venue, fill, times, this.#liquidations));
    }
  }

  #addPrices({ venue, clocks }: VenueStreams, time: number): void {
    const instrument = venue.spec.id;
    this.#queue.push({ kind: 'mark', instrument, ...clocks.mark.stamp(time), price: venue.mark as Price });
    if (time % OPEN_INTEREST_EVERY_MS === 0) {
      const size = venue.coins(venue.ledger.openInterest) as ContractSize;
      this.#queue.push({ kind: 'open-interest', instrument, ...clocks.openInterest.stamp(time), size });
    }
    if (time % FUNDING_EVERY_MS === 0) {
      const nextTime = nextFunding(time) as UnixMs;
      this.#queue.push({
        kind: 'funding',
        instrument,
        ...clocks.funding.stamp(time),
        rate: fundingRate(venue),
        nextTime,
      });
    }
  }

  #addBook(streams: VenueStreams, market: Market): void {
    const { venue, book, clocks } = streams;
    if (book === undefined) return;
    const depth = market.world.depthShare * venue.ledger.openInterest * market.price.bookSurvival;
    const change = book.move(Math.round(venue.last / venue.tickSize), depth * LEVEL_SHARE);
    const kind = streams.isBookSent ? 'book-delta' : 'book-snapshot';
    streams.isBookSent = true;
    this.#queue.push({ kind, instrument: venue.spec.id, ...clocks.book.stamp(market.time), ...change });
  }
}
