import { STRIP_COUNT, stripOffsets } from '../cohorts/distance-classes.js';
import type { EntryProfile } from '../cohorts/entry-profile.js';
import { RATE_COUNT, type RateShares } from '../cohorts/exits.js';
import { latticePosition } from '../grid/price-lattice.js';
import { type ExposureMap, LONG, MAP_ROWS, SHORT, SIDES, type SideIndex } from './exposure-map.js';

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

/** What all strips of the side being placed add, weighted: row x rate, reused likewise; rows outside the stretch are 0. */
const gains = new Float64Array(MAP_ROWS * RATE_COUNT);
/** What a unit of a strip's rows adds to its cells, and to the weighted sums, per rate. */
const unscaled = new Float64Array(RATE_COUNT);
const weighted = new Float64Array(RATE_COUNT);
/** What a cell's mass of each rate is of the size being placed. */
const standing = new Float64Array(RATE_COUNT);

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
  const count = readEntries(map, opening.profile);
  const markPosition = latticePosition(opening.mark) - map.origin;
  let passed = 0;
  for (let strip = 0; strip < STRIP_COUNT; strip++) {
    spread(side, strip, count, markPosition);
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

/** Where the size being placed was entered: middles of rows counted from the map's origin, and the share of each. Reused; grows as needed. */
let entryAt = new Float64Array(64);
let entryShare = new Float64Array(64);

function readEntries(map: ExposureMap, profile: EntryProfile): number {
  let count = 0;
  for (const [row, size] of profile.entries()) {
    if (count === entryAt.length) {
      entryAt = grown(entryAt);
      entryShare = grown(entryShare);
    }
    entryAt[count] = row + 0.5 - map.origin;
    entryShare[count] = size / profile.total;
    count++;
  }
  return count;
}

function grown(numbers: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * numbers.length);
  larger.set(numbers);
  return larger;
}

/** Writes the rows of one strip for a unit of size into the scratch. */
function spread(side: SideIndex, strip: number, count: number, markPosition: number): void {
  const [lower, upper] = OFFSETS[side]![strip]!;
  const rows = cells[strip]!;
  const span = spans[strip]!;
  const perRow = 1 / (upper - lower);
  let survived = 0;
  let outside = 0;
  span.from = MAP_ROWS;
  span.to = 0;
  for (let k = 0; k < count; k++) {
    const entry = entryAt[k]!;
    const low = side === SHORT ? Math.max(entry + lower, markPosition) : entry + lower;
    const high = side === LONG ? Math.min(entry + upper, markPosition) : entry + upper;
    if (!(high > low)) continue;
    const density = entryShare[k]! * perRow;
    survived += (high - low) * density;
    const first = Math.max(0, Math.floor(low));
    const last = Math.min(MAP_ROWS, Math.ceil(high));
    if (first >= last) {
      outside += (high - low) * density;
      continue;
    }
    if (low < first || high > last) outside += (Math.max(0, first - low) + Math.max(0, high - last)) * density;
    if (first < span.from || last > span.to) widen(span, rows, first, last);
    // Between the first row and the last one, which may be covered in part, every row is covered whole.
    rows[first]! += (Math.min(high, first + 1) - Math.max(low, first)) * density;
    for (let i = first + 1; i < last - 1; i++) rows[i]! += density;
    if (last - 1 > first) rows[last - 1]! += (Math.min(high, last) - (last - 1)) * density;
  }
  span.survived = survived;
  span.outside = outside;
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
  const at = side * STRIP_COUNT + strip;
  const rows = cells[strip]!;
  const weight = map.weights[at]!;
  unscaled.fill(0);
  weighted.fill(0);
  for (const r of rates) {
    const own = (size * shares.strips[strip * RATE_COUNT + r]!) / map.factor[side * RATE_COUNT + r]!;
    unscaled[r] = own;
    weighted[r] = own * weight;
    map.beyond[at * RATE_COUNT + r]! += outside * own;
  }
  if (from >= to) return;
  for (let r = 0; r < RATE_COUNT; r++) standing[r] = map.factor[side * RATE_COUNT + r]! / size;
  addRows(map, at, rows, from, to);
  if (from < map.from[at]!) map.from[at] = from;
  if (to > map.to[at]!) map.to[at] = to;
}

/**
 * Adds from..to to a strip's cells and to the gains: five rates written out, because this is most of what a report costs. New
 * mass of a cell has lost nothing to stops yet, so what the cell has lost is averaged by mass.
 */
function addRows({ mass, worn }: ExposureMap, strip: number, rows: Float64Array, from: number, to: number): void {
  const [a, b, c, d, e] = [unscaled[0]!, unscaled[1]!, unscaled[2]!, unscaled[3]!, unscaled[4]!];
  const [wa, wb, wc, wd, we] = [weighted[0]!, weighted[1]!, weighted[2]!, weighted[3]!, weighted[4]!];
  const [sa, sb, sc, sd, se] = [standing[0]!, standing[1]!, standing[2]!, standing[3]!, standing[4]!];
  const start = strip * MAP_ROWS;
  for (let i = from; i < to; i++) {
    const share = rows[i]!;
    const at = (start + i) * RATE_COUNT;
    const before = worn[start + i]!;
    if (before > 0) {
      const held = mass[at]! * sa + mass[at + 1]! * sb + mass[at + 2]! * sc + mass[at + 3]! * sd + mass[at + 4]! * se;
      worn[start + i] = held > 0 ? (before * held) / (held + share) : 0;
    }
    mass[at]! += share * a;
    mass[at + 1]! += share * b;
    mass[at + 2]! += share * c;
    mass[at + 3]! += share * d;
    mass[at + 4]! += share * e;
    const gain = i * RATE_COUNT;
    gains[gain]! += share * wa;
    gains[gain + 1]! += share * wb;
    gains[gain + 2]! += share * wc;
    gains[gain + 3]! += share * wd;
    gains[gain + 4]! += share * we;
  }
}

/** Adds what all strips gained to the weighted sums, and empties it. */
function addGains(map: ExposureMap, side: SideIndex, { birth }: Opening, rates: readonly number[]): void {
  const minutes = map.minutesOf(birth);
  const [from, to] = map.rowsOfSide(side);
  const { total, born } = map;
  for (const r of rates) {
    const sum = (side * RATE_COUNT + r) * MAP_ROWS;
    for (let i = from; i < to; i++) {
      const more = gains[i * RATE_COUNT + r]!;
      total[sum + i]! += more;
      born[sum + i]! += more * minutes;
    }
  }
  gains.fill(0, from * RATE_COUNT, to * RATE_COUNT);
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
