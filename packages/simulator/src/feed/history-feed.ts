import type { ContractSize, MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import type { Market } from '../market.js';
import { BAR_MS } from '../market-options.js';
import type { MarketRandom } from '../random.js';
import type { VenueMarket } from '../venue-market.js';
import { FUNDING_INTERVAL_MS, fundingRate, nextFunding } from './funding-rate.js';
import { OpenBar } from './open-bar.js';

/** A past market as venues tell it: bars of last price and mark, open interest, funding; seen at each bar's close. No prints. */
export class HistoryFeed {
  readonly #random: MarketRandom;
  readonly #bars = new Map<VenueMarket, OpenBar>();

  constructor(random: MarketRandom) {
    this.#random = random;
  }

  /** Takes the market's last step in; returns the events of a bar that ended with it. */
  afterStep(market: Market, stepMs: number): MarketEvent[] {
    const sigma = market.price.sigma(stepMs);
    for (const venue of market.venues) this.#barOf(venue).extend(sigma, this.#random);
    if (market.time % BAR_MS !== 0) return [];
    const events = market.venues.flatMap((venue) => this.#close(venue, market.time));
    events.push({ kind: 'tick', seenTime: market.time as UnixMs });
    return events;
  }

  #barOf(venue: VenueMarket): OpenBar {
    const open = this.#bars.get(venue) ?? new OpenBar(venue, venue.lastBefore, venue.mark);
    this.#bars.set(venue, open);
    return open;
  }

  #close(venue: VenueMarket, time: number): MarketEvent[] {
    const bars = this.#barOf(venue).close(time, BAR_MS);
    this.#bars.delete(venue);
    const common = { instrument: venue.spec.id, eventTime: time as UnixMs, seenTime: time as UnixMs };
    const size = venue.coins(venue.ledger.openInterest) as ContractSize;
    const events: MarketEvent[] = [...bars, { kind: 'open-interest', ...common, size }];
    if (time % FUNDING_INTERVAL_MS === 0) {
      events.push({ kind: 'funding', ...common, rate: fundingRate(venue), nextTime: nextFunding(time) as UnixMs });
    }
    return events;
  }
}
