import { CLASS_COUNT } from '../cohorts/distance-classes.js';
import { RATE_COUNT } from '../cohorts/exits.js';
import { latticePosition } from '../grid/price-lattice.js';
import { LONG, MAP_ROWS, PARTS, SHORT, type ExposureMap, type SideIndex } from './exposure-map.js';

/**
 * Removes what the price has traded through: longs with a liquidation price at or above `low`, shorts at or below `high`.
 * Of the row the price stopped in, the share it crossed is removed, never more than once. The removed size becomes
 * `unattributed`: the contracts still exist until the venue reports less open interest, but who holds them is unknown.
 * Returns the size removed, contract units; `byClass` (2 x classes) is added to.
 */
export function sweep(map: ExposureMap, low: number, high: number, byClass: Float64Array): number {
  return sweepSide(map, LONG, low, byClass) + sweepSide(map, SHORT, high, byClass);
}

function sweepSide(map: ExposureMap, side: SideIndex, price: number, byClass: Float64Array): number {
  const position = latticePosition(price) - map.origin;
  const stop = Math.min(MAP_ROWS - 1, Math.max(0, Math.floor(position)));
  const inside = Math.min(1, Math.max(0, position - stop));
  const crossed = side === LONG ? 1 - inside : inside;
  const taken = partialShare(map, side, stop, crossed);
  let removed = 0;
  for (let part = side * PARTS; part < (side + 1) * PARTS; part++) {
    const size = takeFromPart(map, side, part, stop, taken);
    if (size === 0) continue;
    byClass[side * CLASS_COUNT + Math.floor((part - side * PARTS) / RATE_COUNT)]! += size;
    removed += size;
  }
  map.unattributed[side]! += removed;
  return removed;
}

/** Share of the stop row's remaining mass that lies between where price had been and where it is now. */
function partialShare(map: ExposureMap, side: SideIndex, stop: number, crossed: number): number {
  const cell = side * MAP_ROWS + stop;
  const before = map.sweptShare[cell]!;
  if (crossed <= before) return 0;
  map.sweptShare[cell] = crossed;
  return before >= 1 ? 0 : (crossed - before) / (1 - before);
}

function takeFromPart(map: ExposureMap, side: SideIndex, part: number, stop: number, taken: number): number {
  const start = part * MAP_ROWS;
  let size = 0;
  const from = side === LONG ? Math.max(stop + 1, map.from[part]!) : map.from[part]!;
  const to = side === LONG ? map.to[part]! : Math.min(stop, map.to[part]!);
  for (let i = from; i < to; i++) {
    size += map.mass[start + i]!;
    map.mass[start + i] = 0;
  }
  if (from < to) {
    if (side === LONG) map.to[part] = Math.max(map.from[part]!, stop + 1);
    else map.from[part] = Math.min(map.to[part]!, stop);
  }
  if (taken > 0 && stop >= map.from[part]! && stop < map.to[part]!) {
    const part0 = map.mass[start + stop]! * taken;
    size += part0;
    map.mass[start + stop]! -= part0;
  }
  if (size > 0) map.recount(part);
  return size * map.factor[part]!;
}
