import { CLASS_COUNT } from '../cohorts/distance-classes.js';
import { RATE_COUNT } from '../cohorts/exits.js';
import { priceAtPosition } from '../grid/price-lattice.js';

/** Rows of the engine's own grid: a factor of 2.8 up and down, wide enough that a window never runs out of it in a day. */
export const MAP_ROWS = 2048;
/** Sides are indexed 0 = long, 1 = short. */
export const SIDES = [0, 1] as const;
export type SideIndex = (typeof SIDES)[number];
export const LONG: SideIndex = 0;
export const SHORT: SideIndex = 1;

/** Cells of one side: classes x rates. */
export const PARTS = CLASS_COUNT * RATE_COUNT;
/** Below this a lazy factor is written into its cells; what is then too small ever to be seen is dropped, so that ranges stay short. */
const SMALLEST_FACTOR = 1e-3;
/** Share of a part below which a cell counts as nothing. */
const NEGLIGIBLE_SHARE = 1e-8;

/**
 * Estimated size waiting at each liquidation price of one instrument: side x distance class x exit rate x row, contract units.
 * A cell's value is `mass * factor` of its part, so that decay and conservation touch 60 numbers a side instead of 100,000.
 */
export class ExposureMap {
  /** Lattice row of index 0. */
  origin = 0;
  readonly mass = new Float64Array(2 * PARTS * MAP_ROWS);
  /** Mean time of opening of each cell's mass, ms. */
  readonly birth = new Float64Array(2 * PARTS * MAP_ROWS);
  readonly factor = new Float64Array(2 * PARTS).fill(1);
  /** First and one past the last index that may hold mass, per part. */
  readonly from = new Int32Array(2 * PARTS).fill(MAP_ROWS);
  readonly to = new Int32Array(2 * PARTS);
  /** Sum of each part's `mass`, kept up to date so that totals cost nothing. */
  readonly held = new Float64Array(2 * PARTS);
  /** Mass that left the grid, per part; kept, so that nothing is lost. */
  readonly beyond = new Float64Array(2 * PARTS);
  /** Mass no class holds: side x rate. */
  readonly outOfReach = new Float64Array(2 * RATE_COUNT);
  /** Swept size whose new holders are unknown until open interest is reported again, per side. */
  readonly unattributed = new Float64Array(2);
  /** Part of a row already traded through, 0..1 from the side price comes from: side x row. */
  readonly sweptShare = new Float64Array(2 * MAP_ROWS);
  readonly #prices = new Float64Array(MAP_ROWS);
  #pricesFrom = Number.NaN;

  /** Index of a part among all of both sides. */
  static part(side: SideIndex, classIndex: number, rateIndex: number): number {
    return (side * CLASS_COUNT + classIndex) * RATE_COUNT + rateIndex;
  }

  /** Adds `sizes[i] * scale` (contract units) to rows from..to of a part, opened at `time`; the mean time of opening moves with it. */
  depositRows(part: number, sizes: Float64Array, from: number, to: number, scale: number, time: number): void {
    if (from >= to) return;
    const { mass, birth } = this;
    const start = part * MAP_ROWS;
    const unscaled = scale / this.factor[part]!;
    let added = 0;
    for (let i = from; i < to; i++) {
      const more = sizes[i]! * unscaled;
      if (more === 0) continue;
      const cell = start + i;
      const before = mass[cell]!;
      const after = before + more;
      const opened = birth[cell]!;
      birth[cell] = before > 0 ? opened + (time - opened) * (more / after) : time;
      mass[cell] = after;
      added += more;
    }
    this.held[part]! += added;
    if (from < this.from[part]!) this.from[part] = from;
    if (to > this.to[part]!) this.to[part] = to;
  }

  /** Multiplies a whole part, on and beyond the grid. */
  scalePart(part: number, by: number): void {
    const factor = this.factor[part]! * by;
    this.beyond[part]! *= by;
    if (factor >= SMALLEST_FACTOR) {
      this.factor[part] = factor;
      return;
    }
    this.#writeFactor(part, factor);
  }

  /** Size of a part on the grid. */
  sumOfPart(part: number): number {
    return this.held[part]! * this.factor[part]!;
  }

  /** Adds a part's cells up again; after cells were taken away, because differences would leave rounding dust behind. */
  recount(part: number): void {
    const start = part * MAP_ROWS;
    let sum = 0;
    for (let i = this.from[part]!; i < this.to[part]!; i++) sum += this.mass[start + i]!;
    this.held[part] = sum;
  }

  /** Price in the middle of each row of the grid. */
  middlePrices(): Float64Array {
    if (this.#pricesFrom !== this.origin) {
      for (let i = 0; i < MAP_ROWS; i++) this.#prices[i] = priceAtPosition(this.origin + i + 0.5);
      this.#pricesFrom = this.origin;
    }
    return this.#prices;
  }

  /** Size of one side in all its places: grid, beyond, out of reach; without `unattributed`. */
  sumOfSide(side: SideIndex): number {
    let sum = 0;
    for (let part = side * PARTS; part < (side + 1) * PARTS; part++) sum += this.sumOfPart(part) + this.beyond[part]!;
    for (let r = 0; r < RATE_COUNT; r++) sum += this.outOfReach[side * RATE_COUNT + r]!;
    return sum;
  }

  /** Moves the grid so that index 0 is lattice row `origin`; what falls off is kept as `beyond`. */
  moveTo(origin: number): void {
    const shift = origin - this.origin;
    if (shift === 0) return;
    for (let part = 0; part < 2 * PARTS; part++) this.#shiftPart(part, shift);
    for (const side of SIDES) shiftRow(this.sweptShare, side * MAP_ROWS, shift);
    this.origin = origin;
  }

  #writeFactor(part: number, factor: number): void {
    const start = part * MAP_ROWS;
    const least = this.held[part]! * factor * NEGLIGIBLE_SHARE;
    let from = MAP_ROWS;
    let to = 0;
    for (let i = this.from[part]!; i < this.to[part]!; i++) {
      const size = this.mass[start + i]! * factor;
      this.mass[start + i] = size > least ? size : 0;
      if (size <= least) continue;
      if (from === MAP_ROWS) from = i;
      to = i + 1;
    }
    this.from[part] = from;
    this.to[part] = to;
    this.factor[part] = 1;
    this.recount(part);
  }

  #shiftPart(part: number, shift: number): void {
    const start = part * MAP_ROWS;
    const factor = this.factor[part]!;
    for (let i = this.from[part]!; i < this.to[part]!; i++) {
      const moved = i - shift;
      if (moved < 0 || moved >= MAP_ROWS) this.beyond[part]! += this.mass[start + i]! * factor;
    }
    shiftRow(this.mass, start, shift);
    shiftRow(this.birth, start, shift);
    this.from[part] = Math.min(MAP_ROWS, Math.max(0, this.from[part]! - shift));
    this.to[part] = Math.min(MAP_ROWS, Math.max(0, this.to[part]! - shift));
    this.recount(part);
  }
}

function shiftRow(cells: Float64Array, start: number, shift: number): void {
  const row = cells.subarray(start, start + MAP_ROWS);
  if (Math.abs(shift) >= MAP_ROWS) {
    row.fill(0);
    return;
  }
  if (shift > 0) {
    row.copyWithin(0, shift);
    row.fill(0, MAP_ROWS - shift);
  } else {
    row.copyWithin(-shift, 0, MAP_ROWS + shift);
    row.fill(0, 0, -shift);
  }
}
