import type { Ladder, Level } from './ladder.js';
import type { BookChange, PriceLevelBook } from './price-level-book.js';

/**
 * The best levels of a book as a depth-limited stream sees them. A level that falls out of the window is deleted and one that
 * comes into it is sent, so that a reader who knows nothing else stays right.
 */
export class DepthWindow {
  readonly #depth: number;
  #bids: readonly Level[] = [];
  #asks: readonly Level[] = [];

  /** Looks at the best `depth` levels a side. */
  constructor(depth: number, book: PriceLevelBook) {
    this.#depth = depth;
    this.update(book);
  }

  /** What was seen at the last update, best first. */
  get levels(): BookChange {
    return { bids: this.#bids, asks: this.#asks };
  }

  /** Looks again; returns what changed since the last look. */
  update(book: PriceLevelBook): BookChange {
    const [bids, asks] = [this.#look(book.bids), this.#look(book.asks)];
    const change = { bids: differences(this.#bids, bids, -1), asks: differences(this.#asks, asks, 1) };
    this.#bids = bids;
    this.#asks = asks;
    return change;
  }

  #look(side: Ladder): readonly Level[] {
    return side.levels(this.#depth);
  }
}

/** Both lists are best first. */
function differences(before: readonly Level[], after: readonly Level[], away: 1 | -1): Level[] {
  const changes: Level[] = [];
  let old = 0;
  for (const here of after) {
    while (old < before.length && (before[old]!.ticks - here.ticks) * away < 0) {
      changes.push({ ticks: before[old++]!.ticks, size: 0 });
    }
    const known = before[old];
    if (known?.ticks === here.ticks) old++;
    if (known?.ticks !== here.ticks || known.size !== here.size) changes.push(here);
  }
  for (; old < before.length; old++) changes.push({ ticks: before[old]!.ticks, size: 0 });
  return changes;
}
