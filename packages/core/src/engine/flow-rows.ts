import { addDensity } from '../exposure/density.js';
import { MAP_ROWS, shiftRow, SIDES, type ExposureMap, type SideIndex } from '../exposure/exposure-map.js';

/** A throttled feed is judged over at least this long: of a shorter time the share of busy seconds says little. Chosen, not measured. */
const SHORTEST_JUDGED_MS = 10_000;

/** The parts of `FlowRows` that are vectors of side x row. */
export const FLOW_VECTORS = ['swept', 'opened', 'revised', 'printed'] as const;
/** The parts of `FlowRows` that are numbers. */
export const FLOW_NUMBERS = ['printedSum', 'correctedSum', 'low', 'high'] as const;

/**
 * What happened to one instrument's rows since clusters were last looked at, noted where it happens: side x row, contract units
 * on the map's own grid.
 */
export class FlowRows {
  readonly swept = new Float64Array(2 * MAP_ROWS);
  readonly opened = new Float64Array(2 * MAP_ROWS);
  /** Lost because weights were learned anew, negative where gained: no event of the market. */
  readonly revised = new Float64Array(2 * MAP_ROWS);
  /** Liquidations that the venue reported, USD in the row of their price. */
  readonly printed = new Float64Array(2 * MAP_ROWS);
  /** Their sum, and the same corrected for what a throttled feed leaves out. */
  printedSum = 0;
  correctedSum = 0;
  /** Extremes of the price that positions were judged by. */
  low = Number.POSITIVE_INFINITY;
  high = Number.NEGATIVE_INFINITY;
  /** Something was swept, opened, closed, learned or printed. */
  isBusy = false;

  /** Notes the prices that were passed. */
  noteRange(low: number, high: number): void {
    if (low < this.low) this.low = low;
    if (high > this.high) this.high = high;
  }

  /** Notes a liquidation; off the grid (or on no row) it counts in the sums alone. `creditOf` judges the feed over at least a time. */
  notePrint(side: SideIndex, row: number, usd: number, creditOf: (leastMs: number) => number): void {
    this.isBusy = true;
    if (row >= 0 && row < MAP_ROWS) this.printed[side * MAP_ROWS + row]! += usd;
    this.printedSum += usd;
    this.correctedSum += usd * creditOf(SHORTEST_JUDGED_MS);
  }

  /** Follows the map when its grid moves by `shift` rows. */
  moveBy(shift: number): void {
    for (const key of FLOW_VECTORS) for (const side of SIDES) shiftRow(this[key], side * MAP_ROWS, shift);
  }

  /** Begins anew. */
  clear(): void {
    if (this.isBusy) for (const key of FLOW_VECTORS) this[key].fill(0);
    this.isBusy = false;
    this.printedSum = 0;
    this.correctedSum = 0;
    this.low = Number.POSITIVE_INFINITY;
    this.high = Number.NEGATIVE_INFINITY;
  }
}

/** Takes learned weights over and notes what that changes in each row. */
export function reweigh(map: ExposureMap, weights: Float64Array, flows: FlowRows): void {
  const before = SIDES.map((side) => shownRows(map, side));
  map.setWeights(weights);
  for (const side of SIDES) {
    const after = shownRows(map, side);
    for (let i = 0; i < MAP_ROWS; i++) flows.revised[side * MAP_ROWS + i]! += before[side]![i]! - after[i]!;
  }
  flows.isBusy = true;
}

/** One side's standing size per row of the map's own grid, contract units. */
export function shownRows(map: ExposureMap, side: SideIndex): Float64Array {
  const rows = new Float64Array(MAP_ROWS);
  addDensity(map, side, rows);
  return rows;
}
