import { STRIP_COUNT } from '../cohorts/distance-classes.js';
import { RATE_COUNT } from '../cohorts/exits.js';
import { priceAtPosition } from '../grid/price-lattice.js';
import { MS_PER_MINUTE } from '../model/units.js';

/** Rows of the engine's own grid: 480 up and down (+62 % / -38 %), wider than what a window of columns can show. */
export const MAP_ROWS = 960;
/** Sides are indexed 0 = long, 1 = short. */
export const SIDES = [0, 1] as const;
export type SideIndex = (typeof SIDES)[number];
export const LONG: SideIndex = 0;
export const SHORT: SideIndex = 1;

/** Cells of one strip. */
const STRIP_CELLS = MAP_ROWS * RATE_COUNT;
/** Below this a lazy factor is written into its cells; what is then too small ever to be seen is dropped, so that ranges stay short. */
const SMALLEST_FACTOR = 1e-6;
/** Share of a strip's size at one rate below which a cell counts as nothing. */
const NEGLIGIBLE_SHARE = 1e-6;

/**
 * Books of one instrument: side x distance strip x row x exit rate, contract units. Each strip's book answers what would stand
 * if all positions had been opened at that distance; `weights` says which share of them was. So what learning changes is a
 * weight, never a book. Every value is times the lazy `factor` of its side and rate, so that aging touches ten numbers; the
 * weighted sums over strips are kept beside the books, so that looking costs a pass over rows and not over all cells.
 */
export class ExposureMap {
  /** Lattice row of index 0. */
  origin = 0;
  readonly mass = new Float64Array(2 * STRIP_COUNT * STRIP_CELLS);
  /** Share of each cell (side x strip x row) that stops have closed while price came near. */
  readonly worn = new Float32Array(2 * STRIP_COUNT * MAP_ROWS);
  /** First and one past the last row that may hold mass, side x strip. */
  readonly from = new Int32Array(2 * STRIP_COUNT).fill(MAP_ROWS);
  readonly to = new Int32Array(2 * STRIP_COUNT);
  /** Size that left the grid, side x strip x rate; kept, so that nothing is lost. */
  readonly beyond = new Float64Array(2 * STRIP_COUNT * RATE_COUNT);
  /** Side x rate. */
  readonly factor = new Float64Array(2 * RATE_COUNT).fill(1);
  /** What would stand if all positions were out of reach: side x rate. */
  readonly stock = new Float64Array(2 * RATE_COUNT);
  /** Sum over strips of weight x mass: side x rate x row. */
  readonly total = new Float64Array(2 * RATE_COUNT * MAP_ROWS);
  /** The same times the time of opening, minutes since `epoch`. */
  readonly born = new Float64Array(2 * RATE_COUNT * MAP_ROWS);
  /** Share of opened size per strip, side x strip; the rest is out of reach. */
  readonly weights = new Float64Array(2 * STRIP_COUNT);
  /** Part of a row already traded through, 0..1 from the side price comes from: side x row. */
  readonly sweptShare = new Float64Array(2 * MAP_ROWS);
  /** Relative doubt of each row, side x row, as of `doubtedAt` (Unix ms, NaN = never). See `density`. */
  readonly doubted = new Float64Array(2 * MAP_ROWS);
  doubtedAt = Number.NaN;
  /** Open interest as the venue last said; NaN before. Told by `report`. */
  reported = Number.NaN;
  /** Counts how often what is shown of each side has changed: who keeps what he read compares it. No state. */
  readonly changes: [long: number, short: number] = [0, 0];
  /** Unix ms that times of opening are counted from; NaN before the first. */
  epoch = Number.NaN;
  /** Sums of `total` and weighted `beyond` per side and rate, while nothing has touched them; NaN = to be summed again. */
  readonly #rateSums = new Float64Array(2 * RATE_COUNT).fill(Number.NaN);
  readonly #prices = new Float64Array(MAP_ROWS);
  #pricesFrom = Number.NaN;

  /** Index in `mass` of a row's first exit rate; the others follow it. */
  static cell(side: SideIndex, strip: number, row: number): number {
    return ((side * STRIP_COUNT + strip) * MAP_ROWS + row) * RATE_COUNT;
  }

  /** Forgets remembered sums of a side: whoever changes its cells says so. */
  touch(side: SideIndex): void {
    this.#rateSums.fill(Number.NaN, side * RATE_COUNT, (side + 1) * RATE_COUNT);
    this.changes[side] += 1;
  }

  /** The venue has told its open interest, contract units. */
  report(openInterest: number): void {
    this.reported = openInterest;
    for (const side of SIDES) this.changes[side] += 1;
  }

  /** A time in the unit of `born`; 0 while nothing has been placed. */
  minutesOf(time: number): number {
    return Number.isNaN(this.epoch) ? 0 : (time - this.epoch) / MS_PER_MINUTE;
  }

