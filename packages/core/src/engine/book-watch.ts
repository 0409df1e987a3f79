import { OrderBook } from '../book/order-book.js';
import type { DepthView } from '../model/depth-view.js';
import type { Instrument } from '../model/instrument.js';
import type { BookDelta, BookSnapshot, Gap, Resumed } from '../model/market-event.js';
import type { BookHealth } from '../model/setup.js';
import type { UnixMs } from '../model/units.js';
import { RestingLevels } from '../setups/resting-levels.js';

/** A book that was told nothing for longer is no book of the present (S20). */
const MOST_SILENCE_MS = 5_000;

/** Plain data a checkpoint can hold. */
export type BookWatchState = ReturnType<BookWatch['state']>;

/** One instrument's book as its events tell it, and whether it may be relied on. */
export class BookWatch {
  readonly spec: Instrument;
  readonly #book: OrderBook;
  #state: 'unsynced' | 'in-sync' | 'gapped' = 'unsynced';
  #seenAt = Number.NEGATIVE_INFINITY;
  #levels = new RestingLevels();

  constructor(spec: Instrument) {
    this.spec = spec;
    this.#book = new OrderBook(Number(spec.tickSize));
  }

  /** Large orders of the book, as of the last look. */
  get levels(): RestingLevels {
    return this.#levels;
  }

  /**
   * A snapshot begins a book, a delta moves it. Who feeds it sends only what may be applied: after a gap the book is either whole
   * again with a snapshot, or goes on where it stood once it is said to be resumed.
   */
  note(event: BookSnapshot | BookDelta | Gap | Resumed): void {
    if (event.kind === 'gap') {
      if (this.#state === 'in-sync') this.#state = 'gapped';
      this.#levels.forget();
      return;
    }
    if (this.#state === 'unsynced' && event.kind !== 'book-snapshot') return;
    this.#seenAt = event.seenTime;
    if (event.kind !== 'resumed') this.#book.apply(event);
    if (event.kind !== 'book-delta') this.#state = 'in-sync';
  }

  /** How the book stands at a time. Best prices that cross are a sign that something was missed. */
  health(time: number): BookHealth {
    if (this.#state !== 'in-sync') return this.#state;
    if (time - this.#seenAt > MOST_SILENCE_MS) return 'stale';
    const { bestBidTicks, bestAskTicks } = this.#book;
    const isCrossed = bestBidTicks !== undefined && bestAskTicks !== undefined && bestBidTicks >= bestAskTicks;
    return isCrossed ? 'unsynced' : 'in-sync';
  }

  /** The book, only where it may be relied on. Looked at once a second, it also learns which orders stay. */
  look(time: UnixMs): DepthView | undefined {
    if (this.health(time) !== 'in-sync') return undefined;
    const view = this.#book.view();
    this.#levels.sample(time, view);
    return view;
  }

  /** What a checkpoint holds; what `RestingLevels` holds is JSON text. */
  state() {
    const { bids, asks } = this.#book.view();
    return {
      state: this.#state as string,
      seenAt: this.#seenAt,
      bidTicks: bids.ticks,
      bidSizes: bids.sizes,
      askTicks: asks.ticks,
      askSizes: asks.sizes,
      levels: JSON.stringify(this.#levels.state()),
    };
  }

  /** Goes on from what `state` gave. */
  restore(held: BookWatchState): void {
    this.#state = held.state as 'unsynced' | 'in-sync' | 'gapped';
    this.#seenAt = held.seenAt;
    this.#book.restore({
      bids: { ticks: held.bidTicks, sizes: held.bidSizes },
      asks: { ticks: held.askTicks, sizes: held.askSizes },
    });
    this.#levels = RestingLevels.restore(JSON.parse(held.levels) as ReturnType<RestingLevels['state']>);
  }
}
