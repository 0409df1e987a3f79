import { STRIP_COUNT, stripOffsets } from '../cohorts/distance-classes.js';
import type { EntryProfile } from '../cohorts/entry-profile.js';
import { RATE_COUNT, type RateShares } from '../cohorts/exits.js';
import { latticePosition } from '../grid/price-lattice.js';
import { ExposureMap, LONG, MAP_ROWS, SHORT, SIDES, type SideIndex } from './exposure-map.js';
import { mixWorn } from './stops.js';

/** Positions to be placed. */
export interface Opening {
  /** Contract units, placed on this side. */
  readonly size: number;
  readonly profile: EntryProfile;
  /** Current mark: a position whose liquidation price it has passed cannot have survived. */
  readonly mark: number;
  /** How the size is divided over exit rates. */
  readonly shares: RateShares;
  /** Only this rate is placed; all of them when undefined. */
  readonly onlyRate?: number;
  /** Time of opening, Unix ms. */
  readonly birth: number;
}

/** Offsets of every strip, side x strip. */
const OFFSETS = SIDES.map((side) =>
  Array.from({ length: STRIP_COUNT }, (_, strip) => stripOffsets(side === LONG ? 'long' : 'short', strip)),
);

/** Rows of every strip of the side being placed, reused: calls must not nest. */
const cells = Array.from({ length: STRIP_COUNT }, () => new Float64Array(MAP_ROWS));

const ALL_RATES: readonly number[] = Array.from({ length: RATE_COUNT }, (_, r) => r);

/** What all strips of the side being placed add to each row of a rate, weighted, reused likewise; rows outside the stretch are 0. */
const gains = Array.from({ length: RATE_COUNT }, () => new Float64Array(MAP_ROWS));

/** What became of a strip: rows written, share that the mark has not passed, share that lies off the grid. */
interface Span {
  from: number;
  to: number;
  survived: number;
  outside: number;
}
const spans: readonly Span[] = Array.from({ length: STRIP_COUNT }, () => ({ from: 0, to: 0, survived: 0, outside: 0 }));

/**
 * Places newly opened size of one side into every strip's book: entry prices from the profile, uniform inside a strip (on the
 * log axis). Size that the mark has already passed is given to the rest in proportion, because it was opened and closed
 * within the interval and open interest does not contain it. `byRow` (side x row, where given) is added what each row gains.
 */
export function openPositions(map: ExposureMap, side: SideIndex, opening: Opening, byRow?: Float64Array): void {
  if (!(opening.size > 0) || !(opening.profile.total > 0)) return;
  if (Number.isNaN(map.epoch)) map.epoch = opening.birth;
  map.touch(side);
  const entries = [...opening.profile.entries()];
  const markPosition = latticePosition(opening.mark) - map.origin;
  let passed = 0;
  for (let strip = 0; strip < STRIP_COUNT; strip++) {
    spread(map, side, strip, entries, opening.profile.total, markPosition);
    passed += map.weights[side * STRIP_COUNT + strip]! * (1 - spans[strip]!.survived);
  }
  const size = opening.size / Math.max(1e-3, 1 - passed);
  const { onlyRate, shares } = opening;
  const rates = onlyRate === undefined ? ALL_RATES : [onlyRate];
  for (let strip = 0; strip < STRIP_COUNT; strip++) {
    placeStrip(map, side, strip, opening, size, rates);
    if (byRow !== undefined) noteRows(side, strip, size * map.weights[side * STRIP_COUNT + strip]!, byRow);
  }
  addGains(map, side, opening, rates);
  for (const r of rates) {
    const at = side * RATE_COUNT + r;
    map.stock[at]! += (size * shares.outOfReach[r]!) / map.factor[at]!;
  }
  coverMarkRow(map, side, markPosition);
}

