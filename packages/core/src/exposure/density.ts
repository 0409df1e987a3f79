import { CLASS_COUNT, STRIP_COUNT, STRIPS } from '../cohorts/distance-classes.js';
import { RATE_COUNT, survivalOf } from '../cohorts/exits.js';
import { MS_PER_HOUR, MS_PER_MINUTE } from '../model/units.js';
import { ExposureMap, MAP_ROWS, SIDES, type SideIndex } from './exposure-map.js';
import type { DistanceDoubt } from './learn-distances.js';

/** How long the doubt of each row, relative to what stands there, is kept before the books are looked through again. A lesson ends it sooner. */
const DOUBT_KEPT_MS = 3 * MS_PER_HOUR;

/** Adds one side's size per row (contract units, `MAP_ROWS` rows from the map's origin) to `target`. */
export function addDensity(map: ExposureMap, side: SideIndex, target: Float64Array): void {
  const scale = map.shownScale(side);
  const [from, to] = map.rowsOfSide(side);
  const { total } = map;
  for (let r = 0; r < RATE_COUNT; r++) {
    const at = side * RATE_COUNT + r;
    const factor = map.factor[at]! * scale;
    const start = at * MAP_ROWS;
    for (let i = from; i < to; i++) target[i]! += total[start + i]! * factor;
  }
}

/** What a column needs of one side beyond the density, per row; rows outside from..to hold nothing. */
export interface DetailRows {
  readonly from: number;
  readonly to: number;
  /** Size. */
  readonly middle: Float64Array;
  /** Standard deviation of the size as far as shares are doubted, contract units. */
  readonly deviation: Float64Array;
  /** Variance of the size because positions are lumps, squared contract units. */
  readonly lumps: Float64Array;
  /** Size x time since opening, ms. */
  readonly age: Float64Array;
}

/** When a detail is asked for, and whether the answer may be remembered: looking must leave no trace in the books. */
export interface DetailMoment {
  readonly time: number;
  readonly isLook: boolean;
}

/** Answer of `detailOf`, reused: questions do not nest. */
const asked = { middle: fresh(), deviation: fresh(), lumps: fresh(), age: fresh() };

/** Size, its doubts and its age per row of one side. The rows returned hold until the next question. */
export function detailOf(map: ExposureMap, side: SideIndex, doubt: DistanceDoubt, moment: DetailMoment): DetailRows {
  const { middle, deviation, lumps, age } = asked;
  const scale = map.shownScale(side);
  const [from, to] = map.rowsOfSide(side);
  const now = map.minutesOf(moment.time);
  const { total, born } = map;
  for (const rows of [middle, deviation, lumps, age]) rows.fill(0);
  for (let r = 0; r < RATE_COUNT; r++) {
    const at = side * RATE_COUNT + r;
    const factor = map.factor[at]! * scale;
    const start = at * MAP_ROWS;
    for (let i = from; i < to; i++) {
      const size = total[start + i]!;
      middle[i]! += size * factor;
      age[i]! += (size * now - born[start + i]!) * factor;
    }
  }
  const doubted = doubtedRows(map, doubt, moment);
  const rows = side * MAP_ROWS;
  const { size } = doubt;
  for (let i = from; i < to; i++) {
    const standing = middle[i]!;
    age[i]! *= MS_PER_MINUTE;
    deviation[i] = standing * doubted[rows + i]!;
    lumps[i] = standing * size;
  }
  return { from, to, ...asked };
}

const classRows = new Float64Array(MAP_ROWS);
const unstopped = new Float64Array(MAP_ROWS);

/** Relative doubt of each row, side x row: as remembered while that is recent, else by looking the books through. */
function doubtedRows(map: ExposureMap, doubt: DistanceDoubt, { time, isLook }: DetailMoment): Float64Array {
  if (time - map.doubtedAt < DOUBT_KEPT_MS) return map.doubted;
  const target = isLook ? new Float64Array(2 * MAP_ROWS) : map.doubted;
  if (!isLook) map.doubtedAt = time;
  for (const side of SIDES) lookThrough(map, side, doubt, target.subarray(side * MAP_ROWS, (side + 1) * MAP_ROWS));
  return target;
}

