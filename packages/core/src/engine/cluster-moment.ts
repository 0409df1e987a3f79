import { usdOnReference, type VenueExposure } from '../aggregate/venue-sample.js';
import { addShifted } from '../aggregate/merge-venues.js';
import type { ClusterMoment, ClusterRows } from '../clusters/cluster-rows.js';
import { STRIP_COUNT } from '../cohorts/distance-classes.js';
import { LONG, MAP_ROWS, SHORT, type SideIndex } from '../exposure/exposure-map.js';
import type { DensitySample } from '../grid/column-series.js';
import type { DurationMs, Fraction, LatticeRow, Price, UnixMs, Usd } from '../model/units.js';
import type { VenueId } from '../model/venue.js';
import { detailOfBand } from './band-detail.js';
import { shownRows } from './flow-rows.js';
import type { InstrumentEstimate } from './instrument-estimate.js';

/** One venue as clusters are looked for in it. */
export type WatchedVenue = VenueExposure & {
  readonly venue: VenueId;
  /** Its index among the vectors of a sample. */
  readonly index: number;
  readonly estimate: InstrumentEstimate;
};

/** What a look at the engine gives: the first venue named is the reference. */
export interface WatchLook {
  readonly time: UnixMs;
  readonly mark: Price;
  readonly medianTrade: number;
  readonly sample: DensitySample;
  readonly venues: readonly WatchedVenue[];
  /** Whose prices the rows are of; undefined before it is listed. */
  readonly reference: InstrumentEstimate | undefined;
  readonly detailKeptMs: DurationMs | undefined;
}

/** What an instrument held at the look before: side x row of its own grid, USD; and its open interest, contract units. */
export interface HeldRows {
  readonly origin: number;
  readonly rows: Float64Array;
  readonly openInterest: number;
}

/**
 * Variance of lumps that is left after rows were smoothed by 1 4 6 4 1: positions fall into rows independently, so the kernel
 * takes (1 + 16 + 36 + 16 + 1) / 256 of it. The search compares smoothed rows with deviations smoothed as if they erred together.
 */
const LUMPS_LEFT = 70 / 256;
/** Strips that an ordinary row is made of, by equal parts (sum squared over sum of squares). MEASURED_BELOW */
const STRIPS_IN_ROW = 20;

const NOTHING = new Float64Array(MAP_ROWS);
const ownRows = new Float64Array(2 * MAP_ROWS);

/** The moment a tracker takes, and what is held for the next one. Of flows nothing is cleared here. */
export function momentOf(
  look: WatchLook,
  heldBefore: ReadonlyMap<string, HeldRows>,
): { readonly moment: ClusterMoment; readonly held: ReadonlyMap<string, HeldRows> } {
  const { time, mark, venues, reference, detailKeptMs } = look;
  const closed = [new Float64Array(MAP_ROWS), new Float64Array(MAP_ROWS)] as const;
  const held = new Map<string, HeldRows>();
  let [openInterest, fall, printed, corrected] = [0, 0, 0, 0];
  for (const venue of venues) {
    const { estimate } = venue;
    const { flows, spec } = estimate;
    const before = heldBefore.get(spec.id);
    const after = holdRows(venue, look.sample);
    held.set(spec.id, after);
    if (before !== undefined && flows.isBusy) addClosed(venue, before, after, look.sample.origin, closed);
    const worth = spec.kind === 'linear' ? estimate.priceAt(time) : 1;
    openInterest += worth * (estimate.isRelative ? booksOf(estimate) : estimate.openInterest);
    const fallen = (before?.openInterest ?? Number.NaN) - after.openInterest;
    if (fallen > 0) fall += fallen * worth;
    printed += flows.printedSum;
    corrected += flows.correctedSum;
  }
  const sides = { long: sideRows(look, LONG, closed[LONG]), short: sideRows(look, SHORT, closed[SHORT]) };
  const moment: ClusterMoment = {
    time,
    mark,
    markLow: Math.min(mark, reference?.flows.low ?? mark) as Price,
    markHigh: Math.max(mark, reference?.flows.high ?? mark) as Price,
    openInterest: (openInterest > 0 ? openInterest : 0) as Usd,
    medianTrade: look.medianTrade as Usd,
    openInterestFall: fall as Usd,
    feedGain: (corrected > 0 ? printed / corrected : 1) as Fraction,
    ...(detailKeptMs === undefined ? {} : { detailKeptMs }),
    ...sides,
  };
  return { moment, held };
}

function booksOf({ map }: InstrumentEstimate): number {
  return map.sumInReach(LONG) + map.sumOutOfReach(LONG);
}

/** USD on the venue's own grid: what the sample holds where rows did not have to be moved, else looked up again. */
function holdRows(venue: WatchedVenue, sample: DensitySample): HeldRows {
  const { map, estimate, index } = venue;
  const rows = new Float64Array(2 * MAP_ROWS);
  const isSampled = venue.shiftRows === 0 && map.origin === sample.origin;
  for (const side of [LONG, SHORT] as const) {
    const own = isSampled ? (side === LONG ? sample.long : sample.short)[index]! : shownRows(map, side);
    rows.set(own, side * MAP_ROWS);
    if (!isSampled) timesPrice(venue, rows.subarray(side * MAP_ROWS, (side + 1) * MAP_ROWS));
  }
  return { origin: map.origin, rows, openInterest: estimate.openInterest };
}