  /** Ages everything of a side and rate, on the grid and elsewhere, by a factor of at most 1; or scales it. */
  scaleRate(side: SideIndex, rateIndex: number, by: number): void {
    const at = side * RATE_COUNT + rateIndex;
    this.factor[at]! *= by;
    this.changes[side] += 1;
    if (this.factor[at]! < SMALLEST_FACTOR) this.#writeFactor(side, rateIndex);
  }

  /** Takes new weights over and sums the books up with them. */
  setWeights(weights: Float64Array): void {
    this.weights.set(weights);
    this.doubtedAt = Number.NaN;
    for (const side of SIDES) this.touch(side);
    for (const side of SIDES) this.#sumUp(side);
  }

  /** Price in the middle of each row of the grid. */
  middlePrices(): Float64Array {
    if (this.#pricesFrom !== this.origin) {
      for (let i = 0; i < MAP_ROWS; i++) this.#prices[i] = priceAtPosition(this.origin + i + 0.5);
      this.#pricesFrom = this.origin;
    }
    return this.#prices;
  }

  /** First and one past the last row that a strip, of any rate, may hold. */
  rowsOf(side: SideIndex, strip: number): readonly [from: number, to: number] {
    const at = side * STRIP_COUNT + strip;
    return [this.from[at]!, this.to[at]!];
  }

  /** First and one past the last row that anything of a side may hold. */
  rowsOfSide(side: SideIndex): readonly [from: number, to: number] {
    const { from, to } = this;
    let [first, last] = [MAP_ROWS, 0];
    for (let at = side * STRIP_COUNT; at < (side + 1) * STRIP_COUNT; at++) {
      if (from[at]! >= to[at]!) continue;
      if (from[at]! < first) first = from[at]!;
      if (to[at]! > last) last = to[at]!;
    }
    return [first, last];
  }

  /** Size of one side and rate within reach of some strip, weighted. */
  inReachOfRate(side: SideIndex, rateIndex: number): number {
    const at = side * RATE_COUNT + rateIndex;
    if (Number.isNaN(this.#rateSums[at]!)) this.#rateSums[at] = this.#sumOfRate(side, rateIndex);
    return this.#rateSums[at]! * this.factor[at]!;
  }

  /** Size of one side within reach of some strip: what the books show, before it is held against open interest. */
  sumInReach(side: SideIndex): number {
    let sum = 0;
    for (let r = 0; r < RATE_COUNT; r++) sum += this.inReachOfRate(side, r);
    return sum;
  }

  /** Weighted size of one side and rate whose distance no strip holds. */
  outOfReachOfRate(side: SideIndex, rateIndex: number): number {
    const at = side * RATE_COUNT + rateIndex;
    let inReach = 0;
    for (let strip = 0; strip < STRIP_COUNT; strip++) inReach += this.weights[side * STRIP_COUNT + strip]!;
    return this.stock[at]! * this.factor[at]! * Math.max(0, 1 - inReach);
  }

  /** The same over all rates. */
  sumOutOfReach(side: SideIndex): number {
    let sum = 0;
    for (let r = 0; r < RATE_COUNT; r++) sum += this.outOfReachOfRate(side, r);
    return sum;
  }

  /** Share of longs in what stands within reach, as it would be if both sides had been opened alike; 1/2 where nothing stands. */
  longShareOfBooks(): number {
    const [long, short] = SIDES.map((side) => {
      const weight = this.weights.subarray(side * STRIP_COUNT, (side + 1) * STRIP_COUNT).reduce((sum, w) => sum + w, 0);
      return weight > 0 ? this.sumInReach(side) / weight : 0;
    }) as [number, number];
    return long + short > 0 ? long / (long + short) : 0.5;
  }

  /** Weighted size of what strips' books hold or have lost (side x strip), mean of both sides. */
  meanOfSides(byStrip: Float64Array): number {
    return byStrip.reduce((sum, size, at) => sum + size * this.weights[at]!, 0) / 2;
  }

  /** Factor on everything shown of a side: 1, or less where the books would show more than the reported open interest. */
  shownScale(side: SideIndex): number {
    const inReach = this.sumInReach(side);
    return inReach > this.reported ? this.reported / inReach : 1;
  }

  /** Moves the grid so that index 0 is lattice row `origin`; what falls off is kept as `beyond`. */
  moveTo(origin: number): void {
    const shift = origin - this.origin;
    if (shift === 0) return;
    for (let at = 0; at < 2 * STRIP_COUNT; at++) this.#shiftStrip(at, shift);
    for (let row = 0; row < 2 * STRIP_COUNT; row++) shiftRow(this.worn, row * MAP_ROWS, shift);
    for (let row = 0; row < 2 * RATE_COUNT; row++) {
      shiftRow(this.total, row * MAP_ROWS, shift);
      shiftRow(this.born, row * MAP_ROWS, shift);
    }
    for (const side of SIDES) {
      shiftRow(this.sweptShare, side * MAP_ROWS, shift);
      shiftRow(this.doubted, side * MAP_ROWS, shift);
    }
    for (const side of SIDES) this.touch(side);
    this.origin = origin;
  }

  #sumOfRate(side: SideIndex, rateIndex: number): number {
    const start = (side * RATE_COUNT + rateIndex) * MAP_ROWS;
    const [from, to] = this.rowsOfSide(side);
    const { total } = this;
    let sum = 0;
    for (let i = start + from; i < start + to; i++) sum += total[i]!;
    for (let strip = 0; strip < STRIP_COUNT; strip++) {
      const at = side * STRIP_COUNT + strip;
      sum += this.beyond[at * RATE_COUNT + rateIndex]! * this.weights[at]!;
    }
    return sum;
  }

  #sumUp(side: SideIndex): void {
    const { mass } = this;
    sums.fill(0);
    for (let strip = 0; strip < STRIP_COUNT; strip++) {
      const at = side * STRIP_COUNT + strip;
      const weight = this.weights[at]!;
      if (weight === 0) continue;
      const first = this.from[at]! * RATE_COUNT;
      const last = this.to[at]! * RATE_COUNT;
      const start = at * STRIP_CELLS;
      for (let i = first; i < last; i++) sums[i]! += mass[start + i]! * weight;
    }
    for (let r = 0; r < RATE_COUNT; r++) {
      const start = (side * RATE_COUNT + r) * MAP_ROWS;
      for (let i = 0; i < MAP_ROWS; i++) {
        const before = this.total[start + i]!;
        const after = sums[i * RATE_COUNT + r]!;
        this.born[start + i] = before > 0 ? this.born[start + i]! * (after / before) : 0;
        this.total[start + i] = after;
      }
    }
  }

