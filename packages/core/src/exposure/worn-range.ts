import { LOG_ROW } from '../grid/price-lattice.js';

/** Stops are closed when price has spanned this many rows, or this time has passed. */
const WEAR_ROWS = 4;
const WEAR_MS = 900_000;

/** The way price went since stops were last closed. */
export class WornRange {
  low = Number.POSITIVE_INFINITY;
  high = Number.NEGATIVE_INFINITY;
  /** Unix ms. */
  wornAt = Number.NEGATIVE_INFINITY;

  /** Price was between the two. */
  note(low: number, high: number): void {
    this.low = Math.min(this.low, low);
    this.high = Math.max(this.high, high);
  }

  /** Price has moved far enough, or moved at all and time has passed. */
  isDue(time: number): boolean {
    const span = Math.log(this.high / this.low) / LOG_ROW;
    return span >= WEAR_ROWS || (span >= 0 && time - this.wornAt >= WEAR_MS);
  }

  /** Begins anew. */
  restart(time: number): void {
    this.wornAt = time;
    this.low = Number.POSITIVE_INFINITY;
    this.high = Number.NEGATIVE_INFINITY;
  }
}