function timesPrice({ kind, map }: VenueExposure, rows: Float64Array): void {
  if (kind !== 'linear') return;
  const prices = map.middlePrices();
  for (let i = 0; i < rows.length; i++) rows[i]! *= prices[i]!;
}

/**
 * What a row lost that no other flow explains: before + opened - swept - learned anew - now, where that is above 0. It is found
 * on the venue's own grid, because on the reference's every change of the basis would move exposure between rows.
 */
function addClosed(
  venue: WatchedVenue,
  before: HeldRows,
  after: HeldRows,
  origin: number,
  closed: readonly [Float64Array, Float64Array],
): void {
  const { flows } = venue.estimate;
  const moved = after.origin - before.origin;
  for (const side of [LONG, SHORT] as const) {
    const own = ownRows.subarray(side * MAP_ROWS, (side + 1) * MAP_ROWS);
    const start = side * MAP_ROWS;
    for (let i = 0; i < MAP_ROWS; i++) own[i] = flows.opened[start + i]! - flows.swept[start + i]! - flows.revised[start + i]!;
    timesPrice(venue, own);
    for (let i = 0; i < MAP_ROWS; i++) {
      const row = i + moved;
      const stood = row >= 0 && row < MAP_ROWS ? before.rows[start + row]! : 0;
      own[i] = Math.max(0, own[i]! + stood - after.rows[start + i]!);
    }
    addShifted(own, venue.map.origin, closed[side], origin, venue.shiftRows);
  }
}

function sideRows(look: WatchLook, side: SideIndex, closed: Float64Array): ClusterRows {
  const { sample, venues, time } = look;
  const { origin } = sample;
  const isBusy = venues.some(({ estimate }) => estimate.flows.isBusy);
  const flow = (key: 'opened' | 'swept' | 'printed'): Float64Array => {
    if (!isBusy) return NOTHING;
    const sum = new Float64Array(MAP_ROWS);
    for (const venue of venues) addFlow(venue, side, key, origin, sum);
    return sum;
  };
  return {
    originRow: origin as LatticeRow,
    p50: sumOf(side === LONG ? sample.long : sample.short),
    deviation: deviationOf(look, side),
    opened: flow('opened'),
    swept: flow('swept'),
    closed,
    printed: flow('printed'),
    detail: (low, high) => detailOfBand(venues, { side, low, high, time }),
  };
}

function addFlow(
  venue: WatchedVenue,
  side: SideIndex,
  key: 'opened' | 'swept' | 'printed',
  origin: number,
  sum: Float64Array,
): void {
  const { flows } = venue.estimate;
  if (!flows.isBusy) return;
  const own = flows[key].slice(side * MAP_ROWS, (side + 1) * MAP_ROWS);
  // Prints are USD already; they only have to be moved.
  if (key === 'printed') addShifted(own, venue.map.origin, sum, origin, venue.shiftRows);
  else addShifted(usdOnReference(venue, own, origin), origin, sum, origin, 0);
}

function sumOf(vectors: readonly Float64Array[]): Float64Array {
  const [first] = vectors;
  if (first !== undefined && vectors.length === 1) return first;
  const sum = new Float64Array(MAP_ROWS);
  for (const rows of vectors) for (let i = 0; i < MAP_ROWS; i++) sum[i]! += rows[i]!;
  return sum;
}

/**
 * Standard deviation of each row against its neighbors, as it is felt after smoothing: positions are lumps, and each of the
 * strips a row is made of errs on its own. Classes and sides err as wholes and make no peak, so they are left out.
 */
function deviationOf({ sample, venues }: WatchLook, side: SideIndex): Float64Array {
  const variance = new Float64Array(MAP_ROWS);
  const prices = venues.find(({ map }) => map.origin === sample.origin)?.map.middlePrices();
  for (const { kind, doubt, index } of venues) {
    const rows = (side === LONG ? sample.long : sample.short)[index]!;
    let strips = 0;
    for (let s = side * STRIP_COUNT; s < (side + 1) * STRIP_COUNT; s++) strips += doubt.strips[s]!;
    const relative = strips / STRIP_COUNT / STRIPS_IN_ROW;
    const lump = LUMPS_LEFT * doubt.size;
    for (let i = 0; i < MAP_ROWS; i++) {
      const usd = rows[i]!;
      if (usd > 0) variance[i]! += usd * (usd * relative + lump * (kind === 'linear' ? (prices?.[i] ?? 0) : 1));
    }
  }
  for (let i = 0; i < MAP_ROWS; i++) if (variance[i]! > 0) variance[i] = Math.sqrt(variance[i]!);
  return variance;
}
