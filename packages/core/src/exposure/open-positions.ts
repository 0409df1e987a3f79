import { CLASS_COUNT, PRIOR, PRIOR_OUT_OF_REACH, classOffsets } from '../cohorts/distance-classes.js';
import type { EntryProfile } from '../cohorts/entry-profile.js';
import { RATE_COUNT } from '../cohorts/exits.js';
import { latticePosition } from '../grid/price-lattice.js';
import { ExposureMap, LONG, MAP_ROWS, type SideIndex } from './exposure-map.js';

/** Positions to be placed. */
export interface Opening {
  /** Contract units, placed on this side. */
  readonly size: number;
  readonly profile: EntryProfile;
  /** Current mark: a position whose liquidation price it has passed cannot have survived. */
  readonly mark: number;
  /** Share per exit rate, sum 1. */
  readonly rateWeights: readonly number[];
  /** Time of opening per exit rate, ms. */
  readonly birth: readonly number[];
}

/** Scratch of one class's rows, reused: [index - from]. */
const scratch = Array.from({ length: CLASS_COUNT }, () => new Float64Array(MAP_ROWS));

/**
 * Places newly opened size of one side: entry prices from the profile, distances from the prior, uniform inside a class
 * (on the log axis). Size that the mark has already passed is given to the rest in proportion, because it was opened and
 * closed within the interval and open interest does not contain it. `scratch` is written, so calls must not nest.
 */
export function openPositions(map: ExposureMap, side: SideIndex, opening: Opening): void {
  if (!(opening.size > 0) || !(opening.profile.total > 0)) return;
  const markPosition = latticePosition(opening.mark) - map.origin;
  const spans = Array.from({ length: CLASS_COUNT }, (_, k) => spread(map, side, k, opening.profile, markPosition));
  const surviving = spans.reduce((sum, span, k) => sum + PRIOR[k]! * span.survived, PRIOR_OUT_OF_REACH);
  const scale = opening.size / surviving;
  spans.forEach((span, k) => placeClass(map, side, k, span, opening, scale * PRIOR[k]!));
  for (let r = 0; r < RATE_COUNT; r++) {
    map.outOfReach[side * RATE_COUNT + r]! += scale * PRIOR_OUT_OF_REACH * opening.rateWeights[r]!;
  }
}

interface Span {
  readonly from: number;
  readonly to: number;
  /** Share of the class that the mark has not passed. */
  readonly survived: number;
  /** Share of the class that lies outside the grid. */
  readonly outside: number;
}

function spread(map: ExposureMap, side: SideIndex, k: number, profile: EntryProfile, markPosition: number): Span {
  const [lower, upper] = classOffsets(side === LONG ? 'long' : 'short', k);
  const cells = scratch[k]!;
  let from = MAP_ROWS;
  let to = 0;
  let survived = 0;
  let outside = 0;
  for (const [row, size] of profile.entries()) {
    const entry = row + 0.5 - map.origin;
    let low = entry + lower;
    let high = entry + upper;
    const density = size / profile.total / (high - low);
    if (side === LONG) high = Math.min(high, markPosition);
    else low = Math.max(low, markPosition);
    if (!(high > low)) continue;
    survived += (high - low) * density;
    const first = Math.max(0, Math.floor(low));
    const last = Math.min(MAP_ROWS, Math.ceil(high));
    if (first >= last) {
      outside += (high - low) * density;
      continue;
    }
    outside += (Math.max(0, first - low) + Math.max(0, high - last)) * density;
    if (from >= to) {
      cells.fill(0, first, last);
      from = first;
      to = last;
    }
    if (first < from) {
      cells.fill(0, first, from);
      from = first;
    }
    if (last > to) {
      cells.fill(0, to, last);
      to = last;
    }
    for (let i = first; i < last; i++) cells[i]! += (Math.min(high, i + 1) - Math.max(low, i)) * density;
  }
  return { from, to, survived, outside };
}

function placeClass(map: ExposureMap, side: SideIndex, k: number, span: Span, opening: Opening, size: number): void {
  const cells = scratch[k]!;
  const markIndex = latticePosition(opening.mark) - map.origin;
  for (let i = span.from; i < span.to; i++) mixSweptShare(map, side, i, cells[i]! * size, markIndex);
  for (let r = 0; r < RATE_COUNT; r++) {
    const part = ExposureMap.part(side, k, r);
    map.depositRows(part, cells, span.from, span.to, size * opening.rateWeights[r]!, opening.birth[r]!);
    map.beyond[part]! += span.outside * size * opening.rateWeights[r]!;
  }
}

/** New mass fills the part of a row the mark has not passed; what the row has lost before is averaged with it by mass. */
function mixSweptShare(map: ExposureMap, side: SideIndex, index: number, added: number, markIndex: number): void {
  const cell = side * MAP_ROWS + index;
  const before = map.sweptShare[cell]!;
  if (added === 0) return;
  const above = Math.min(1, Math.max(0, index + 1 - markIndex));
  const own = side === LONG ? above : 1 - above;
  if (before === own) return;
  let held = 0;
  for (let part = side * CLASS_COUNT * RATE_COUNT; part < (side + 1) * CLASS_COUNT * RATE_COUNT; part++) {
    held += map.mass[part * MAP_ROWS + index]! * map.factor[part]!;
  }
  map.sweptShare[cell] = held > 0 ? (before * held + own * added) / (held + added) : own;
}
