import { OrderBook, type Gap, type MarketEvent, type Resumed } from '@liquidation-heatmap/core';
import type { InstrumentMarket } from '@liquidation-heatmap/venue-server';

/** Trades are compared second by second; a gap excuses the seconds it touches and their neighbors. */
const SECOND_MS = 1_000;
/** The best price told may lag the market's by the slowest cadence of a book, 5 s: not by more than this share of the price. */
const LAG_SHARE = 0.01;

/** What one venue told during a storm, judged against what its market did. */
export class StormWatch {
  readonly #book = new OrderBook(1);
  #isServed = false;
  #tickSize = Number.NaN;
  readonly #ids = new Set<string>();
  readonly #sizeOf = new Map<number, number>();
  readonly #gaps: { readonly from: number; to: number }[] = [];
  #firstTrade = Number.NaN;
  #lastTrade = Number.NaN;
  readonly counts = { events: 0, trades: 0, gaps: 0, crossed: 0, wrong: 0, doubled: 0, unexplained: 0 };

  /** The book is in sync as far as a reader was told. */
  get isServed(): boolean {
    return this.#isServed;
  }

  take(event: MarketEvent): void {
    this.counts.events += 1;
    switch (event.kind) {
      case 'instrument':
        this.#tickSize = Number(event.spec.tickSize);
        return;
      case 'book-snapshot':
      case 'book-delta':
        this.#book.apply(event);
        if (event.kind === 'book-snapshot') this.#isServed = true;
        if (this.#isServed && this.#bestBid >= this.#bestAsk) this.counts.crossed += 1;
        return;
      case 'trade':
        this.counts.trades += 1;
        if (this.#ids.has(event.id)) this.counts.doubled += 1;
        this.#ids.add(event.id);
        this.#add(event.eventTime, event.size);
        return;
      case 'gap':
      case 'resumed':
        this.#takeGap(event);
        return;
      default:
    }
  }

  /** A gap lasts until its channel resumes. */
  #takeGap(event: Gap | Resumed): void {
    if (event.kind === 'gap') this.counts.gaps += 1;
    if (event.kind === 'gap' && event.channel === 'book') this.#isServed = false;
    if (event.channel !== 'trades') return;
    if (event.kind === 'gap') this.#gaps.push({ from: event.from, to: Number.POSITIVE_INFINITY });
    else for (const gap of this.#gaps) gap.to = Math.min(gap.to, event.eventTime);
  }

  /** Compares the best price with the market's at this moment. */
  check(truth: InstrumentMarket): void {
    if (!this.#isServed) return;
    const [bid] = truth.book.bids.levels().slice(0, 1);
    const price = (bid?.ticks ?? Number.NaN) * truth.listing.tick.value;
    if (Math.abs((this.#bestBid * this.#tickSize) / price - 1) > LAG_SHARE) this.counts.wrong += 1;
  }

  /** Compares the trades of every second with the market's: a difference must lie in a gap that was told. */
  finish(truth: InstrumentMarket): void {
    const made = new Map<number, number>();
    for (const { time, size } of truth.trades) {
      const second = Math.floor(time / SECOND_MS);
      made.set(second, (made.get(second) ?? 0) + size);
    }
    const first = Math.floor(this.#firstTrade / SECOND_MS);
    const last = Math.floor(this.#lastTrade / SECOND_MS);
    for (const second of new Set([...made.keys(), ...this.#sizeOf.keys()])) {
      if (second <= first || second >= last || this.#isExcused(second)) continue;
      if (Math.abs((made.get(second) ?? 0) - (this.#sizeOf.get(second) ?? 0)) > 1e-6) this.counts.unexplained += 1;
    }
  }

  get #bestBid(): number {
    return this.#book.bestBidTicks ?? Number.NEGATIVE_INFINITY;
  }

  get #bestAsk(): number {
    return this.#book.bestAskTicks ?? Number.POSITIVE_INFINITY;
  }

  #add(time: number, size: number): void {
    if (Number.isNaN(this.#firstTrade)) this.#firstTrade = time;
    this.#lastTrade = Math.max(time, Number.isNaN(this.#lastTrade) ? time : this.#lastTrade);
    const second = Math.floor(time / SECOND_MS);
    this.#sizeOf.set(second, (this.#sizeOf.get(second) ?? 0) + size);
  }

  #isExcused(second: number): boolean {
    return this.#gaps.some(
      ({ from, to }) => second >= Math.floor(from / SECOND_MS) - 1 && second <= Math.floor(to / SECOND_MS) + 1,
    );
  }
}
