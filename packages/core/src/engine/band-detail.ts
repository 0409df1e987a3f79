import type { VenueExposure } from '../aggregate/venue-sample.js';
import type { ClusterDetail } from '../clusters/cluster-rows.js';
import { CLASS_COUNT, DISTANCE_CLASSES, STRIP_COUNT, STRIPS } from '../cohorts/distance-classes.js';
import { RATE_COUNT } from '../cohorts/exits.js';
import { ExposureMap, MAP_ROWS, type SideIndex } from '../exposure/exposure-map.js';
import { MS_PER_MINUTE } from '../model/units.js';
import type { VenueId } from '../model/venue.js';
import { bandEdge } from '../numeric/gamma-band.js';

/** Rows low..high (exclusive) of the reference's lattice, one side, at a time. */
export interface BandQuestion {
  readonly side: SideIndex;
  readonly low: number;
  readonly high: number;
  readonly time: number;
}

/** What one venue has in a band, USD. */
interface VenueBand {
  readonly strips: Float64Array;
  /** USD x ms of the standing part, and the largest mean age among positions that leave at one rate. */
  age: number;
  oldestMs: number;
  /** USD of one position as it matters for the variance of a sum. */
  lump: number;
}

/**
 * Range, ages and parts of one band. The range is that of `queryDensity` for the band as one bin: strips, classes and the side
 * err each on their own, all venues alike, and positions are lumps. Of ages the books keep sums per exit rate alone, so the
 * oldest age is the mean of those that leave slowest.
 */
export function detailOfBand(
  venues: readonly (VenueExposure & { readonly venue: VenueId })[],
  question: BandQuestion,
): ClusterDetail {
  const classes = new Float64Array(CLASS_COUNT);
  const ofVenue = new Map<VenueId, number>();
  let [middle, deviation, lumps, age, oldestMs] = [0, 0, 0, 0, 0];
  for (const venue of venues) {
    const band = bandOfVenue(venue, question);
    let own = 0;
    band.strips.forEach((usd, strip) => {
      own += usd;
      classes[STRIPS[strip]!.classIndex]! += usd;
    });
    if (own === 0) continue;
    middle += own;
    age += band.age;
    oldestMs = Math.max(oldestMs, band.oldestMs);
    deviation += Math.sqrt(varianceOf(venue, question.side, band.strips, own));
    lumps += own * band.lump;
    ofVenue.set(venue.venue, own);
  }
  const variance = deviation * deviation + lumps;
  const shareOf = (usd: number) => (usd / middle) as ClusterDetail['venues'][number]['share'];
  return {
    p10: bandEdge(middle, variance, 'p10') as ClusterDetail['p10'],
    p50: middle as ClusterDetail['p50'],
    p90: bandEdge(middle, variance, 'p90') as ClusterDetail['p90'],
    meanAgeMs: (middle > 0 ? Math.max(0, age / middle) : 0) as ClusterDetail['meanAgeMs'],
    oldestAgeMs: oldestMs as ClusterDetail['oldestAgeMs'],
    venues: [...ofVenue].map(([part, usd]) => ({ part, share: shareOf(usd) })),
    classes: DISTANCE_CLASSES.flatMap((part, k) => (classes[k]! > 0 ? [{ part, share: shareOf(classes[k]!) }] : [])),
  };
}

function bandOfVenue(venue: VenueExposure, { side, low, high, time }: BandQuestion): VenueBand {
  const { map, kind, doubt, shiftRows } = venue;
  const from = Math.max(0, low - shiftRows - map.origin);
  const to = Math.min(MAP_ROWS, high - shiftRows - map.origin);
  const band: VenueBand = { strips: new Float64Array(STRIP_COUNT), age: 0, oldestMs: 0, lump: doubt.size };
  if (!(to > from)) return band;
  const first = Math.floor(from);
  const last = Math.ceil(to);
  const prices = map.middlePrices();
  const worth = Float64Array.from({ length: last - first }, (_, k) => {
    const overlap = Math.min(to, first + k + 1) - Math.max(from, first + k);
    return overlap * (kind === 'linear' ? prices[first + k]! : 1);
  });
  if (kind === 'linear') band.lump *= prices[Math.floor((from + to) / 2)]!;
  const scale = map.shownScale(side);
  addStrips(map, side, first, worth, scale, band.strips);
  const now = map.minutesOf(time);
  for (let r = 0; r < RATE_COUNT; r++) {
    const at = side * RATE_COUNT + r;
    let usd = 0;
    let usdMinutes = 0;
    for (let k = 0; k < worth.length; k++) {
      const cell = at * MAP_ROWS + first + k;
      usd += map.total[cell]! * worth[k]!;
      usdMinutes += (map.total[cell]! * now - map.born[cell]!) * worth[k]!;
    }
    band.age += usdMinutes * map.factor[at]! * scale * MS_PER_MINUTE;
    if (usd > 0) band.oldestMs = Math.max(band.oldestMs, (usdMinutes / usd) * MS_PER_MINUTE);
  }
  return band;
}

/** Adds what each strip has in the rows from `first`, times what the part of each row is worth. */
function addStrips(
  map: ExposureMap,
  side: SideIndex,
  first: number,
  worth: Float64Array,
  scale: number,
  strips: Float64Array,
): void {
  for (let strip = 0; strip < STRIP_COUNT; strip++) {
    const weight = map.weights[side * STRIP_COUNT + strip]! * scale;
    if (weight === 0) continue;
    const [from, last] = map.rowsOf(side, strip);
    const to = Math.min(last, first + worth.length);
    let usd = 0;
    for (let i = Math.max(from, first); i < to; i++) {
      const cell = ExposureMap.cell(side, strip, i);
      let size = 0;
      for (let r = 0; r < RATE_COUNT; r++) size += map.mass[cell + r]! * map.factor[side * RATE_COUNT + r]!;
      usd += size * worth[i - first]!;
    }
    strips[strip] = usd * weight;
  }
}

function varianceOf({ doubt }: VenueExposure, side: SideIndex, strips: Float64Array, own: number): number {
  let variance = own * own * doubt.sides[side]!;
  let ofClass = 0;
  for (let strip = 0; strip < STRIP_COUNT; strip++) {
    const usd = strips[strip]!;
    variance += usd * usd * doubt.strips[side * STRIP_COUNT + strip]!;
    ofClass += usd;
    const { classIndex } = STRIPS[strip]!;
    if (STRIPS[strip + 1]?.classIndex === classIndex) continue;
    variance += ofClass * ofClass * doubt.classes[side * CLASS_COUNT + classIndex]!;
    ofClass = 0;
  }
  return variance;
}
