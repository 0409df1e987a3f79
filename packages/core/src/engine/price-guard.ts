import type { InstrumentEvent, Trade } from '../model/market-event.js';
import type { Fault } from '../model/parsed.js';

/**
 * Log ratio at which a price is not believed at once: half or double. The widest honest move between two prices of a liquid
 * perpetual known to the authors is a fall by a third within a minute. Chosen, not measured.
 */
const IMPLAUSIBLE_LOG_MOVE = Math.log(2);
/** A bar's wick further from its body than this (log ratio) is a misprint. Chosen, not measured. */
const IMPLAUSIBLE_LOG_WICK = Math.log(4);
/** After this long without a price nothing is implausible. */
const MEMORY_MS = 600_000;
/** A jump is believed when this many prices in a row say the same, ... */
const CONFIRMATIONS = 3;
/** ... agree with each other this well (log ratio) ... */
const AGREEMENT = 0.05;
/** ... and are spread over at least this time, so that one bad frame cannot confirm itself. */
const CONFIRM_MS = 1_000;

interface PriceRange {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/**
 * Holds back prices that jump by half or double until others confirm them: one absurd mark would sweep every position
 * there is, and no later price could bring them back. Pure function of the prices it was asked about.
 */
export class PriceGuard {
  /** Last believed price and when it was seen. */
  price = Number.NaN;
  seenAt = Number.NEGATIVE_INFINITY;
  /** First price of an unconfirmed jump, when it was seen, and how many agree with it. */
  candidate = Number.NaN;
  candidateAt = Number.NEGATIVE_INFINITY;
  agreeing = 0;

  /** Why this price cannot be believed yet; undefined when it can, which makes it the price to compare with. */
  faultOf(field: string, price: number, seenTime: number): Fault | undefined {
    if (this.#isPlausible(price, seenTime) || this.#isConfirmed(price, seenTime)) {
      this.price = price;
      this.seenAt = seenTime;
      this.agreeing = 0;
      this.candidate = Number.NaN;
      return undefined;
    }
    const message = `${field} must be confirmed by ${CONFIRMATIONS} prices when it is half or double the last one, was ${price} after ${this.price}`;
    return { code: 'implausible-price', field, message };
  }

  /** Why the price that an event tells cannot be believed yet; events without a price have no fault. */
  faultOfEvent(event: InstrumentEvent, priceOfTrade: (trade: Trade) => number): Fault | undefined {
    switch (event.kind) {
      case 'trade':
        return this.faultOf('trade.priceTicks', priceOfTrade(event), event.seenTime);
      case 'mark':
        return this.faultOf('mark.price', event.price, event.seenTime);
      case 'bar':
      case 'mark-bar':
        return this.rangeFaultOf(event.kind, event, event.seenTime);
      default:
        return undefined;
    }
  }

  /** The same for a bar, which is one stretch of prices: its open must join what was before, its wicks its body. */
  rangeFaultOf(kind: string, { open, high, low, close }: PriceRange, seenTime: number): Fault | undefined {
    const fault = this.faultOf(`${kind}.open`, open, seenTime);
    if (fault !== undefined) return fault;
    const up = Math.log(high / Math.max(open, close));
    const down = Math.log(Math.min(open, close) / low);
    if (Math.max(up, down) < IMPLAUSIBLE_LOG_WICK) {
      this.price = close;
      return undefined;
    }
    const [field, value] = up > down ? [`${kind}.high`, high] : [`${kind}.low`, low];
    const message = `${field} must be within a factor of 4 of open and close, was ${value} beside ${open} and ${close}`;
    return { code: 'implausible-price', field, message };
  }

  #isPlausible(price: number, seenTime: number): boolean {
    const isForgotten = seenTime - this.seenAt > MEMORY_MS || Number.isNaN(this.price);
    return isForgotten || Math.abs(Math.log(price / this.price)) < IMPLAUSIBLE_LOG_MOVE;
  }

  #isConfirmed(price: number, seenTime: number): boolean {
    if (!(Math.abs(Math.log(price / this.candidate)) < AGREEMENT)) {
      this.candidate = price;
      this.candidateAt = seenTime;
      this.agreeing = 0;
    }
    this.agreeing += 1;
    return this.agreeing >= CONFIRMATIONS && seenTime - this.candidateAt >= CONFIRM_MS;
  }
}
