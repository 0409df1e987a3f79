import type { DepthView } from '../model/depth-view.js';
import type { BookDelta, BookSnapshot } from '../model/market-event.js';
import { BookSide } from './book-side.js';

/** The L2 state of one instrument: price ticks -> size in the contract's unit. Knows nothing of sequences; who feeds it decides what is applied. */
export class OrderBook {
  readonly #tickSize: number;
  readonly #bids = new BookSide('bids');
  readonly #asks = new BookSide('asks');

  constructor(tickSize: number) {
    this.#tickSize = tickSize;
  }

  /** Applies a snapshot (replaces everything) or a delta (absolute sizes, 0 deletes). */
  apply(event: BookSnapshot | BookDelta): void {
    if (event.kind === 'book-snapshot') {
      this.restore(event);
      return;
    }
    this.#bids.apply(event.bids);
    this.#asks.apply(event.asks);
  }

  /** Takes over levels that `view` gave. */
  restore({ bids, asks }: Pick<DepthView, 'bids' | 'asks'>): void {
    this.#bids.replace(bids);
    this.#asks.replace(asks);
  }

  /** Highest bid in ticks; undefined when there is none. */
  get bestBidTicks(): number | undefined {
    return this.#bids.bestTicks;
  }

  /** Lowest ask in ticks; undefined when there is none. */
  get bestAskTicks(): number | undefined {
    return this.#asks.bestTicks;
  }

  /** Sizes at the best bid and ask; 0 where the side is empty. */
  get bestSizes(): { readonly bid: number; readonly ask: number } {
    return { bid: this.#bids.bestSize, ask: this.#asks.bestSize };
  }

  /** The best `limit` levels a side (all by default), best first, as a copy that later events do not change. */
  view(limit = Number.POSITIVE_INFINITY): DepthView {
    return { tickSize: this.#tickSize, bids: this.#bids.levels(limit), asks: this.#asks.levels(limit) };
  }
}
