/** One price level: ticks of the contract's tick size, size in whole size steps; size 0 deletes. */
export interface Level {
  readonly ticks: number;
  readonly size: number;
}

/** One side of a book as two columns, best price first. */
export class Ladder {
  /** 1 for asks, whose worse prices are higher; -1 for bids. */
  readonly away: 1 | -1;
  readonly #ticks: number[] = [];
  readonly #sizes: number[] = [];

  constructor(away: 1 | -1) {
    this.away = away;
  }

  get length(): number {
    return this.#ticks.length;
  }

  /** Best price; undefined where the side is empty. */
  get best(): number | undefined {
    return this.#ticks[0];
  }

  /** Price furthest from the best; undefined where the side is empty. */
  get last(): number | undefined {
    return this.#ticks.at(-1);
  }

  ticksAt(index: number): number {
    return this.#ticks[index]!;
  }

  sizeAt(index: number): number {
    return this.#sizes[index]!;
  }

  /** Size at a price; 0 where there is no level. */
  sizeOf(ticks: number): number {
    const index = this.#indexOf(ticks);
    return this.#ticks[index] === ticks ? this.#sizes[index]! : 0;
  }

  /** The first `limit` levels, best first, as a copy. */
  levels(limit = Number.POSITIVE_INFINITY): Level[] {
    const count = Math.min(limit, this.#ticks.length);
    const levels: Level[] = [];
    for (let i = 0; i < count; i++) levels.push({ ticks: this.#ticks[i]!, size: this.#sizes[i]! });
    return levels;
  }

  /** Puts a level in its place, replaces its size, or deletes it with size 0. */
  set(ticks: number, size: number): void {
    const index = this.#indexOf(ticks);
    const isThere = this.#ticks[index] === ticks;
    if (size > 0 && isThere) this.#sizes[index] = size;
    else if (size > 0) {
      this.#ticks.splice(index, 0, ticks);
      this.#sizes.splice(index, 0, size);
    } else if (isThere) {
      this.#ticks.splice(index, 1);
      this.#sizes.splice(index, 1);
    }
  }

  /** Removes every level better than `ticks` and returns their prices. */
  dropBetterThan(ticks: number): number[] {
    const count = this.#indexOf(ticks);
    this.#sizes.splice(0, count);
    return this.#ticks.splice(0, count);
  }

  /** Removes the levels behind the first `count` and returns their prices. */
  dropBehind(count: number): number[] {
    this.#sizes.splice(count);
    return this.#ticks.splice(count);
  }

  /** Where a price is or would be. */
  #indexOf(ticks: number): number {
    let low = 0;
    let high = this.#ticks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ticks[middle]! - ticks) * this.away < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
