import type { Bar, ContractSize, DurationMs, MarkBar, UnixMs } from '@liquidation-heatmap/core';
import type { MarketRandom } from '../random.js';
import type { VenueMarket } from '../venue-market.js';
import { candleAt, extendCandle, pricesOf } from './candle.js';

/** How far last prices reach beyond a step's ends, in standard deviations of the step. */
const WICK = 0.35;

/** Bars of last price and mark of one venue while their time runs; volume in whole size steps. */
export class OpenBar {
  readonly #venue: VenueMarket;
  readonly #last;
  readonly #mark;
  #bought = 0;
  #sold = 0;

  /** Begins at a last price and a mark. */
  constructor(venue: VenueMarket, last: number, mark: number) {
    this.#venue = venue;
    this.#last = candleAt(last);
    this.#mark = candleAt(mark);
  }

  /** Takes the venue's last step in; `sigma` is the step's standard deviation. */
  extend(sigma: number, random: MarketRandom): void {
    const venue = this.#venue;
    const high = Math.max(venue.lastBefore, venue.last) * Math.exp(WICK * sigma * Math.abs(random.normal()));
    const low = Math.min(venue.lastBefore, venue.last) * Math.exp(-WICK * sigma * Math.abs(random.normal()));
    extendCandle(this.#last, venue.onTick(high), venue.onTick(low), venue.last);
    extendCandle(this.#mark, venue.mark, venue.mark, venue.mark);
    this.#bought += venue.churn.bought;
    this.#sold += venue.churn.sold;
    for (const { takerSide, size } of venue.orders) {
      if (takerSide === 'buy') this.#bought += size;
      else this.#sold += size;
    }
  }

  /** The bars as the public sees them at their close. */
  close(time: number, barMs: number): [Bar, MarkBar] {
    const venue = this.#venue;
    const common = { instrument: venue.spec.id, eventTime: time as UnixMs, seenTime: time as UnixMs };
    const durationMs = barMs as DurationMs;
    const size = venue.coins(this.#bought + this.#sold) as ContractSize;
    const takerBuySize = venue.coins(this.#bought) as ContractSize;
    return [
      { kind: 'bar', ...common, durationMs, ...pricesOf(this.#last), size, takerBuySize },
      { kind: 'mark-bar', ...common, durationMs, ...pricesOf(this.#mark) },
    ];
  }
}
