import { HIGH_FACTORS } from '../exposure/bands.js';
import { addDensity, addDetail, STANDING, weightsByClass, type DetailSums } from '../exposure/density.js';
import { LONG, MAP_ROWS, SHORT, type ExposureMap, type SideIndex } from '../exposure/exposure-map.js';
import { LOG_ROW } from '../grid/price-lattice.js';
import type { ContractKind } from '../model/instrument.js';
import { addShifted } from './merge-venues.js';

/** One venue's exposure and how its prices relate to the reference's. */
export interface VenueExposure {
  readonly map: ExposureMap;
  readonly kind: ContractKind;
  /** log(reference mark / this venue's mark) in rows; 0 for the reference and where a mark is missing. */
  readonly shiftRows: number;
}

const P90 = weightsByClass(HIGH_FACTORS);

/** log of the ratio of two marks in rows; 0 where one is unknown. */
export function shiftOf(referenceMark: number, mark: number): number {
  return referenceMark > 0 && mark > 0 ? Math.log(referenceMark / mark) / LOG_ROW : 0;
}

/**
 * Turns sizes per row of one venue's map (contract units) into USD on the reference's rows from `origin`: coin at the row's
 * middle price, USD contracts as they are. `rows` is overwritten and returned where no row has to move.
 */
export function usdOnReference(venue: VenueExposure, rows: Float64Array, origin: number): Float64Array {
  if (venue.kind === 'linear') {
    const prices = venue.map.middlePrices();
    for (let i = 0; i < rows.length; i++) rows[i]! *= prices[i]!;
  }
  if (venue.shiftRows === 0 && venue.map.origin === origin) return rows;
  const target = new Float64Array(MAP_ROWS);
  addShifted(rows, venue.map.origin, target, origin, venue.shiftRows);
  return target;
}

/** Standing USD per row of one side on the reference's rows. */
export function standingRows(venue: VenueExposure, side: SideIndex, origin: number): Float64Array {
  const rows = new Float64Array(MAP_ROWS);
  addDensity(venue.map, side, STANDING, rows);
  return usdOnReference(venue, rows, origin);
}

/** Sums of both sides of all venues that spread and age are made of, per row of the reference's rows from `origin`. */
export function detailRows(venues: readonly VenueExposure[], origin: number, time: number): DetailSums {
  let merged: DetailSums | undefined;
  for (const venue of venues) {
    const own = freshSums();
    for (const side of [LONG, SHORT] as const) addDetail(venue.map, side, P90, time, own);
    const placed: DetailSums = {
      middle: usdOnReference(venue, own.middle, origin),
      high: usdOnReference(venue, own.high, origin),
      born: usdOnReference(venue, own.born, origin),
    };
    merged = merged === undefined ? placed : added(merged, placed);
  }
  return merged ?? freshSums();
}

function added(target: DetailSums, more: DetailSums): DetailSums {
  addInto(target.middle, more.middle);
  addInto(target.high, more.high);
  addInto(target.born, more.born);
  return target;
}

/** Adds vectors of equal length. */
export function addInto(target: Float64Array, source: Float64Array, weight = 1): void {
  for (let i = 0; i < target.length; i++) target[i]! += source[i]! * weight;
}

function freshSums(): DetailSums {
  return { middle: new Float64Array(MAP_ROWS), high: new Float64Array(MAP_ROWS), born: new Float64Array(MAP_ROWS) };
}