/** Strips err on their own, classes and the side as wholes. */
function lookThrough(map: ExposureMap, side: SideIndex, doubt: DistanceDoubt, doubted: Float64Array): void {
  const sum = fresh();
  doubted.fill(0);
  let first = MAP_ROWS;
  let last = 0;
  for (let strip = 0; strip < STRIP_COUNT; strip++) {
    const [from, to] = map.rowsOf(side, strip);
    if (from < to) {
      gather(map, side, strip, doubt.strips[side * STRIP_COUNT + strip]!, doubted);
      first = Math.min(first, from);
      last = Math.max(last, to);
    }
    const { classIndex } = STRIPS[strip]!;
    if (STRIPS[strip + 1]?.classIndex === classIndex) continue;
    settleClass([first, last], doubt.classes[side * CLASS_COUNT + classIndex]!, sum, doubted);
    [first, last] = [MAP_ROWS, 0];
  }
  for (let i = 0; i < MAP_ROWS; i++) {
    const size = sum[i]!;
    doubted[i] = size > 0 ? Math.sqrt(doubted[i]! / (size * size) + doubt.sides[side]!) : 0;
  }
  fillFromNeighbors(doubted);
}

/** Rows without mass take the doubt of a row that has some: what comes to stand there before the next look is no surer than that. */
function fillFromNeighbors(doubted: Float64Array): void {
  for (let i = 1; i < doubted.length; i++) if (doubted[i] === 0) doubted[i] = doubted[i - 1]!;
  for (let i = doubted.length - 2; i >= 0; i--) if (doubted[i] === 0) doubted[i] = doubted[i + 1]!;
}

/** Adds a strip's rows to its class, and what is doubted of them to the variance. */
function gather(map: ExposureMap, side: SideIndex, strip: number, doubted: number, variance: Float64Array): void {
  const [from, to] = map.rowsOf(side, strip);
  setTimes(map, side, strip, PLAIN);
  let cell = ExposureMap.cell(side, strip, from);
  for (let i = from; i < to; i++) {
    const size = sizeOfCell(map.mass, cell);
    classRows[i]! += size;
    variance[i]! += size * size * doubted;
    cell += RATE_COUNT;
  }
}

/** The same of a class that is complete; empties its rows. */
function settleClass(
  [from, to]: readonly [number, number],
  doubted: number,
  sum: Float64Array,
  variance: Float64Array,
): void {
  for (let i = from; i < to; i++) {
    const size = classRows[i]!;
    if (size === 0) continue;
    sum[i]! += size;
    variance[i]! += size * size * doubted;
    classRows[i] = 0;
  }
}

/**
 * Adds the bins of all strips of one side to `sum`, and to `variance` what is doubted of them: of strips, classes and the side.
 * The lumpiness of positions is not among it.
 */
export function addDoubts(
  strips: readonly Float64Array[],
  side: SideIndex,
  doubt: DistanceDoubt,
  sum: Float64Array,
  variance: Float64Array,
): void {
  const own = new Float64Array(sum.length);
  const ofClass = new Float64Array(sum.length);
  strips.forEach((bins, strip) => {
    const doubted = doubt.strips[side * STRIP_COUNT + strip]!;
    for (let i = 0; i < bins.length; i++) {
      const size = bins[i]!;
      ofClass[i]! += size;
      variance[i]! += size * size * doubted;
    }
    const { classIndex } = STRIPS[strip]!;
    if (STRIPS[strip + 1]?.classIndex === classIndex) return;
    const classDoubted = doubt.classes[side * CLASS_COUNT + classIndex]!;
    for (let i = 0; i < bins.length; i++) {
      own[i]! += ofClass[i]!;
      variance[i]! += ofClass[i]! * ofClass[i]! * classDoubted;
      ofClass[i] = 0;
    }
  });
  for (let i = 0; i < own.length; i++) {
    sum[i]! += own[i]!;
    variance[i]! += own[i]! * own[i]! * doubt.sides[side]!;
  }
}

/** Sizes per row, split by distance class, and once more per horizon: what would still be there to fire. */
export interface SplitRows {
  readonly classes: readonly Float64Array[];
  readonly horizons: readonly Float64Array[];
}

/**
 * Splits one side. Fresh vectors of `MAP_ROWS`. What fires within a horizon is what is neither closed voluntarily by then nor
 * stopped out on the way to its price.
 */
