import { describe, expect, it } from 'vitest';
import { STRIP_COUNT } from '../cohorts/distance-classes.js';
import { EntryProfile } from '../cohorts/entry-profile.js';
import { OPENING_SHARES } from '../cohorts/exits.js';
import { closePositions } from '../exposure/close-positions.js';
import { conserve } from '../exposure/conserve.js';
import { addDensity, detailOf } from '../exposure/density.js';
import { ExposureMap, LONG, MAP_ROWS, SHORT, SIDES, type SideIndex } from '../exposure/exposure-map.js';
import { DistanceLearner } from '../exposure/learn-distances.js';
import { openPositions } from '../exposure/open-positions.js';
import { wearStops } from '../exposure/stops.js';
import { sweep } from '../exposure/sweep.js';
import { hypothesesOf, STANDARD_MODEL } from '../engine/model-options.js';
import { latticePosition, rowOfPrice } from '../grid/price-lattice.js';
import { standingRows, type VenueExposure } from './venue-sample.js';

const PRICE = 50_000;
const learner = new DistanceLearner(hypothesesOf(STANDARD_MODEL));

function open(map: ExposureMap, side: SideIndex, size: number): void {
  const profile = new EntryProfile();
  profile.addBar(PRICE * 0.995, PRICE * 1.005, size);
  openPositions(map, side, { size, profile, mark: PRICE, shares: OPENING_SHARES, birth: 0 });
}

function market(): VenueExposure {
  const map = new ExposureMap();
  map.origin = rowOfPrice(PRICE) - MAP_ROWS / 2;
  map.setWeights(learner.shares);
  map.report(1_000);
  for (const side of SIDES) open(map, side, 1_000);
  return { map, kind: 'linear', doubt: learner.doubt(1_000), shiftRows: 0 };
}

function readAnew({ map }: VenueExposure, side: SideIndex): Float64Array {
  const rows = new Float64Array(MAP_ROWS);
  addDensity(map, side, rows);
  const prices = map.middlePrices();
  return rows.map((size, i) => size * prices[i]!);
}

/** Everything that can change what a map shows. */
const CHANGES: Readonly<Record<string, (map: ExposureMap) => void>> = {
  'positions open': (map) => {
    for (const side of SIDES) open(map, side, 50);
  },
  'positions close': (map) => {
    for (const side of SIDES) closePositions(map, side, 3_600_000, 1);
  },
  'books are held against open interest': (map) => {
    for (const side of SIDES) conserve(map, side, 700);
  },
  'less open interest is reported than the books show': (map) => map.report(10),
  'price trades through': (map) => sweep(map, PRICE * 0.97, PRICE * 1.03, new Float64Array(2 * STRIP_COUNT)),
  'stops close': (map) => {
    const lost = new Float64Array(2 * STRIP_COUNT);
    wearStops(map, LONG, latticePosition(PRICE * 0.985) - map.origin, 0.62, lost);
    wearStops(map, SHORT, latticePosition(PRICE * 1.015) - map.origin, 0.62, lost);
  },
  'weights are learned': (map) => map.setWeights(learner.shares.map((share) => share * 0.8)),
};

describe('standing rows of a venue', () => {
  it('are read once while nothing changes', () => {
    const venue = market();
    for (const side of SIDES) {
      const first = standingRows(venue, side, venue.map.origin);
      expect(first.some((usd) => usd > 0)).toBe(true);
      expect(standingRows(venue, side, venue.map.origin)).toBe(first);
    }
  });

  it.each(Object.entries(CHANGES))('are read anew when %s', (_, change) => {
    const venue = market();
    const before = SIDES.map((side) => standingRows(venue, side, venue.map.origin));
    change(venue.map);
    for (const side of SIDES) {
      const after = standingRows(venue, side, venue.map.origin);
      expect(after).toEqual(readAnew(venue, side));
      expect(after).not.toEqual(before[side]);
    }
  });

  it('follow the grid when it moves', () => {
    const venue = market();
    standingRows(venue, LONG, venue.map.origin);
    venue.map.moveTo(venue.map.origin - 90);
    expect(standingRows(venue, LONG, venue.map.origin)).toEqual(readAnew(venue, LONG));
  });

  it('stay as they are where price only goes where it has been', () => {
    const venue = market();
    sweep(venue.map, PRICE * 0.97, PRICE * 1.03, new Float64Array(2 * STRIP_COUNT));
    const before = standingRows(venue, LONG, venue.map.origin);
    sweep(venue.map, PRICE * 0.98, PRICE * 1.02, new Float64Array(2 * STRIP_COUNT));
    expect(standingRows(venue, LONG, venue.map.origin)).toBe(before);
  });
});

describe('detail of a venue', () => {
  it('doubts what has come to stand since the books were last looked through', () => {
    const { map, doubt } = market();
    sweep(map, PRICE * 0.9, PRICE, new Float64Array(2 * STRIP_COUNT));
    const row = rowOfPrice(PRICE * 0.97) - map.origin;
    expect(detailOf(map, LONG, doubt, { time: 0, isLook: false }).deviation[row]).toBe(0);
    map.sweptShare.fill(0);
    open(map, LONG, 50);
    const { middle, deviation } = detailOf(map, LONG, doubt, { time: 60_000, isLook: false });
    expect(middle[row]).toBeGreaterThan(0);
    expect(deviation[row]! / middle[row]!).toBeGreaterThan(Math.sqrt(doubt.sides[LONG]!));
  });
});
