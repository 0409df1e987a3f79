import { expect, test } from 'vitest';
import { CLASS_COUNT, classOffsets, DISTANCE_CLASSES, PRIOR, PRIOR_OUT_OF_REACH } from './distance-classes.js';
import { EntryProfile } from './entry-profile.js';
import { EXIT_WEIGHTS, RATE_COUNT, STATIONARY_WEIGHTS, survival } from './exits.js';
import { priceAtPosition, rowOfPrice } from '../grid/price-lattice.js';

const HOUR = 3_600_000;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

test('prior shares, exit weights and stationary weights each make a whole', () => {
  expect(sum(PRIOR) + PRIOR_OUT_OF_REACH).toBeCloseTo(1, 12);
  expect(sum(EXIT_WEIGHTS)).toBeCloseTo(1, 12);
  expect(sum(STATIONARY_WEIGHTS)).toBeCloseTo(1, 12);
});

test('classes touch without holes, longs fall and shorts rise to their liquidation price', () => {
  for (let k = 0; k < CLASS_COUNT; k++) {
    const { from, to } = DISTANCE_CLASSES[k]!;
    if (k > 0) expect(from).toBe(DISTANCE_CLASSES[k - 1]!.to);
    const [farLong, nearLong] = classOffsets('long', k);
    const [nearShort, farShort] = classOffsets('short', k);
    expect(priceAtPosition(farLong)).toBeCloseTo(1 - to, 12);
    expect(priceAtPosition(nearLong)).toBeCloseTo(1 - from, 12);
    expect([priceAtPosition(nearShort), priceAtPosition(farShort)]).toEqual([
      expect.closeTo(1 + from),
      expect.closeTo(1 + to),
    ]);
  }
});

test('the survival of a cohort falls ever slower: its hazard drops with age', () => {
  const alive = (hours: number) => sum(EXIT_WEIGHTS.map((weight, r) => weight * survival(8, r, hours * HOUR)));
  const hazard = (hours: number) => -Math.log(alive(hours * 1.01) / alive(hours)) / (hours * 0.01);
  const hazards = [0.1, 1, 4, 12, 24, 72].map(hazard);
  for (let i = 1; i < hazards.length; i++) expect(hazards[i]!).toBeLessThan(hazards[i - 1]!);
});

test('positions close to liquidation leave sooner', () => {
  for (let r = 0; r < RATE_COUNT; r++) {
    for (let k = 1; k < CLASS_COUNT; k++) expect(survival(k, r, HOUR)).toBeGreaterThan(survival(k - 1, r, HOUR));
  }
});

test('a bar spreads its size over its range and loses none of it', () => {
  const profile = new EntryProfile();
  profile.addBar(59_000, 61_000, 500);
  profile.addTrade(60_000, 25);
  const rows = [...profile.entries()];
  expect(sum(rows.map(([, size]) => size))).toBeCloseTo(525, 9);
  expect(Math.min(...rows.map(([row]) => row))).toBe(rowOfPrice(59_000));
  expect(Math.max(...rows.map(([row]) => row))).toBe(rowOfPrice(61_000));
});
