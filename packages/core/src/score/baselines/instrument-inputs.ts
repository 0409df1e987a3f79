import { notionalUsd, priceOfTicks, type Instrument } from '../../model/instrument.js';
import type { Bar, InstrumentEvent, TakerSide, Trade } from '../../model/market-event.js';
import type { ContractSize, Price } from '../../model/units.js';

/** Shortest stretch between two settlements: the candle of the published recipes; 10 s are left for late reports. */
const INTERVAL_MS = 300_000 - 10_000;

/** A stretch between two reports of open interest. Sizes in contract units, prices last prices. */
export interface Interval {
  readonly time: number;
  readonly open: number;
  readonly close: number;
  readonly openInterestChange: number;
  /** Share of longs as the venue publishes it; 0.5 where it does not. */
  readonly longShare: number;
}

/** What a published recipe does with public data of one instrument. All callbacks come in order of time. */
export interface BaselineRule {
  /** Price moved within these bounds: mark where the feed has it, else last. */
  onPath?(low: number, high: number, time: number): void;
  /** A taker's size; whole bars give one buy and one sell. */
  onTaken?(side: TakerSide, price: number, size: number, time: number): void;
  onInterval?(interval: Interval): void;
}

/** Reads one instrument's events into what the recipes need: price, open interest, path, intervals, taken sizes. */
export class InstrumentInputs {
  readonly spec: Instrument;
  openInterest = Number.NaN;
  longShare = 0.5;
  time = Number.NaN;
  #mark = Number.NaN;
  #last = Number.NaN;
  #open = Number.NaN;
  #settledAt = Number.NaN;
  #settledSize = Number.NaN;
  #tradesSince = Number.NaN;
  readonly #rule: BaselineRule;
  readonly #tickSize: number;

  constructor(spec: Instrument, rule: BaselineRule) {
    this.spec = spec;
    this.#rule = rule;
    this.#tickSize = Number(spec.tickSize);
  }

  /** Mark where the feed has one, else the last price; NaN before any. */
  get price(): number {
    return this.#mark > 0 ? this.#mark : this.#last;
  }

  /** Open interest in USD at the present price; 0 while unknown. */
  get openInterestUsd(): number {
    const usd = notionalUsd(this.spec.kind, this.openInterest as ContractSize, this.price as Price);
    return Number.isNaN(usd) ? 0 : usd;
  }

  apply(event: InstrumentEvent): void {
    this.time = event.seenTime;
    switch (event.kind) {
      case 'trade':
        this.#applyTrade(event);
        return;
      case 'bar':
        this.#applyBar(event);
        return;
      case 'mark':
        this.#applyMark(event.price, event.price, event.price);
        return;
      case 'mark-bar':
        this.#applyMark(event.low, event.high, event.close);
        return;
      case 'open-interest':
        this.#applyOpenInterest(event.size, event.seenTime);
        return;
      case 'long-short-ratio':
        this.longShare = event.longShare;
        return;
      default:
        return;
    }
  }

  #applyTrade(trade: Trade): void {
    const price = priceOfTicks(trade.priceTicks, this.#tickSize);
    if (Number.isNaN(this.#tradesSince)) this.#tradesSince = trade.seenTime;
    this.#applyLast(price, price, price, price);
    this.#rule.onTaken?.(trade.takerSide, price, trade.size, trade.seenTime);
  }

  #applyBar(bar: Bar): void {
    this.#applyLast(bar.open, bar.low, bar.high, bar.close);
    if (bar.eventTime - bar.durationMs >= this.#tradesSince) return;
    const bought = bar.takerBuySize ?? bar.size / 2;
    this.#rule.onTaken?.('buy', bar.close, bought, bar.seenTime);
    this.#rule.onTaken?.('sell', bar.close, bar.size - bought, bar.seenTime);
  }

  #applyLast(open: number, low: number, high: number, close: number): void {
    if (Number.isNaN(this.#open)) this.#open = open;
    this.#last = close;
    if (Number.isNaN(this.#mark)) this.#rule.onPath?.(low, high, this.time);
  }

  #applyMark(low: number, high: number, close: number): void {
    this.#mark = close;
    this.#rule.onPath?.(low, high, this.time);
  }

  #applyOpenInterest(size: number, time: number): void {
    this.openInterest = size;
    const close = this.#last > 0 ? this.#last : this.#mark;
    if (!(close > 0) || time - this.#settledAt < INTERVAL_MS) return;
    if (!Number.isNaN(this.#settledSize)) {
      const open = Number.isNaN(this.#open) ? close : this.#open;
      const openInterestChange = size - this.#settledSize;
      this.#rule.onInterval?.({ time, open, close, openInterestChange, longShare: this.longShare });
    }
    this.#settledSize = size;
    this.#settledAt = time;
    this.#open = Number.NaN;
  }
}
