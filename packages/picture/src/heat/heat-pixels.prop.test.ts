import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LOG_ROW, WINDOW_ROWS, type Tile, type Usd } from '@liquidation-heatmap/core';
import { createColorTables } from '../color-table.js';
import { aTile, aView } from '../../test/sketches.js';
import { indexTable, type SidesShown } from './display-scale.js';
import { heatPixels, PROJECTION_OPACITY, type HeatRequest } from './heat-pixels.js';
import { heatRuns } from './heat-runs.js';

const tables = createColorTables({ scheme: 'dark', shortPalette: 'viridis' });
const displayScale = { low: 1e4 as Usd, high: 1e7 as Usd };
const T0 = 1_700_000_000_000;

/** The rule of `heatPixels`, pixel by pixel, from nothing but column heads and cells. */
function naivePixel(request: HeatRequest, i: number, j: number, width: number, height: number): readonly number[] {
  const { tiles, view, nowTime, sides = 'both' } = request;
  const time = view.from + (i + 0.5) * ((view.to - view.from) / width);
  const projectedUntil = Math.max(nowTime, view.from) + 0.08 * (view.to - view.from);
  if (time >= projectedUntil) return [0, 0, 0, 0];
  const hit = time < nowTime ? storedAt(tiles, view, time) : newest(tiles);
  if (hit === undefined) return [0, 0, 0, 0];
  const top = Math.log(view.high) / LOG_ROW;
  const row = Math.floor(top - ((j + 0.5) / height) * (top - Math.log(view.low) / LOG_ROW)) - hit.tile.originRow;
  if (row < 0 || row >= WINDOW_ROWS) return [0, 0, 0, 0];
  const at = (hit.column * WINDOW_ROWS + row) * 4;
  const long = sides === 'short' ? 0 : hit.tile.cells[at]!;
  const short = sides === 'long' ? 0 : hit.tile.cells[at + 1]!;
  const code = Math.max(long, short);
  if (code === 0) return [0, 0, 0, 0];
  const table = short > long ? tables.short : tables.long;
  const entry = indexTable(hit.tile, displayScale)[code]! * 4;
  const alpha = table.rgba[entry + 3]!;
  return [...table.rgba.slice(entry, entry + 3), time < nowTime ? alpha : Math.round(alpha * PROJECTION_OPACITY)];
}

function storedAt(tiles: readonly Tile[], view: HeatRequest['view'], time: number) {
  const least = (0.5 * (view.to - view.from)) / (view.plot.width * view.pixelRatio);
  const hits = tiles.flatMap((tile) =>
    tile.heads.flatMap((head, column) =>
      head.endTime - tile.resolutionMs <= time && time < head.endTime ? [{ tile, column }] : [],
    ),
  );
  const fitting = hits
    .filter((hit) => hit.tile.resolutionMs >= least)
    .sort((a, b) => a.tile.resolutionMs - b.tile.resolutionMs);
  return fitting[0] ?? hits.sort((a, b) => b.tile.resolutionMs - a.tile.resolutionMs)[0];
}

function newest(tiles: readonly Tile[]) {
  const all = tiles.flatMap((tile) =>
    tile.heads.map((head, column) => ({ tile, column, start: head.endTime - tile.resolutionMs })),
  );
  return all.sort((a, b) => b.start - a.start || a.tile.resolutionMs - b.tile.resolutionMs)[0];
}

const requests = fc.record({
  tiles: fc.array(
    fc.record({
      resolutionMs: fc.constantFrom(1_000, 60_000, 900_000),
      firstColumn: fc.nat(40),
      present: fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }),
      seed: fc.nat(1e6),
      originRow: fc.integer({ min: 10_700, max: 10_760 }),
    }),
    { maxLength: 4 },
  ),
  fromS: fc.integer({ min: -2_000, max: 40_000 }),
  spanS: fc.double({ min: 1, max: 50_000, noNaN: true }),
  nowS: fc.integer({ min: -100, max: 50_000 }),
  low: fc.double({ min: 30_000, max: 60_000, noNaN: true }),
  ratio: fc.double({ min: 1.001, max: 1.9, noNaN: true }),
  sides: fc.constantFrom<SidesShown>('both', 'long', 'short'),
  pixelRatio: fc.constantFrom(1, 2, 3),
});

