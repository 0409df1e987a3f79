import { latticePosition } from '../grid/price-lattice.js';

/** Sizes traded per lattice row since the last step: where new positions were entered. */
export class EntryProfile {
  readonly #sizes = new Map<number, number>();
  #total = 0;

  /** Traded size in the contract's unit. */
  get total(): number {
    return this.#total;
  }

  /** Rows and sizes in the order in which rows were first traded. */
  entries(): IterableIterator<[row: number, size: number]> {
    return this.#sizes.entries();
  }

  /** Adds a trade. */
  addTrade(price: number, size: number): void {
    this.#add(Math.floor(latticePosition(price)), size);
  }

  /** Adds a bar's size evenly between its low and its high on the log-price axis. */
  addBar(low: number, high: number, size: number): void {
    const from = latticePosition(low);
    const to = latticePosition(high);
    if (!(to > from)) {
      this.#add(Math.floor(from), size);
      return;
    }
    for (let row = Math.floor(from); row < to; row++) {
      const covered = Math.min(to, row + 1) - Math.max(from, row);
      if (covered > 0) this.#add(row, (size * covered) / (to - from));
    }
  }

  /** Adds a size as a bell around a price with a standard deviation in rows, cut at three of them. */
  addBell(price: number, deviationRows: number, size: number): void {
    const center = latticePosition(price);
    const from = Math.floor(center - 3 * deviationRows);
    const weights: number[] = [];
    for (let row = from; row <= center + 3 * deviationRows; row++) {
      weights.push(Math.exp(-0.5 * ((row + 0.5 - center) / deviationRows) ** 2));
    }
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    weights.forEach((weight, i) => {
      this.#add(from + i, (size * weight) / total);
    });
  }

  /** Takes over what a checkpoint held; the total is given, because adding up again could differ in the last bit. */
  restore(rows: Float64Array, sizes: Float64Array, total: number): void {
    this.clear();
    for (let i = 0; i < rows.length; i++) this.#sizes.set(rows[i]!, sizes[i]!);
    this.#total = total;
  }

  clear(): void {
    this.#sizes.clear();
    this.#total = 0;
  }

  #add(row: number, size: number): void {
    this.#sizes.set(row, (this.#sizes.get(row) ?? 0) + size);
    this.#total += size;
  }
}
