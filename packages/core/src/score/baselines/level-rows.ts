import { latticePosition, priceAtPosition } from '../../grid/price-lattice.js';
import type { ContractKind } from '../../model/instrument.js';
import type { PositionSide } from '../../model/market-event.js';

/** Rows held around the first price: a factor of 7.7 either way. */
const ROWS = 4_096;
/** Below this a common factor is folded into the rows. */
const SMALLEST_SCALE = 1e-60;

/** Sizes (contract units) of one side by lattice row, with a common factor so that scaling all of them costs nothing. */
export class LevelRows {
  readonly side: PositionSide;
  readonly #sizes = new Float64Array(ROWS);
  #origin = Number.NaN;
  #scale = 1;

  constructor(side: PositionSide) {
    this.side = side;
  }

  /** Sum of all rows. */
  get total(): number {
    let total = 0;
    for (let i = 0; i < ROWS; i++) total += this.#sizes[i]!;
    return total * this.#scale;
  }

  /** Adds a size at one price. */
  addAt(price: number, size: number): void {
    this.addBetween(latticePosition(price), latticePosition(price), size);
  }

  /** Adds a size evenly between two positions of the lattice (fractional rows). */
  addBetween(from: number, to: number, size: number): void {
    if (Number.isNaN(this.#origin)) this.#origin = Math.floor(from) - ROWS / 2;
    const stored = size / this.#scale;
    if (!(to > from)) {
      this.#put(Math.floor(from), stored);
      return;
    }
    for (let row = Math.floor(from); row < to; row++) {
      const covered = Math.min(to, row + 1) - Math.max(from, row);
      if (covered > 0) this.#put(row, (stored * covered) / (to - from));
    }
  }

  /** Multiplies everything by a factor of at least 0. */
  scaleBy(factor: number): void {
    this.#scale *= factor;
    if (this.#scale >= SMALLEST_SCALE) return;
    for (let i = 0; i < ROWS; i++) this.#sizes[i]! *= this.#scale;
    this.#scale = 1;
  }

  /** Removes the rows whose middle the price has touched: longs from `low` up, shorts from `high` down. */
  removeTouched(low: number, high: number): void {
    if (Number.isNaN(this.#origin)) return;
    if (this.side === 'long') {
      const first = Math.ceil(latticePosition(low) - 0.5) - this.#origin;
      this.#sizes.fill(0, Math.min(ROWS, Math.max(0, first)));
    } else {
      const last = Math.floor(latticePosition(high) - 0.5) - this.#origin;
      this.#sizes.fill(0, 0, Math.min(ROWS, Math.max(0, last + 1)));
    }
  }

  /** Adds USD per bin to `target`; a row is split between bins by its share of the log-price axis. */
  addUsd(edges: Float64Array, kind: ContractKind, factor: number, target: Float64Array): void {
    if (Number.isNaN(this.#origin)) return;
    const positions = edges.map(latticePosition);
    const first = Math.max(0, Math.floor(positions[0]!) - this.#origin);
    const last = Math.min(ROWS - 1, Math.floor(positions.at(-1)!) - this.#origin);
    let bin = 0;
    for (let i = first; i <= last; i++) {
      const size = this.#sizes[i]!;
      if (size === 0) continue;
      const row = this.#origin + i;
      const usd = size * this.#scale * factor * (kind === 'linear' ? priceAtPosition(row + 0.5) : 1);
      while (bin < target.length && positions[bin + 1]! <= row) bin++;
      for (let at = bin; at < target.length && positions[at]! < row + 1; at++) {
        const overlap = Math.min(positions[at + 1]!, row + 1) - Math.max(positions[at]!, row);
        if (overlap > 0) target[at]! += usd * overlap;
      }
    }
  }

  #put(row: number, size: number): void {
    const i = row - this.#origin;
    if (i >= 0 && i < ROWS) this.#sizes[i]! += size;
  }
}

/** Adds a USD amount spread evenly over a price interval to the bins it overlaps. */
export function addInterval(edges: Float64Array, from: number, to: number, usd: number, target: Float64Array): void {
  for (let bin = 0; bin < target.length; bin++) {
    const overlap = Math.min(edges[bin + 1]!, to) - Math.max(edges[bin]!, from);
    if (overlap > 0) target[bin]! += (usd * overlap) / (to - from);
  }
}
