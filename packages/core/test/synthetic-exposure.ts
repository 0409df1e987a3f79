import type { ClusterDetail, ClusterMoment, ClusterRows } from '../src/clusters/cluster-rows.js';
import { latticePosition, priceAtPosition } from '../src/grid/price-lattice.js';
import type { PositionSide } from '../src/model/market-event.js';
import type { DurationMs, Fraction, LatticeRow, Price, UnixMs, Usd } from '../src/model/units.js';

/** Price in the middle of a lattice row. */
export const middleOf = (row: number): Price => priceAtPosition(row + 0.5);

interface Side {
  readonly p50: Float64Array;
  readonly opened: Float64Array;
  readonly swept: Float64Array;
  readonly closed: Float64Array;
  readonly printed: Float64Array;
}

const sideOf = (count: number): Side => ({
  p50: new Float64Array(count),
  opened: new Float64Array(count),
  swept: new Float64Array(count),
  closed: new Float64Array(count),
  printed: new Float64Array(count),
});

/** Exposure on `count` rows from `first` whose every change is made by hand: what an engine would tell of it, moment by moment. */
export class SyntheticExposure {
  readonly long: Side;
  readonly short: Side;
  openInterest = 1_000_000;
  medianTrade = 0;
  openInterestFall = 0;
  feedGain = 1;
  /** Deviation of every row, USD. */
  deviation = 1_000;
  detailCalls = 0;
  mark: number;
  #low: number;
  #high: number;
  readonly first: number;

  constructor(first: number, count: number, markRow: number) {
    this.first = first;
    this.long = sideOf(count);
    this.short = sideOf(count);
    this.mark = middleOf(markRow);
    this.#low = this.mark;
    this.#high = this.mark;
  }

  open(side: PositionSide, row: number, ...sizes: readonly number[]): this {
    sizes.forEach((size, i) => {
      this[side].p50[row - this.first + i]! += size;
      this[side].opened[row - this.first + i]! += size;
    });
    return this;
  }

  close(side: PositionSide, row: number, ...sizes: readonly number[]): this {
    sizes.forEach((wanted, i) => {
      const size = Math.min(wanted, this[side].p50[row - this.first + i]!);
      this[side].p50[row - this.first + i]! -= size;
      this[side].closed[row - this.first + i]! += size;
    });
    return this;
  }

  /** Changes the estimate without any flow, as a learned multiplier does. */
  revise(side: PositionSide, row: number, by: number): this {
    this[side].p50[row - this.first]! *= by;
    return this;
  }

  print(side: PositionSide, row: number, size: number): this {
    this[side].printed[row - this.first]! += size;
    return this;
  }

  /** The mark goes straight to the middle of a row and sweeps whole rows: longs in and above its row, shorts in and below. */
  go(row: number): this {
    this.mark = middleOf(row);
    this.#low = Math.min(this.#low, this.mark);
    this.#high = Math.max(this.#high, this.mark);
    for (let i = 0; i < this.long.p50.length; i++) {
      if (this.first + i >= row) this.#sweep(this.long, i);
      if (this.first + i <= row) this.#sweep(this.short, i);
    }
    return this;
  }

  /** The state now on `count` rows from `origin`; flows start again. */
  moment(time: number, origin = this.first, count = this.long.p50.length): ClusterMoment {
    const window = (values: Float64Array): Float64Array =>
      Float64Array.from({ length: count }, (_, i) => values[origin - this.first + i] ?? 0);
    const rowsOf = (side: Side): ClusterRows => {
      const p50 = window(side.p50);
      return {
        originRow: origin as LatticeRow,
        p50,
        deviation: new Float64Array(count).fill(this.deviation),
        opened: window(side.opened),
        swept: window(side.swept),
        closed: window(side.closed),
        printed: window(side.printed),
        detail: (from, to) => this.#detail(p50.slice(from - origin, to - origin)),
      };
    };
    const moment: ClusterMoment = {
      time: time as UnixMs,
      mark: this.mark as Price,
      markLow: this.#low as Price,
      markHigh: this.#high as Price,
      openInterest: this.openInterest as Usd,
      medianTrade: this.medianTrade as Usd,
      openInterestFall: this.openInterestFall as Usd,
      feedGain: this.feedGain as Fraction,
      long: rowsOf(this.long),
      short: rowsOf(this.short),
    };
    for (const side of [this.long, this.short]) {
      for (const flow of [side.opened, side.swept, side.closed, side.printed]) flow.fill(0);
    }
    this.#low = this.mark;
    this.#high = this.mark;
    this.openInterestFall = 0;
    return moment;
  }

  /** Row of a price, for reading results. */
  static rowOf(price: number): number {
    return Math.floor(latticePosition(price) + 1e-6);
  }

  #sweep(side: Side, i: number): void {
    side.swept[i]! += side.p50[i]!;
    side.p50[i] = 0;
  }

  #detail(p50: Float64Array): ClusterDetail {
    this.detailCalls++;
    const sum = p50.reduce((total, size) => total + size, 0);
    return {
      p10: (sum * 0.5) as Usd,
      p50: sum as Usd,
      p90: (sum * 2) as Usd,
      meanAgeMs: 60_000 as DurationMs,
      oldestAgeMs: 600_000 as DurationMs,
      venues: [
        { part: 'bybit', share: 0.25 as Fraction },
        { part: 'binance', share: 0.75 as Fraction },
      ],
      classes: [{ part: { from: 0.01 as Fraction, to: 0.02 as Fraction }, share: 1 as Fraction }],
    };
  }
}
