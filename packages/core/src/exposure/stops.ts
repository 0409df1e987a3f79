import { middleDistance, STRIP_COUNT } from '../cohorts/distance-classes.js';
import { RATE_COUNT } from '../cohorts/exits.js';
import { LOG_ROW } from '../grid/price-lattice.js';
import { ExposureMap, LONG, MAP_ROWS, type SideIndex } from './exposure-map.js';

/** Share of positions that are stopped out before price reaches their liquidation price (chosen on simulated markets, docs/method.md#stops). */
export const STOPPED_SHARE = 0.62;
/** Stops lie between these shares of the path from entry to liquidation. */
const FIRST_STOP = 0.3;
const STOP_SPAN = 0.65;

/** Path from entry to liquidation in rows, side x strip. */
const PATH_ROWS = [-1, 1].map((sign) =>
  Float64Array.from({ length: STRIP_COUNT }, (_, k) => Math.abs(Math.log(1 + sign * middleDistance(k))) / LOG_ROW),
);

/** Share of positions that are still open when price has come a fraction of the way from entry to liquidation. */
export function unstopped(pathFraction: number, stoppedShare: number): number {
  return 1 - stoppedShare * Math.min(1, Math.max(0, (pathFraction - FIRST_STOP) / STOP_SPAN));
}

/**
 * Closes by their stops the positions that `extreme` (a lattice position on the grid: lowest mark for longs, highest for
 * shorts) has come near to. What a cell has lost is remembered, so that coming as near again closes nothing more.
 * `byStrip` (side x strip) is added the size that each strip's book loses.
 */
export function wearStops(
  map: ExposureMap,
  side: SideIndex,
  extreme: number,
  stoppedShare: number,
  byStrip: Float64Array,
): void {
  const sign = side === LONG ? -1 : 1;
  for (let strip = 0; strip < STRIP_COUNT; strip++) {
    const path = PATH_ROWS[side]![strip]!;
    const reach = (1 - FIRST_STOP) * path;
    const [from, to] = map.rowsOf(side, strip);
    const first = Math.max(from, Math.ceil(side === LONG ? extreme - reach - 0.5 : extreme - 0.5));
    const last = Math.min(to - 1, Math.floor(side === LONG ? extreme - 0.5 : extreme + reach - 0.5));
    const slope = stoppedShare / STOP_SPAN;
    const start = (side * STRIP_COUNT + strip) * MAP_ROWS;
    let lost = 0;
    for (let row = first; row <= last; row++) {
      const fraction = 1 - (sign * (row + 0.5 - extreme)) / path;
      const worn = Math.min(stoppedShare, slope * (fraction - FIRST_STOP));
      const before = map.worn[start + row]!;
      if (worn <= before + 1e-6) continue;
      lost += keepShare(map, side, strip, row, (1 - worn) / (1 - before));
      map.worn[start + row] = worn;
    }
    if (lost === 0) continue;
    map.touch(side);
    byStrip[side * STRIP_COUNT + strip]! += lost;
  }
}

function keepShare(map: ExposureMap, side: SideIndex, strip: number, row: number, kept: number): number {
  const weight = map.weights[side * STRIP_COUNT + strip]!;
  const first = ExposureMap.cell(side, strip, row);
  let lost = 0;
  for (let r = 0; r < RATE_COUNT; r++) {
    const at = side * RATE_COUNT + r;
    const cell = first + r;
    const taken = map.mass[cell]! * (1 - kept);
    if (taken === 0) continue;
    map.mass[cell]! -= taken;
    const sum = at * MAP_ROWS + row;
    const before = map.total[sum]!;
    const after = Math.max(0, before - taken * weight);
    map.total[sum] = after;
    map.born[sum] = before > 0 ? map.born[sum]! * (after / before) : 0;
    lost += taken * map.factor[at]!;
  }
  return lost;
}
