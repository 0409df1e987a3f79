import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SyntheticExposure } from '../../test/synthetic-exposure.js';
import type { PositionSide } from '../model/market-event.js';
import { DEFAULT_LIMITS } from './cluster-limits.js';
import { findClusters } from './find-clusters.js';
import { findPeaks, smooth } from './peaks.js';
import { shapeOfBand, sumOfBand } from './row-band.js';

const FIRST = 5_000;
const COUNT = 121;
const MARK = FIRST + 60;
/** Whole dollars, so that sums do not depend on their order; few values, so that there are many ties. */
const profile = fc.array(fc.oneof(fc.constantFrom(0, 1_000, 2_000), fc.integer({ min: 0, max: 60_000 })), {
  minLength: COUNT,
  maxLength: COUNT,
});

function search(sizes: readonly number[], side: PositionSide, deviation: number, openInterest = 1_000_000) {
  const market = new SyntheticExposure(FIRST, COUNT, MARK).open(side, FIRST, ...sizes);
  const moment = market.moment(0);
  const rows = { ...moment[side], deviation: new Float64Array(COUNT).fill(deviation) };
  return findClusters(rows, { side, mark: moment.mark, openInterest, medianTrade: 0, limits: DEFAULT_LIMITS });
}

test('clusters lie in the rows of their side, hold what they say, and never overlap', () => {
  fc.assert(
    fc.property(
      profile,
      fc.constantFrom<PositionSide>('long', 'short'),
      fc.integer({ min: 0, max: 5_000 }),
      (sizes, side, deviation) => {
        const found = search(sizes, side, deviation);
        const ascending = [...found].sort((a, b) => a.low - b.low);
        ascending.forEach((cluster, i) => {
          const { low, high, peakRow, quartiles, mass, prominence } = cluster;
          expect(high).toBeGreaterThan(low);
          expect(low).toBeGreaterThanOrEqual(side === 'long' ? FIRST : MARK);
          expect(high).toBeLessThanOrEqual(side === 'long' ? MARK + 1 : FIRST + COUNT);
          if (i > 0) expect(low).toBeGreaterThanOrEqual(ascending[i - 1]!.high);
          const held = sizes.slice(low - FIRST, high - FIRST);
          expect(mass).toBe(held.reduce((sum, size) => sum + size, 0));
          expect(mass).toBeGreaterThan(3_000);
          expect(sizes[peakRow - FIRST]).toBe(Math.max(...held));
          expect(prominence).toBeGreaterThan(DEFAULT_LIMITS.prominence);
          expect([low, ...quartiles, high]).toEqual([low, ...quartiles, high].sort((a, b) => a - b));
        });
        expect(found).toEqual(side === 'long' ? ascending.reverse() : ascending);
      },
    ),
  );
});

test('shorts above the mark are clustered like longs below it, mirrored', () => {
  fc.assert(
    fc.property(profile, (sizes) => {
      const mirror = (row: number): number => 2 * MARK - row;
      const shorts = search(sizes, 'short', 1_000);
      const longs = search([...sizes].reverse(), 'long', 1_000);
      expect(
        longs.map(({ low, high, mass, peakRow }) => [mirror(high - 1), mirror(low - 1), mass, mirror(peakRow)]),
      ).toEqual(shorts.map(({ low, high, mass, peakRow }) => [low, high, mass, peakRow]));
    }),
  );
});

test('the order in which venues are added up does not matter', () => {
  fc.assert(
    fc.property(fc.array(profile, { minLength: 2, maxLength: 4 }), fc.integer(), (venues, turn) => {
      const merge = (layers: readonly (readonly number[])[]): number[] =>
        layers.reduce<number[]>(
          (sum, layer) => sum.map((size, i) => size + layer[i]!),
          new Array<number>(COUNT).fill(0),
        );
      const at = Math.abs(turn) % venues.length;
      const turned = [...venues.slice(at), ...venues.slice(0, at)];
      expect(search(merge(turned), 'short', 3_000)).toEqual(search(merge(venues), 'short', 3_000));
    }),
  );
});

test('noise smaller than the deviation of the estimate makes no cluster of an even density', () => {
  const noise = fc.array(fc.double({ min: -999, max: 999, noNaN: true }), { minLength: COUNT, maxLength: COUNT });
  fc.assert(
    fc.property(noise, (added) => {
      // The ends of the window are edges of the density, not of a cluster: they are left out by rising from nothing slowly.
      const ramp = (i: number): number => Math.min(40, Math.max(0, 60 - Math.abs(i - 60))) * 1_000;
      const found = search(
        added.map((size, i) => Math.max(0, ramp(i) + size)),
        'short',
        1_000,
      );
      expect(found.filter(({ peakRow }) => peakRow > MARK + 35)).toEqual([]);
    }),
  );
});

test('smoothing moves nothing but what falls off an end', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 30 }), (sizes) => {
      const padded = [0, 0, ...sizes, 0, 0];
      const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
      expect(sum(smooth(Float64Array.from(padded)))).toBeCloseTo(sum(padded), 6);
      expect([...smooth(Float64Array.from(padded), padded.length - 1, padded.length, -1)].reverse()).toEqual([
        ...smooth(Float64Array.from(padded)),
      ]);
    }),
  );
});

test('a peak rises above every way to higher ground: the same as flooding the profile from above', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 40 }), (levels) => {
      const heights = Float64Array.from(levels);
      const peaks = findPeaks(heights, new Float64Array(heights.length), 2, heights.length + 1);
      expect(peaks.map(({ at, rise }) => [at, rise])).toEqual(risesByFlooding(levels));
    }),
  );
});

/** Lowers the water level row by row: islands merge, and the lower one (of equals the later one) ends at that level. */
function risesByFlooding(levels: readonly number[]): readonly (readonly [number, number])[] {
  const order = levels.map((_, i) => i).sort((a, b) => levels[b]! - levels[a]! || a - b);
  const island = new Map<number, number>();
  const rises: [number, number][] = [];
  const rootOf = (i: number): number => (island.get(i) === i ? i : rootOf(island.get(i)!));
  for (const i of order) {
    const roots = [i - 1, i + 1].filter((j) => island.has(j)).map(rootOf);
    roots.sort((a, b) => order.indexOf(a) - order.indexOf(b));
    island.set(i, roots[0] ?? i);
    for (const root of roots.slice(1)) {
      island.set(root, roots[0]!);
      if (levels[root]! > levels[i]!) rises.push([root, levels[root]! - levels[i]!]);
    }
  }
  const top = order[0]!;
  if (levels[top]! > 0) rises.push([top, levels[top]!]);
  return rises.sort((a, b) => a[0] - b[0]);
}

test('a quarter, half and three quarters of a band lie below its quartiles', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 30 }), (sizes) => {
      const values = Float64Array.from(sizes);
      const band = { low: FIRST, high: FIRST + sizes.length };
      const shape = shapeOfBand(values, FIRST, band, 'long');
      if (sizes.every((size) => size === 0)) {
        expect(shape).toBeUndefined();
        return;
      }
      const below = (position: number): number => {
        const row = Math.floor(position);
        const part = (position - row) * (values[row - FIRST] ?? 0);
        return (sumOfBand(values, FIRST, { low: FIRST, high: row }) + part) / (shape?.mass ?? NaN);
      };
      (shape?.quartiles ?? []).forEach((position, i) => expect(below(position)).toBeCloseTo((i + 1) / 4, 9));
    }),
  );
});
