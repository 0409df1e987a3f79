import { addDensity, detailOf, type DetailMoment, type DetailRows } from '../exposure/density.js';
import { MAP_ROWS, SIDES, type ExposureMap, type SideIndex } from '../exposure/exposure-map.js';
import type { DistanceDoubt } from '../exposure/learn-distances.js';
import type { SampleDetail } from '../grid/column-series.js';
import { LOG_ROW } from '../grid/price-lattice.js';
import type { ContractKind } from '../model/instrument.js';
import { addShifted } from './merge-venues.js';

/** One venue's exposure and how its prices relate to the reference's. */
export interface VenueExposure {
  readonly map: ExposureMap;
  readonly kind: ContractKind;
  readonly doubt: DistanceDoubt;
  /** log(reference mark / this venue's mark) in rows; 0 for the reference and where a mark is missing. */
  readonly shiftRows: number;
}

/** log of the ratio of two marks in rows; 0 where one is unknown. */
export function shiftOf(referenceMark: number, mark: number): number {
  return referenceMark > 0 && mark > 0 ? Math.log(referenceMark / mark) / LOG_ROW : 0;
}

/**
 * Turns sizes per row of one venue's map (contract units) into USD on the reference's rows from `origin`: coin at the row's
 * middle price, USD contracts as they are. `rows` is overwritten and returned where no row has to move.
 */
export function usdOnReference(venue: VenueExposure, rows: Float64Array, origin: number): Float64Array {
  if (venue.kind === 'linear') timesPrice(venue, rows);
  if (isInPlace(venue, origin)) return rows;
  const target = new Float64Array(MAP_ROWS);
  addShifted(rows, venue.map.origin, target, origin, venue.shiftRows);
  return target;
}

/** Rows that were read of a map, per side, and at which of its changes. */
interface KeptRows {
  readonly change: number;
  readonly kind: ContractKind;
  readonly rows: Float64Array;
}
const kept = new WeakMap<ExposureMap, [long?: KeptRows, short?: KeptRows]>();

/**
 * Standing USD per row of one side on the reference's rows. Not to be written: between two reports most seconds change nothing,
 * and then what was read before is given again.
 */
export function standingRows(venue: VenueExposure, side: SideIndex, origin: number): Float64Array {
  if (!isInPlace(venue, origin)) return usdOnReference(venue, readRows(venue.map, side), origin);
  const { map, kind } = venue;
  const ofMap = kept.get(map) ?? [];
  const before = ofMap[side];
  if (before?.change === map.changes[side] && before.kind === kind) return before.rows;
  const rows = usdOnReference(venue, readRows(map, side), origin);
  ofMap[side] = { change: map.changes[side], kind, rows };
  kept.set(map, ofMap);
  return rows;
}

function readRows(map: ExposureMap, side: SideIndex): Float64Array {
  const rows = fresh();
  addDensity(map, side, rows);
  return rows;
}

/** Answer of `detailRows`, reused: every column of the past asks. */
const detail: SampleDetail = { middle: fresh(), variance: fresh(), age: fresh() };

/**
 * Sums of both sides of all venues that spread and age are made of, per row of the reference's rows from `origin`, USD. The rows
 * returned hold until the next question.
 */
export function detailRows(venues: readonly VenueExposure[], origin: number, moment: DetailMoment): SampleDetail {
  for (const rows of [detail.middle, detail.variance, detail.age]) rows.fill(0);
  for (const side of SIDES) addDetail(venues, side, origin, moment, detail);
  return detail;
}

/** The same of one side. */
export function detailOfSide(
  venues: readonly VenueExposure[],
  side: SideIndex,
  origin: number,
  moment: DetailMoment,
): SampleDetail {
  const own = { middle: fresh(), variance: fresh(), age: fresh() };
  addDetail(venues, side, origin, moment, own);
  return own;
}

/** Standard deviations of one side so far, reused: questions do not nest. */
const deviations = fresh();

/**
 * Adds one side. Venues have learned from one another and from like priors, so what is doubted of shares is doubted of all of
 * them alike and standard deviations add up; that positions are lumps is chance of each venue's own.
 */
function addDetail(
  venues: readonly VenueExposure[],
  side: SideIndex,
  origin: number,
  moment: DetailMoment,
  { middle, variance, age }: SampleDetail,
): void {
  deviations.fill(0);
  for (const venue of venues) {
    const own = detailOf(venue.map, side, venue.doubt, moment);
    if (isInPlace(venue, origin)) {
      addInPlace(venue, own, { middle, variance, age });
      continue;
    }
    addInto(middle, usdOnReference(venue, own.middle, origin));
    addInto(deviations, usdOnReference(venue, own.deviation, origin));
    // A variance is in squared units.
    if (venue.kind === 'linear') timesPrice(venue, own.lumps);
    addInto(variance, usdOnReference(venue, own.lumps, origin));
    addInto(age, usdOnReference(venue, own.age, origin));
  }
  for (let i = 0; i < MAP_ROWS; i++) variance[i]! += deviations[i]! * deviations[i]!;
}

/** The same of a venue whose rows need not be moved, in one pass. */
function addInPlace({ map, kind }: VenueExposure, own: DetailRows, { middle, variance, age }: SampleDetail): void {
  const prices = map.middlePrices();
  const isLinear = kind === 'linear';
  for (let i = own.from; i < own.to; i++) {
    const size = own.middle[i]!;
    if (size === 0) continue;
    const price = isLinear ? prices[i]! : 1;
    middle[i]! += size * price;
    deviations[i]! += own.deviation[i]! * price;
    variance[i]! += own.lumps[i]! * price * price;
    age[i]! += own.age[i]! * price;
  }
}

/** Whether a venue's rows lie on the rows from `origin` as they are: the reference's, and any that trades at its price. */
export function isInPlace({ shiftRows, map }: VenueExposure, origin: number): boolean {
  return shiftRows === 0 && map.origin === origin;
}

/** Adds vectors of equal length. */
export function addInto(target: Float64Array, source: Float64Array, weight = 1): void {
  for (let i = 0; i < target.length; i++) target[i]! += source[i]! * weight;
}

function timesPrice(venue: VenueExposure, rows: Float64Array): void {
  const prices = venue.map.middlePrices();
  for (let i = 0; i < rows.length; i++) rows[i]! *= prices[i]!;
}

function fresh(): Float64Array {
  return new Float64Array(MAP_ROWS);
}
