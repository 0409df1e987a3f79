import { expect, test } from 'vitest';
import { byClass, PRIOR, PRIOR_OUT_OF_REACH, STRIP_COUNT, stripOffsets, STRIPS } from './distance-classes.js';
import { smoothPrior, tieredPrior } from './distance-prior.js';
import { EntryProfile } from './entry-profile.js';
import { EXIT_WEIGHTS, OPENING_SHARES, RATE_COUNT, STATIONARY_SHARES, survivalOf } from './exits.js';
import { priceAtPosition, rowOfPrice } from '../grid/price-lattice.js';

const HOUR = 3_600_000;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

test('prior shares, exit weights and stationary weights each make a whole', () => {
  expect(sum(PRIOR) + PRIOR_OUT_OF_REACH).toBeCloseTo(1, 12);
  expect(sum(EXIT_WEIGHTS)).toBeCloseTo(1, 12);
  for (const { strips, outOfReach } of [OPENING_SHARES, STATIONARY_SHARES]) {
    expect(sum([...outOfReach])).toBeCloseTo(1, 12);
    for (let k = 0; k < STRIP_COUNT; k++) expect(sum(sharesOf(strips, k))).toBeCloseTo(1, 12);
  }
});

test('strips touch without holes, longs fall and shorts rise to their liquidation price', () => {
  for (let k = 0; k < STRIP_COUNT; k++) {
    const { from, to } = STRIPS[k]!;
    if (k > 0) expect(from).toBe(STRIPS[k - 1]!.to);
    const [farLong, nearLong] = stripOffsets('long', k);
    const [nearShort, farShort] = stripOffsets('short', k);
    expect(priceAtPosition(farLong)).toBeCloseTo(1 - to, 12);
    expect(priceAtPosition(nearLong)).toBeCloseTo(1 - from, 12);
    expect([priceAtPosition(nearShort), priceAtPosition(farShort)]).toEqual([
      expect.closeTo(1 + from),
      expect.closeTo(1 + to),
    ]);
  }
});

const sharesOf = (strips: Float64Array, k: number) => [...strips.subarray(k * RATE_COUNT, (k + 1) * RATE_COUNT)];
const alive = (k: number, hours: number) =>
  sum(sharesOf(OPENING_SHARES.strips, k).map((share, r) => share * survivalOf(r, hours * HOUR)));

test('the survival of a cohort falls ever slower: its hazard drops with age', () => {
  const hazard = (hours: number) => -Math.log(alive(40, hours * 1.01) / alive(40, hours)) / (hours * 0.01);
  const hazards = [0.1, 1, 4, 12, 24, 72].map(hazard);
  for (let i = 1; i < hazards.length; i++) expect(hazards[i]!).toBeLessThan(hazards[i - 1]!);
});

test('positions close to liquidation leave sooner', () => {
  for (const hours of [0.2, 1, 5, 24]) {
    for (let k = 1; k < STRIP_COUNT; k++) expect(alive(k, hours)).toBeGreaterThan(alive(k - 1, hours));
  }
});

test('the smooth prior keeps the share of every class and has no step at their edges', () => {
  const smooth = smoothPrior();
  expect([...byClass(smooth)]).toEqual(PRIOR.map((share) => expect.closeTo(share, 9)));
  const density = STRIPS.map(({ from, to }, k) => smooth[k]! / Math.log(to / from));
  const steps = density.slice(1).map((value, k) => Math.abs(Math.log(value / density[k]!)));
  expect(Math.max(...steps.slice(2))).toBeLessThan(0.35);
});

test('gathering a prior at common leverages moves mass only to their strips and loses none', () => {
  const smooth = smoothPrior();
  const tiered = tieredPrior(smooth, [0.0955, 0.0455], 0.001, 0.5);
  expect(sum([...tiered])).toBeCloseTo(sum([...smooth]), 12);
  STRIPS.forEach(({ from, to }, k) => {
    const isTier = [0.0955, 0.0455].some((distance) => to > distance - 0.001 && from < distance + 0.001);
    if (isTier) expect(tiered[k]!).toBeGreaterThan(smooth[k]!);
    else expect(tiered[k]!).toBeCloseTo(smooth[k]! / 2, 12);
  });
  expect([...tieredPrior(smooth, [0.9], 0.001, 0.5)]).toEqual([...smooth]);
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
