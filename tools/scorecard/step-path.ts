import { priceOfTicks, type MarketEvent, type InstrumentId } from '@liquidation-heatmap/core';

/** Where the price of the first listed instrument went: by mark where the feed has it, else by last prices. */
export class StepPath {
  price = Number.NaN;
  low = Number.POSITIVE_INFINITY;
  high = Number.NEGATIVE_INFINITY;
  bars = 0;
  prints = 0;
  #instrument: InstrumentId | undefined;
  #tickSize = Number.NaN;
  #hasMark = false;

  /** Forgets the way, keeps the price. */
  startStep(): void {
    this.low = this.price;
    this.high = this.price;
  }

  add(event: MarketEvent): void {
    if (event.kind === 'tick' || event.kind === 'status') return;
    if (event.kind === 'instrument' && this.#instrument === undefined) {
      this.#instrument = event.instrument;
      this.#tickSize = Number(event.spec.tickSize);
    }
    if (event.kind === 'liquidation') this.prints++;
    if (event.instrument !== this.#instrument) return;
    if (event.kind === 'bar') this.bars++;
    this.#addPrice(event);
  }

  #addPrice(event: MarketEvent): void {
    switch (event.kind) {
      case 'mark':
        this.#hasMark = true;
        this.#move(event.price, event.price, event.price);
        return;
      case 'mark-bar':
        this.#hasMark = true;
        this.#move(event.low, event.high, event.close);
        return;
      case 'bar':
        if (!this.#hasMark) this.#move(event.low, event.high, event.close);
        return;
      case 'trade': {
        const price = priceOfTicks(event.priceTicks, this.#tickSize);
        if (!this.#hasMark) this.#move(price, price, price);
        return;
      }
      default:
        return;
    }
  }

  #move(low: number, high: number, close: number): void {
    this.low = Number.isNaN(this.low) ? low : Math.min(this.low, low);
    this.high = Number.isNaN(this.high) ? high : Math.max(this.high, high);
    this.price = close;
  }
}