export function splitDensity(
  map: ExposureMap,
  side: SideIndex,
  horizonsMs: readonly number[],
  stoppedShare: number,
): SplitRows {
  const classes = Array.from({ length: CLASS_COUNT }, fresh);
  const horizons = horizonsMs.map(fresh);
  const survivals = horizonsMs.map((ms) => Array.from({ length: RATE_COUNT }, (_, r) => survivalOf(r, ms)));
  const scale = map.shownScale(side);
  for (let strip = 0; strip < STRIP_COUNT; strip++) {
    const weight = map.weights[side * STRIP_COUNT + strip]! * scale;
    const [from, to] = map.rowsOf(side, strip);
    if (weight === 0 || from >= to) continue;
    const ofClass = classes[STRIPS[strip]!.classIndex]!;
    const worn = (side * STRIP_COUNT + strip) * MAP_ROWS;
    for (let i = from; i < to; i++) unstopped[i] = Math.min(1, (1 - stoppedShare) / (1 - map.worn[worn + i]!));
    const factors = Array.from({ length: RATE_COUNT }, (_, r) => map.factor[side * RATE_COUNT + r]! * weight);
    for (let i = from; i < to; i++) {
      const cell = ExposureMap.cell(side, strip, i);
      for (let r = 0; r < RATE_COUNT; r++) {
        const size = map.mass[cell + r]! * factors[r]!;
        if (size === 0) continue;
        ofClass[i]! += size;
        for (let h = 0; h < horizons.length; h++) horizons[h]![i]! += size * unstopped[i]! * survivals[h]![r]!;
      }
    }
  }
  return { classes, horizons };
}

/** What is asked of strips: what stands, or what would still be there to fire after a while. */
export interface StripReading {
  /** Factor per exit rate. */
  readonly factors: readonly number[];
  /** Share of positions that stops close on the way; undefined where what stands is asked for. */
  readonly stoppedShare: number | undefined;
}

/** How one side is read: what stands, or with a horizon what is neither closed by then nor stopped out on the way. */
export function readingOf(
  map: ExposureMap,
  side: SideIndex,
  horizonMs: number | undefined,
  stoppedShare: number,
): StripReading {
  const scale = map.shownScale(side);
  const factors = Array.from({ length: RATE_COUNT }, (_, r) =>
    horizonMs === undefined ? scale : scale * survivalOf(r, horizonMs),
  );
  return { factors, stoppedShare: horizonMs === undefined ? undefined : stoppedShare };
}

/** Writes the sizes per row of one strip to the rows from..to of `target` that are returned; the others are left as they were. */
export function readStrip(
  map: ExposureMap,
  side: SideIndex,
  strip: number,
  { factors, stoppedShare }: StripReading,
  target: Float64Array,
): readonly [from: number, to: number] {
  const [from, to] = map.rowsOf(side, strip);
  if (from >= to) return [0, 0];
  target.fill(0, from, to);
  addStrip(map, side, strip, factors, target);
  if (stoppedShare !== undefined) {
    const worn = (side * STRIP_COUNT + strip) * MAP_ROWS;
    for (let i = from; i < to; i++) target[i]! *= Math.min(1, (1 - stoppedShare) / (1 - map.worn[worn + i]!));
  }
  return [from, to];
}

const PLAIN: readonly number[] = Array.from({ length: RATE_COUNT }, () => 1);

function addStrip(
  map: ExposureMap,
  side: SideIndex,
  strip: number,
  factors: readonly number[],
  target: Float64Array,
): void {
  const [from, to] = map.rowsOf(side, strip);
  setTimes(map, side, strip, factors);
  let cell = ExposureMap.cell(side, strip, from);
  for (let i = from; i < to; i++) {
    target[i]! += sizeOfCell(map.mass, cell);
    cell += RATE_COUNT;
  }
}

/** What a strip's size at each rate counts: weighted, aged, and times a factor of the rate. Reused. */
const times = new Float64Array(RATE_COUNT);

function setTimes(map: ExposureMap, side: SideIndex, strip: number, factors: readonly number[]): void {
  const weight = map.weights[side * STRIP_COUNT + strip]!;
  for (let r = 0; r < RATE_COUNT; r++) times[r] = map.factor[side * RATE_COUNT + r]! * weight * factors[r]!;
}

/** Size of one row of a strip over all rates, as `setTimes` has said. */
function sizeOfCell(mass: Float64Array, cell: number): number {
  let size = 0;
  for (let r = 0; r < RATE_COUNT; r++) size += mass[cell + r]! * times[r]!;
  return size;
}

function fresh(): Float64Array {
  return new Float64Array(MAP_ROWS);
}
