import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ranksOf, smoothed, smoothedSpearman, pearson } from './correlation.js';
import { earthMoverDistance } from './earth-mover.js';
import { logMassRatio, longShareError, overlap } from './mass.js';
import { matchClusters } from './cluster-match.js';
import { captureAtTop, hitAtTop, topBins } from './top-bins.js';
import { sumOf } from '../score-bins.js';

const BINS = 24;
const density = fc
  .array(fc.integer({ min: 0, max: 1_000 }), { minLength: BINS, maxLength: BINS })
  .filter((values) => values.some((value) => value > 0))
  .map((values) => Float64Array.from(values));
const factor = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
const reversed = (bins: Float64Array) => bins.slice().reverse();

test('earth mover’s distance is a distance: 0 to itself, the same both ways, no detour shorter', () => {
  fc.assert(
    fc.property(density, density, density, (a, b, c) => {
      const d = (x: Float64Array, y: Float64Array) => earthMoverDistance(x, y, 0.25);
      expect(d(a, a)).toBeCloseTo(0, 12);
      expect(d(a, b)).toBeCloseTo(d(b, a), 9);
      expect(d(a, c)).toBeLessThanOrEqual(d(a, b) + d(b, c) + 1e-9);
      expect(d(a, b)).toBeLessThanOrEqual(0.25 * (BINS - 1) + 1e-9);
    }),
  );
});

test('shape metrics do not see the scale of an estimate, and do not change when the axis is turned around', () => {
  fc.assert(
    fc.property(density, density, factor, (a, b, k) => {
      const scaled = a.map((value) => value * k);
      const shapes = [
        (x: Float64Array, y: Float64Array) => earthMoverDistance(x, y, 1),
        overlap,
        (x: Float64Array, y: Float64Array) => captureAtTop(x, y, 5),
        (x: Float64Array, y: Float64Array) => hitAtTop(x, y, 5),
        smoothedSpearman,
        pearson,
      ];
      for (const shape of shapes) {
        const value = shape(a, b);
        expect(shape(scaled, b)).toBeCloseTo(value, 6);
        expect(shape(reversed(a), reversed(b))).toBeCloseTo(value, 6);
      }
    }),
  );
});

test('the truth itself gets the best value of every metric', () => {
  fc.assert(
    fc.property(density, (truth) => {
      expect(overlap(truth, truth)).toBeCloseTo(1, 9);
      expect(captureAtTop(truth, truth, 5)).toBeCloseTo(1, 9);
      expect(logMassRatio(truth, truth)).toBe(0);
      expect(longShareError({ long: truth, short: truth }, { long: truth, short: truth })).toBe(0);
      const { precision, recall } = matchClusters(truth, truth, 2);
      expect([1, Number.NaN]).toContain(precision);
      expect([1, Number.NaN]).toContain(recall);
      const spearman = smoothedSpearman(truth, truth);
      if (!Number.isNaN(spearman)) expect(spearman).toBeCloseTo(1, 9);
    }),
  );
});

test('k bins are chosen, whatever ties', () => {
  fc.assert(
    fc.property(density, fc.integer({ min: 1, max: BINS }), (bins, k) => {
      const chosen = topBins(bins, k);
      expect(sumOf(chosen)).toBeCloseTo(k, 9);
      const least = Math.min(...bins.filter((_, i) => chosen[i]! > 0));
      for (const [i, value] of bins.entries()) if (value > least) expect(chosen[i]).toBe(1);
    }),
  );
});

test('ranks are a rearrangement of 0..n-1 up to ties, and smoothing keeps mass but for the ends', () => {
  fc.assert(
    fc.property(density, (bins) => {
      expect(sumOf(ranksOf(bins))).toBeCloseTo((BINS * (BINS - 1)) / 2, 9);
      expect(sumOf(smoothed(bins))).toBeCloseTo(sumOf(bins), 6);
    }),
  );
});

test('correlations lie within -1..1 and change sign with the estimate', () => {
  fc.assert(
    fc.property(density, density, (a, b) => {
      const value = pearson(a, b);
      fc.pre(!Number.isNaN(value));
      expect(Math.abs(value)).toBeLessThanOrEqual(1 + 1e-9);
      expect(
        pearson(
          a.map((x) => -x),
          b,
        ),
      ).toBeCloseTo(-value, 9);
    }),
  );
});
