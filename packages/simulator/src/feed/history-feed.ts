import type { ContractSize, DurationMs, MarketEvent, Price, UnixMs } from '@liquidation-heatmap/core';
import type { Market } from '../market.js';
import { BAR_MS } from '../market-options.js';
import type { MarketRandom } from '../random.js';
import type { VenueMarket } from '../venue-market.js';
import { FUNDING_INTERVAL_MS, fundingRate, nextFunding } from './funding-rate.js';

/** How far last prices reach beyond a step's ends, in standard deviations of the step. */
const WICK = 0.35;

interface Candle {
  open: number;
  high: number;
  low: number;
  close: number;
}

interface OpenBar {
  readonly last: Candle;
  readonly mark: Candle;
  bought: number;
  sold: number;
}

/** A past market as venues tell it: bars of last price and mark, open interest, funding; seen at each bar's close. No prints. */
export class HistoryFeed {
  readonly #random: MarketRandom;
  readonly #bars = new Map<VenueMarket, OpenBar>();

  constructor(random: MarketRandom) {
    this.#random = random;
  }

  /** Takes the market's last step in; returns the events of a bar that ended with it. */
  afterStep(market: Market, stepMs: number): MarketEvent[] {
    for (const venue of market.venues) this.#extend(venue, market.price.sigma(stepMs));
    if (market.time % BAR_MS !== 0) return [];
    const events = market.venues.flatMap((venue) => this.#close(venue, market.time));
    events.push({ kind: 'tick', seenTime: market.time as UnixMs });
    return events;
  }

  #extend(venue: VenueMarket, sigma: number): void {
    const bar = this.#bars.get(venue) ?? openBar(venue);
    this.#bars.set(venue, bar);
    const high = Math.max(venue.lastBefore, venue.last) * Math.exp(WICK * sigma * Math.abs(this.#random.normal()));
    const low = Math.min(venue.lastBefore, venue.last) * Math.exp(-WICK * sigma * Math.abs(this.#random.normal()));
    extendCandle(bar.last, venue.onTick(high), venue.onTick(low), venue.last);
    extendCandle(bar.mark, venue.mark, venue.mark, venue.mark);
    bar.bought += venue.churn.bought;
    bar.sold += venue.churn.sold;
    for (const { takerSide, size } of venue.orders) {
      if (takerSide === 'buy') bar.bought += size;
      else bar.sold += size;
    }
  }

  #close(venue: VenueMarket, time: number): MarketEvent[] {
    const bar = this.#bars.get(venue) ?? openBar(venue);
    this.#bars.delete(venue);
    const common = { instrument: venue.spec.id, eventTime: time as UnixMs, seenTime: time as UnixMs };
    const durationMs = BAR_MS as DurationMs;
    const size = venue.coins(bar.bought + bar.sold) as ContractSize;
    const takerBuySize = venue.coins(bar.bought) as ContractSize;
    const openInterest = venue.coins(venue.ledger.openInterest) as ContractSize;
    const events: MarketEvent[] = [
      { kind: 'bar', ...common, durationMs, ...prices(bar.last), size, takerBuySize },
      { kind: 'mark-bar', ...common, durationMs, ...prices(bar.mark) },
      { kind: 'open-interest', ...common, size: openInterest },
    ];
    if (time % FUNDING_INTERVAL_MS === 0) {
      events.push({ kind: 'funding', ...common, rate: fundingRate(venue), nextTime: nextFunding(time) as UnixMs });
    }
    return events;
  }
}

function openBar(venue: VenueMarket): OpenBar {
  return { last: candleAt(venue.lastBefore), mark: candleAt(venue.mark), bought: 0, sold: 0 };
}

function candleAt(price: number): Candle {
  return { open: price, high: price, low: price, close: price };
}

function extendCandle(candle: Candle, high: number, low: number, close: number): void {
  candle.high = Math.max(candle.high, high);
  candle.low = Math.min(candle.low, low);
  candle.close = close;
}

function prices({ open, high, low, close }: Candle): { open: Price; high: Price; low: Price; close: Price } {
  return { open: open as Price, high: high as Price, low: low as Price, close: close as Price };
}
