import { expect, test } from 'vitest';
import { earthMoverDistance, sideEarthMoverDistance, signedEarthMoverDistance } from './earth-mover.js';

const bins = (...values: number[]) => Float64Array.from(values);

test('a unit of mass one bin off costs the width of a bin, two bins off twice that', () => {
  expect(earthMoverDistance(bins(0, 1, 0), bins(1, 0, 0), 0.25)).toBeCloseTo(0.25, 12);
  expect(earthMoverDistance(bins(0, 0, 7), bins(3, 0, 0), 0.25)).toBeCloseTo(0.5, 12);
});

test('an even estimate of a point in the first of four bins is 1.5 bins off', () => {
  expect(earthMoverDistance(bins(1, 1, 1, 1), bins(5, 0, 0, 0), 1)).toBeCloseTo(1.5, 12);
});

test('an estimate that says nothing counts as an even one, and an empty truth is not judged', () => {
  expect(earthMoverDistance(bins(0, 0, 0, 0), bins(5, 0, 0, 0), 1)).toBeCloseTo(1.5, 12);
  expect(earthMoverDistance(bins(1, 0), bins(0, 0), 1)).toBeNaN();
});

test('a wrong split between the sides costs on the signed axis and not inside the sides', () => {
  const truth = { long: bins(0, 2, 0, 0), short: bins(0, 0, 2, 0) };
  const estimate = { long: bins(0, 3, 0, 0), short: bins(0, 0, 1, 0) };
  expect(signedEarthMoverDistance(estimate, truth, 1)).toBeCloseTo(0.25, 12);
  expect(sideEarthMoverDistance(estimate, truth, 1)).toBe(0);
});

test('sides are averaged by their true mass', () => {
  const truth = { long: bins(3, 0, 0, 0), short: bins(0, 0, 1, 0) };
  const estimate = { long: bins(0, 1, 0, 0), short: bins(0, 0, 1, 0) };
  expect(sideEarthMoverDistance(estimate, truth, 1)).toBeCloseTo(0.75, 12);
});

test('densities of different bins are not compared', () => {
  expect(() => earthMoverDistance(bins(1), bins(1, 1), 1)).toThrow('same bins');
});
