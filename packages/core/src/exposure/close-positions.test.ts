import { expect, test } from 'vitest';
import { middleDistance, STRIP_COUNT } from '../cohorts/distance-classes.js';
import { EntryProfile } from '../cohorts/entry-profile.js';
import { EXIT_LAW, OPENING_SHARES } from '../cohorts/exits.js';
import { rowOfPrice } from '../grid/price-lattice.js';
import { closePositions, expectedCloses } from './close-positions.js';
import { ExposureMap, LONG, MAP_ROWS } from './exposure-map.js';
import { openPositions } from './open-positions.js';

const PRICE = 60_000;
const HOUR = 3_600_000;

/** 1,000 units opened at one distance, where the law holds as it was measured: near 10 % of the price. */
function opened(): ExposureMap {
  const map = new ExposureMap();
  map.origin = rowOfPrice(PRICE) - MAP_ROWS / 2;
  const strips = Array.from({ length: STRIP_COUNT }, (_, strip) => strip);
  const nearest = strips.reduce((best, strip) =>
    Math.abs(middleDistance(strip) - 0.1) < Math.abs(middleDistance(best) - 0.1) ? strip : best,
  );
  map.weights[nearest] = 1;
  const profile = new EntryProfile();
  profile.addTrade(PRICE, 1);
  openPositions(map, LONG, { size: 1_000, profile, mark: PRICE, shares: OPENING_SHARES, birth: 0 });
  return map;
}

function left(hours: number): number {
  return EXIT_LAW.ratesPerHour.reduce((sum, rate, r) => sum + EXIT_LAW.weights[r]! * Math.exp(-rate * hours), 0);
}

test('S44: without flow, what stands follows the measured law of holding to 1 % from minutes to weeks, whatever the steps', () => {
  const map = opened();
  let hours = 0;
  for (const step of [0.05, 0.2, 0.75, 3, 8, 12, 24, 48, 72, 168, 336]) {
    const foretold = expectedCloses(map, LONG, step * HOUR);
    const before = map.sumInReach(LONG);
    closePositions(map, LONG, step * HOUR, 1);
    hours += step;
    expect(Math.abs(map.sumInReach(LONG) / (1_000 * left(hours)) - 1)).toBeLessThan(0.01);
    expect(before - map.sumInReach(LONG)).toBeCloseTo(foretold, 6);
  }
});

test('half of the closes leave twice as much of what would have gone', () => {
  const [all, half] = [opened(), opened()];
  closePositions(all, LONG, HOUR, 1);
  closePositions(half, LONG, HOUR, 0.5);
  expect(1_000 - half.sumInReach(LONG)).toBeCloseTo((1_000 - all.sumInReach(LONG)) / 2, 6);
});
