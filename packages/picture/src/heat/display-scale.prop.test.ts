import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  codeOfValue,
  rowOfPrice,
  valueOfCode,
  CELL_BYTES,
  WINDOW_ROWS,
  type Tile,
  type UnixMs,
  type Usd,
} from '@liquidation-heatmap/core';
import { aTile, aView } from '../../test/sketches.js';
import { indexTable, nextDisplayScale, observeScale, type DisplayScale } from './display-scale.js';
import { heatRuns } from './heat-runs.js';

const T0 = 1_700_000_000_000;
const tileScales = fc.record({
  floor: fc.double({ min: -5, max: 10, noNaN: true }),
  step: fc.double({ min: 0.01, max: 0.1, noNaN: true }),
});
const displayScales = fc
  .record({ low: fc.double({ min: 1, max: 1e6, noNaN: true }), ratio: fc.double({ min: 2, max: 1e4, noNaN: true }) })
  .map(({ low, ratio }): DisplayScale => ({ low: low as Usd, high: (low * ratio) as Usd }));

/** A tile of one column with the given USD values of longs from row 0 on. */
function tileOf(values: readonly number[], floor = 2): Tile {
  const tile = aTile({ resolutionMs: 1_000, ends: [T0], floor });
  tile.cells.fill(0);
  for (const [row, value] of values.entries()) tile.cells[row * CELL_BYTES] = codeOfValue(value, tile);
  return tile;
}

describe('index table', () => {
  test('S9: a larger code never gets a smaller index, and only code 0 is empty', () => {
    fc.assert(
      fc.property(tileScales, displayScales, (tileScale, displayScale) => {
        const table = indexTable(tileScale, displayScale);
        expect(table[0]).toBe(0);
        for (let code = 1; code < 256; code++)
          expect(table[code]!).toBeGreaterThanOrEqual(Math.max(1, table[code - 1]!));
      }),
    );
  });

  test('S39: the same USD gets the same color in tiles of different scales, within one code', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: -0.5, max: 0.5, noNaN: true }),
        (share, shift) => {
          const displayScale = { low: 1e4 as Usd, high: 1e7 as Usd };
          const usd = 1e4 * 1e3 ** share;
          const scales = [
            { floor: 7, step: 0.04 },
            { floor: 7 + shift, step: 0.04 },
          ];
          const [a, b] = scales.map((scale) => indexTable(scale, displayScale)[codeOfValue(usd, scale)]!);
          // One code is 4 % of the value, and the index is linear in it.
          expect(Math.abs(a! - b!)).toBeLessThanOrEqual(Math.ceil(254 * 0.0408));
        },
      ),
    );
  });

  test('the ends of the scale get the ends of the table', () => {
    const tileScale = { floor: Math.log(100), step: 0.04 };
    const displayScale = { low: valueOfCode(11, tileScale) as Usd, high: valueOfCode(211, tileScale) as Usd };
    const table = indexTable(tileScale, displayScale);
    expect([table[5], table[11], table[211], table[255]]).toEqual([1, 1, 255, 255]);
  });

  test('half the exposure of the brightest gets the middle of the table', () => {
    const tileScale = { floor: 0, step: 0.04 };
    const high = valueOfCode(201, tileScale);
    const half = codeOfValue(high / 2, tileScale);
    const table = indexTable(tileScale, { low: 0 as Usd, high: high as Usd });
    expect(Math.abs(table[half]! - 128)).toBeLessThanOrEqual(3);
  });
});

describe('observed scale', () => {
  const low = 1.001 ** 10_720;
  const view = aView({
    from: T0 - 1_000,
    to: T0,
    low: low * 1.0001,
    high: low * 1.001 ** WINDOW_ROWS * 0.9999,
    width: 100,
    height: 100,
  });

  test('S39: the top is the brightest cell in view and the bottom the median of what holds anything', () => {
    const tile = tileOf([0, 0, 0, 100, 1_000, 2_000, 50_000, 100_000]);
    const seen = observeScale(heatRuns([tile], view, T0), view)!;
    expect(seen.high / 100_000).toBeCloseTo(1, 1);
    expect(seen.low / 2_000).toBeCloseTo(0.5, 0);
    expect(seen.low).toBeGreaterThan(900);
    expect(seen.low).toBeLessThan(2_100);
  });

  test('cells outside the view do not count', () => {
    const tile = tileOf([100, 100, 9_000_000]);
    const narrow = aView({ from: T0 - 1_000, to: T0, low: low * 1.0001, high: low * 1.0015, width: 100, height: 100 });
    expect(rowOfPrice(narrow.high)).toBe(10_721);
    expect(observeScale(heatRuns([tile], narrow, T0), narrow)!.high).toBeLessThan(110);
  });

  test('a long picture gives the scale that all of its columns would, where exposure stands for a while', () => {
    const tile = aTile({
      resolutionMs: 1_000,
      ends: Array.from({ length: 64 }, (_, i) => T0 + (i - 63) * 1_000),
      floor: 2,
    });
    const tiles = Array.from({ length: 16 }, (_, k) => ({
      ...tile,
      heads: tile.heads.map((head) => ({ ...head, endTime: (head.endTime - (15 - k) * 64_000) as UnixMs })),
    }));
    const long = aView({ ...view, from: T0 - 1_024_000, to: T0, width: 1_024, height: 100 });
    const all = observeScale(heatRuns(tiles, long, T0), long)!;
    const one = aView({ ...view, from: T0 - 64_000, to: T0, width: 64, height: 100 });
    const part = observeScale(heatRuns([tile], one, T0), one)!;
    expect(all.high).toBe(part.high);
    expect(Math.abs(Math.log(all.low / part.low))).toBeLessThan(0.1);
  });

  test('nothing in view has no scale', () => {
    expect(observeScale(heatRuns([tileOf([])], view, T0), view)).toBeUndefined();
    expect(observeScale([], view)).toBeUndefined();
  });

  test('one bright cell alone still gets contrast', () => {
    const seen = observeScale(heatRuns([tileOf([5_000])], view, T0), view)!;
    expect(seen.high / seen.low).toBeGreaterThanOrEqual(8);
  });
});

describe('hysteresis', () => {
  const inUse = { low: 1_000 as Usd, high: 100_000 as Usd };

  test('small changes keep the colors, large ones follow what is seen', () => {
    expect(nextDisplayScale(inUse, { low: 1_200 as Usd, high: 110_000 as Usd })).toBe(inUse);
    const grown = { low: 1_000 as Usd, high: 130_000 as Usd };
    expect(nextDisplayScale(inUse, grown)).toBe(grown);
    const shrunk = { low: 1_000 as Usd, high: 50_000 as Usd };
    expect(nextDisplayScale(inUse, shrunk)).toBe(shrunk);
  });

  test('an empty view keeps the scale in use', () => {
    expect(nextDisplayScale(inUse, undefined)).toBe(inUse);
    expect(nextDisplayScale(undefined, undefined)).toBeUndefined();
  });

  test('a brightness that wobbles by 10 % changes the scale at most once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.95, max: 1.05, noNaN: true }), { minLength: 2, maxLength: 50 }),
        (wobble) => {
          const scales = new Set<DisplayScale | undefined>();
          let current: DisplayScale | undefined;
          for (const factor of wobble) {
            current = nextDisplayScale(current, { low: 1_000 as Usd, high: (100_000 * factor) as Usd });
            scales.add(current);
          }
          expect(scales.size).toBe(1);
        },
      ),
    );
  });
});
