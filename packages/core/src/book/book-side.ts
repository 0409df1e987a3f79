import type { DepthLevels } from '../model/depth-view.js';

const FIRST_CAPACITY = 1_024;

/**
 * One side of a book as two sorted columns with the best price last: most changes happen near the best price, so that
 * inserting and deleting move few entries. Keys ascend towards the best price: ticks for bids, minus ticks for asks.
 */
export class BookSide {
  readonly #sign: 1 | -1;
  #keys = new Float64Array(FIRST_CAPACITY);
  #sizes = new Float64Array(FIRST_CAPACITY);
  #count = 0;

  constructor(side: 'bids' | 'asks') {
    this.#sign = side === 'bids' ? 1 : -1;
  }

  /** Number of price levels. */
  get count(): number {
    return this.#count;
  }

  /** Best price in ticks; undefined when empty. */
  get bestTicks(): number | undefined {
    return this.#count === 0 ? undefined : this.#keys[this.#count - 1]! * this.#sign;
  }

  /** Size at the best price; 0 when empty. */
  get bestSize(): number {
    return this.#count === 0 ? 0 : this.#sizes[this.#count - 1]!;
  }

  /** Forgets every level and takes these. Levels that come best first, as venues send them, are laid down without a search. */
  replace(levels: DepthLevels): void {
    this.#count = 0;
    if (!this.#isBestFirst(levels)) {
      this.apply(levels);
      return;
    }
    const count = levels.ticks.length;
    while (this.#keys.length < count) this.#grow();
    for (let i = 0; i < count; i++) {
      this.#keys[count - 1 - i] = levels.ticks[i]! * this.#sign;
      this.#sizes[count - 1 - i] = levels.sizes[i]!;
    }
    this.#count = count;
  }

  /** Sets the absolute size at each price; 0 deletes. Deleting a level that is not there is normal. */
  apply(levels: DepthLevels): void {
    for (let i = 0; i < levels.ticks.length; i++) this.#set(levels.ticks[i]! * this.#sign, levels.sizes[i]!);
  }

  /** The best `limit` levels, best first (copies). */
  levels(limit: number): DepthLevels {
    const count = Math.min(limit, this.#count);
    const ticks = new Float64Array(count);
    const sizes = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      ticks[i] = this.#keys[this.#count - 1 - i]! * this.#sign;
      sizes[i] = this.#sizes[this.#count - 1 - i]!;
    }
    return { ticks, sizes };
  }

  /** Every level is worse than the one before and holds something. */
  #isBestFirst({ ticks, sizes }: DepthLevels): boolean {
    for (let i = 0; i < ticks.length; i++) {
      if (sizes[i] === 0 || (i > 0 && !(ticks[i]! * this.#sign < ticks[i - 1]! * this.#sign))) return false;
    }
    return true;
  }

  #set(key: number, size: number): void {
    const at = this.#lowerBound(key);
    const isKnown = at < this.#count && this.#keys[at] === key;
    if (size === 0) {
      if (isKnown) this.#removeAt(at);
      return;
    }
    if (!isKnown) this.#insertAt(at, key);
    this.#sizes[at] = size;
  }

  /** Index of the first key that is not below `key`. */
  #lowerBound(key: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#keys[middle]! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #insertAt(at: number, key: number): void {
    if (this.#count === this.#keys.length) this.#grow();
    this.#keys.copyWithin(at + 1, at, this.#count);
    this.#sizes.copyWithin(at + 1, at, this.#count);
    this.#keys[at] = key;
    this.#count++;
  }

  #removeAt(at: number): void {
    this.#keys.copyWithin(at, at + 1, this.#count);
    this.#sizes.copyWithin(at, at + 1, this.#count);
    this.#count--;
  }

  #grow(): void {
    const keys = new Float64Array(this.#keys.length * 2);
    const sizes = new Float64Array(this.#keys.length * 2);
    keys.set(this.#keys);
    sizes.set(this.#sizes);
    this.#keys = keys;
    this.#sizes = sizes;
  }
}