/** Writes the rows of one strip for a unit of size into the scratch. */
function spread(
  map: ExposureMap,
  side: SideIndex,
  strip: number,
  entries: readonly (readonly [row: number, size: number])[],
  total: number,
  markPosition: number,
): void {
  const [lower, upper] = OFFSETS[side]![strip]!;
  const rows = cells[strip]!;
  const span = spans[strip]!;
  const perRow = 1 / (total * (upper - lower));
  span.from = MAP_ROWS;
  span.to = 0;
  span.survived = 0;
  span.outside = 0;
  for (const [row, size] of entries) {
    const entry = row + 0.5 - map.origin;
    const low = side === SHORT ? Math.max(entry + lower, markPosition) : entry + lower;
    const high = side === LONG ? Math.min(entry + upper, markPosition) : entry + upper;
    if (!(high > low)) continue;
    const density = size * perRow;
    span.survived += (high - low) * density;
    const first = Math.max(0, Math.floor(low));
    const last = Math.min(MAP_ROWS, Math.ceil(high));
    if (first >= last) {
      span.outside += (high - low) * density;
      continue;
    }
    span.outside += (Math.max(0, first - low) + Math.max(0, high - last)) * density;
    widen(span, rows, first, last);
    for (let i = first; i < last; i++) rows[i]! += (Math.min(high, i + 1) - Math.max(low, i)) * density;
  }
}

/** Grows the written stretch of a scratch row to first..last, emptying what is new. */
function widen(span: Span, rows: Float64Array, first: number, last: number): void {
  if (span.from >= span.to) {
    rows.fill(0, first, last);
    span.from = first;
    span.to = last;
    return;
  }
  if (first < span.from) {
    rows.fill(0, first, span.from);
    span.from = first;
  }
  if (last > span.to) {
    rows.fill(0, span.to, last);
    span.to = last;
  }
}

function placeStrip(
  map: ExposureMap,
  side: SideIndex,
  strip: number,
  { shares }: Opening,
  size: number,
  rates: readonly number[],
): void {
  const { from, to, outside } = spans[strip]!;
  const rows = cells[strip]!;
  for (let i = from; i < to; i++) mixWorn(map, side, strip, i, rows[i]! * size);
  const weight = map.weights[side * STRIP_COUNT + strip]!;
  const { mass } = map;
  for (const r of rates) {
    const at = side * RATE_COUNT + r;
    const part = ExposureMap.part(side, strip, r);
    const unscaled = (size * shares.strips[strip * RATE_COUNT + r]!) / map.factor[at]!;
    if (unscaled === 0) continue;
    const cell = part * MAP_ROWS;
    const gain = gains[r]!;
    for (let i = from; i < to; i++) {
      const more = rows[i]! * unscaled;
      mass[cell + i]! += more;
      gain[i]! += more * weight;
    }
    map.beyond[part]! += outside * unscaled;
    if (from >= to) continue;
    if (from < map.from[part]!) map.from[part] = from;
    if (to > map.to[part]!) map.to[part] = to;
  }
}

/** Adds what all strips gained to the weighted sums, and empties it. */
function addGains(map: ExposureMap, side: SideIndex, { birth }: Opening, rates: readonly number[]): void {
  const minutes = map.minutesOf(birth);
  const [from, to] = map.rowsOfSide(side);
  const { total, born } = map;
  for (const r of rates) {
    const sum = (side * RATE_COUNT + r) * MAP_ROWS;
    const gain = gains[r]!;
    for (let i = from; i < to; i++) {
      const more = gain[i]!;
      if (more === 0) continue;
      total[sum + i]! += more;
      born[sum + i]! += more * minutes;
      gain[i] = 0;
    }
  }
}

/** Notes per row what one strip gains over all rates, whose shares sum to 1. */
function noteRows(side: SideIndex, strip: number, size: number, byRow: Float64Array): void {
  const { from, to } = spans[strip]!;
  const rows = cells[strip]!;
  for (let i = from; i < to; i++) byRow[side * MAP_ROWS + i]! += rows[i]! * size;
}

/** New mass fills only the part of the mark's own row that the mark has not passed. */
function coverMarkRow(map: ExposureMap, side: SideIndex, markPosition: number): void {
  const row = Math.floor(markPosition);
  if (row < 0 || row >= MAP_ROWS) return;
  const inside = markPosition - row;
  const cell = side * MAP_ROWS + row;
  map.sweptShare[cell] = Math.max(map.sweptShare[cell]!, side === LONG ? 1 - inside : inside);
}