type Drawn = typeof requests extends fc.Arbitrary<infer Value> ? Value : never;

function requestOf(drawn: Drawn): HeatRequest {
  const seen = new Set<number>();
  const tiles = drawn.tiles.flatMap((tile) => {
    if (seen.has(tile.resolutionMs)) return [];
    seen.add(tile.resolutionMs);
    const ends = tile.present.flatMap((isThere, i) =>
      isThere ? [T0 + (tile.firstColumn + i + 1) * tile.resolutionMs] : [],
    );
    return [aTile({ resolutionMs: tile.resolutionMs, ends, originRow: tile.originRow, seed: tile.seed })];
  });
  const from = T0 + drawn.fromS * 1_000;
  const view = aView({
    from,
    to: from + drawn.spanS * 1_000,
    low: drawn.low,
    high: drawn.low * drawn.ratio,
    width: 37 / drawn.pixelRatio,
    height: 23 / drawn.pixelRatio,
    pixelRatio: drawn.pixelRatio,
  });
  return { tiles, view, tables, displayScale, nowTime: T0 + drawn.nowS * 1_000, sides: drawn.sides };
}

test('S11: every heat pixel is the cell that its center lies in, by an independent reference', () => {
  let painted = 0;
  fc.assert(
    fc.property(requests, (drawn) => {
      const request = requestOf(drawn);
      const out = new Uint8ClampedArray(37 * 23 * 4).fill(7);
      heatPixels(request, out, 37, 23);
      for (let j = 0; j < 23; j++) {
        for (let i = 0; i < 37; i++) {
          const expected = naivePixel(request, i, j, 37, 23);
          const at = (j * 37 + i) * 4;
          const isEqual = expected.every((channel, c) => out[at + c] === channel);
          if (!isEqual && !(expected[3] === 0 && out[at + 3] === 0)) {
            throw new Error(`pixel ${i},${j}: ${out.slice(at, at + 4).join()} instead of ${expected.join()}`);
          }
          if (expected[3]! > 0) painted++;
        }
      }
    }),
    { numRuns: 200 },
  );
  expect(painted).toBeGreaterThan(300);
});

test('runs never overlap and end inside the view', () => {
  fc.assert(
    fc.property(requests, (drawn) => {
      const { tiles, view, nowTime } = requestOf(drawn);
      const runs = heatRuns(tiles, view, nowTime);
      let at: number = view.from;
      for (const run of runs) {
        expect(run.from).toBeGreaterThanOrEqual(at);
        expect(run.to).toBeGreaterThan(run.from);
        expect(run.firstColumn + run.columnCount).toBeLessThanOrEqual(run.tile.heads.length);
        at = run.to;
      }
      expect(at).toBeLessThanOrEqual(view.to);
    }),
  );
});

test('columns down to half a device pixel are shown, narrower ones give way to a coarser resolution', () => {
  const minutes = aTile({ resolutionMs: 60_000, ends: Array.from({ length: 60 }, (_, i) => T0 + (i + 1) * 60_000) });
  const quarters = aTile({ resolutionMs: 900_000, ends: Array.from({ length: 4 }, (_, i) => T0 + (i + 1) * 900_000) });
  const shownAt = (columnPx: number): readonly number[] => {
    const view = aView({ from: T0, to: T0 + 3_600_000, low: 1, high: 2, width: 60 * columnPx, height: 10 });
    return heatRuns([quarters, minutes], view, T0 + 3_600_000).map((run) => run.tile.resolutionMs);
  };
  expect(shownAt(0.7)).toEqual([60_000]);
  expect(shownAt(0.4)).toEqual([900_000]);
});

test('a buffer of another size is refused with the rule', () => {
  const request = requestOf({ tiles: [], fromS: 0, spanS: 1, nowS: 0, low: 1, ratio: 2, sides: 'both', pixelRatio: 1 });
  expect(() => heatPixels(request, new Uint8ClampedArray(8), 3, 3)).toThrow('Heat needs 36 bytes, was 8');
});