  #writeFactor(side: SideIndex, rateIndex: number): void {
    const at = side * RATE_COUNT + rateIndex;
    const factor = this.factor[at]!;
    for (let strip = 0; strip < STRIP_COUNT; strip++) this.#writeStrip(side * STRIP_COUNT + strip, rateIndex, factor);
    for (let i = at * MAP_ROWS; i < (at + 1) * MAP_ROWS; i++) {
      this.born[i]! *= factor;
      this.total[i]! *= factor;
    }
    this.stock[at]! *= factor;
    this.factor[at] = 1;
    this.touch(side);
  }

  #writeStrip(at: number, rateIndex: number, factor: number): void {
    const start = at * STRIP_CELLS + rateIndex;
    const [from, to] = [this.from[at]!, this.to[at]!];
    let sum = 0;
    for (let i = from; i < to; i++) sum += this.mass[start + i * RATE_COUNT]!;
    const least = sum * NEGLIGIBLE_SHARE;
    for (let i = from; i < to; i++) {
      const cell = start + i * RATE_COUNT;
      this.mass[cell] = this.mass[cell]! > least ? this.mass[cell]! * factor : 0;
    }
    this.#trim(at);
    this.beyond[at * RATE_COUNT + rateIndex]! *= factor;
  }

  /** Rows at either end of a strip that hold nothing any more are no longer looked at. */
  #trim(at: number): void {
    const start = at * STRIP_CELLS;
    let [from, to] = [this.from[at]!, this.to[at]!];
    const isEmpty = (row: number): boolean => {
      for (let r = 0; r < RATE_COUNT; r++) if (this.mass[start + row * RATE_COUNT + r]! > 0) return false;
      return true;
    };
    while (from < to && isEmpty(from)) from++;
    while (to > from && isEmpty(to - 1)) to--;
    this.from[at] = from < to ? from : MAP_ROWS;
    this.to[at] = from < to ? to : 0;
  }

  #shiftStrip(at: number, shift: number): void {
    const start = at * STRIP_CELLS;
    for (let i = this.from[at]!; i < this.to[at]!; i++) {
      const moved = i - shift;
      if (moved >= 0 && moved < MAP_ROWS) continue;
      for (let r = 0; r < RATE_COUNT; r++) {
        this.beyond[at * RATE_COUNT + r]! += this.mass[start + i * RATE_COUNT + r]!;
      }
    }
    shiftCells(this.mass.subarray(start, start + STRIP_CELLS), shift * RATE_COUNT);
    this.from[at] = Math.min(MAP_ROWS, Math.max(0, this.from[at]! - shift));
    this.to[at] = Math.min(MAP_ROWS, Math.max(0, this.to[at]! - shift));
  }
}

/** What all strips of one side hold, weighted: row x rate. */
const sums = new Float64Array(MAP_ROWS * RATE_COUNT);

/** Moves `MAP_ROWS` cells from `start` towards lower indices by `shift` rows (negative: higher); what comes in is empty. In place. */
export function shiftRow(cells: Float64Array | Float32Array, start: number, shift: number): void {
  shiftCells(cells.subarray(start, start + MAP_ROWS), shift);
}

function shiftCells(cells: Float64Array | Float32Array, shift: number): void {
  const count = cells.length;
  if (Math.abs(shift) >= count) {
    cells.fill(0);
    return;
  }
  if (shift > 0) {
    cells.copyWithin(0, shift);
    cells.fill(0, count - shift);
  } else {
    cells.copyWithin(-shift, 0, count + shift);
    cells.fill(0, 0, -shift);
  }
}
