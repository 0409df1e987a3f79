import { STRIP_COUNT } from '../cohorts/distance-classes.js';
import { RATE_COUNT } from '../cohorts/exits.js';
import { latticePosition } from '../grid/price-lattice.js';
import { ExposureMap, LONG, MAP_ROWS, SHORT, type SideIndex } from './exposure-map.js';

/**
 * Removes what the price has traded through: longs with a liquidation price at or above `low`, shorts at or below `high`.
 * Of the row the price stopped in, the share it crossed is removed, never more than once. `byStrip` (side x strip) is added
 * the size that each strip's book loses, `byRow` (side x row, where given) the size that each row loses by all books together.
 */
export function sweep(map: ExposureMap, low: number, high: number, byStrip: Float64Array, byRow?: Float64Array): void {
  sweepSide(map, LONG, low, byStrip, byRow);
  sweepSide(map, SHORT, high, byStrip, byRow);
}

function sweepSide(
  map: ExposureMap,
  side: SideIndex,
  price: number,
  byStrip: Float64Array,
  byRow: Float64Array | undefined,
): void {
  const position = latticePosition(price) - map.origin;
  const stop = Math.min(MAP_ROWS - 1, Math.max(0, Math.floor(position)));
  const inside = Math.min(1, Math.max(0, position - stop));
  const taken = partialShare(map, side, stop, side === LONG ? 1 - inside : inside);
  // What is wholly passed is empty: new mass that comes to lie there has not been crossed.
  clearPassed(map.sweptShare, side * MAP_ROWS, side, stop);
  // Most moves go where price has been a moment ago: nothing is left there to be taken.
  if (!isReached(map, side, stop, taken > 0)) return;
  map.touch(side);
  let edge = stop;
  let isTaken = false;
  for (let strip = 0; strip < STRIP_COUNT; strip++) {
    const at = side * STRIP_COUNT + strip;
    const furthest = side === LONG ? map.to[at]! - 1 : map.from[at]!;
    const size = takeFromStrip(map, side, strip, stop, taken);
    if (!(size > 0)) continue;
    byStrip[at]! += size;
    isTaken = true;
    if (side === LONG ? furthest > edge : furthest < edge) edge = furthest;
  }
  if (isTaken && byRow !== undefined) noteRows(map, side, stop, edge, taken, byRow);
  for (let r = 0; r < RATE_COUNT; r++) {
    const start = (side * RATE_COUNT + r) * MAP_ROWS;
    clearPassed(map.total, start, side, stop);
    clearPassed(map.born, start, side, stop);
    map.total[start + stop]! *= 1 - taken;
    map.born[start + stop]! *= 1 - taken;
  }
}

/** Whether any book holds rows beyond the one in which the price stopped, or that row itself where part of it is taken. */
function isReached(map: ExposureMap, side: SideIndex, stop: number, isStopTaken: boolean): boolean {
  const [from, to] = map.rowsOfSide(side);
  if (from >= to) return false;
  const beyond = side === LONG ? to - 1 - stop : stop - from;
  return beyond > 0 || (beyond === 0 && isStopTaken);
}

/** Notes per row what the books together lose: all of stop..edge but `taken` of the row the price stopped in. */
function noteRows(
  map: ExposureMap,
  side: SideIndex,
  stop: number,
  edge: number,
  taken: number,
  byRow: Float64Array,
): void {
  const target = side * MAP_ROWS;
  const [from, to] = side === LONG ? [stop + 1, edge] : [edge, stop - 1];
  for (let r = 0; r < RATE_COUNT; r++) {
    const at = side * RATE_COUNT + r;
    const factor = map.factor[at]!;
    const start = at * MAP_ROWS;
    byRow[target + stop]! += map.total[start + stop]! * factor * taken;
    for (let i = from; i <= to; i++) byRow[target + i]! += map.total[start + i]! * factor;
  }
}

/** Empties the rows that price has passed whole. */
function clearPassed(rows: Float64Array, start: number, side: SideIndex, stop: number): void {
  if (side === LONG) rows.fill(0, start + stop + 1, start + MAP_ROWS);
  else rows.fill(0, start, start + stop);
}

/** Share of the stop row's remaining mass that lies between where price had been and where it is now. */
function partialShare(map: ExposureMap, side: SideIndex, stop: number, crossed: number): number {
  const cell = side * MAP_ROWS + stop;
  const before = map.sweptShare[cell]!;
  if (crossed <= before) return 0;
  map.sweptShare[cell] = crossed;
  return before >= 1 ? 0 : (crossed - before) / (1 - before);
}

/** Takes the rows behind `stop` and `taken` of that row itself; returns their size, contract units. */
function takeFromStrip(map: ExposureMap, side: SideIndex, strip: number, stop: number, taken: number): number {
  const at = side * STRIP_COUNT + strip;
  const first = map.from[at]!;
  const last = map.to[at]!;
  const isTouched = first < last && (side === LONG ? last > stop : first <= stop);
  if (!isTouched) return 0;
  let size = taken > 0 && stop >= first && stop < last ? takeRow(map, side, strip, stop, taken) : 0;
  const from = side === LONG ? Math.max(stop + 1, first) : first;
  const to = side === LONG ? last : Math.min(stop, last);
  if (from >= to) return size;
  for (let row = from; row < to; row++) size += takeRow(map, side, strip, row, 1);
  if (side === LONG) map.to[at] = Math.max(first, stop + 1);
  else map.from[at] = Math.min(last, stop);
  return size;
}

/** Takes a share of one row of a strip; returns its size. */
function takeRow({ mass, factor }: ExposureMap, side: SideIndex, strip: number, row: number, share: number): number {
  const cell = ExposureMap.cell(side, strip, row);
  let size = 0;
  for (let r = 0; r < RATE_COUNT; r++) {
    const gone = mass[cell + r]! * share;
    if (gone === 0) continue;
    mass[cell + r]! -= gone;
    size += gone * factor[side * RATE_COUNT + r]!;
  }
  return size;
}
