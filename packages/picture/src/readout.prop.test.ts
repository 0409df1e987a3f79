import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LOG_ROW, WINDOW_ROWS, valueOfCode, type NowView, type UnixMs, type Usd } from '@liquidation-heatmap/core';
import { aFrame, aTile, aView } from '../test/sketches.js';
import { createColorTables } from './color-table.js';
import { indexTable } from './heat/display-scale.js';
import { heatPixels, PROJECTION_OPACITY } from './heat/heat-pixels.js';
import { en } from './locales/en.js';
import { readoutLines, type ReadoutWords } from './readout-lines.js';
import { readoutAt, type Readout } from './readout.js';

const T0 = 1_700_000_100_000;
const scale = { low: 1e3 as Usd, high: 1e6 as Usd };
const tables = createColorTables({ scheme: 'dark' });
const tile = aTile({ resolutionMs: 1_000, ends: Array.from({ length: 40 }, (_, i) => T0 - (39 - i) * 1_000), seed: 7 });
const frame = aFrame([tile], { seenTime: T0 as UnixMs });
const view = aView({ from: T0 - 50_000, to: T0 + 10_000, low: 45_500, high: 86_000, width: 240, height: 200 });

describe('reading the picture', () => {
  test('the readout names the cell that the pixel under the cursor is painted from', () => {
    const out = new Uint8ClampedArray(240 * 200 * 4);
    heatPixels({ tiles: [tile], view, tables, displayScale: scale, nowTime: T0 }, out, 240, 200);
    const index = indexTable(tile, scale);
    const values = Float64Array.from({ length: 256 }, (_, code) => valueOfCode(code, tile));
    fc.assert(
      fc.property(fc.nat(239), fc.nat(199), (i, j) => {
        const readout = readoutAt(frame, view, i + 0.5, j + 0.5)!;
        const opacity = out[(j * 240 + i) * 4 + 3]!;
        const brightest = Math.max(readout.cell?.long ?? 0, readout.cell?.short ?? 0);
        const entry = brightest === 0 ? 0 : index[values.indexOf(brightest)]!;
        const alpha = tables.long.rgba[entry * 4 + 3]!;
        expect(opacity).toBe(readout.isProjection ? Math.round(alpha * PROJECTION_OPACITY) : alpha);
        expect(readout.rowHigh / readout.rowLow).toBeCloseTo(1.001, 9);
        expect(readout.price).toBeGreaterThanOrEqual(readout.rowLow * (1 - 1e-12));
        expect(readout.price).toBeLessThanOrEqual(readout.rowHigh * (1 + 1e-12));
      }),
    );
  });

  test('outside the plot there is nothing to read, before the first column no cell', () => {
    expect(readoutAt(frame, view, -1, 5)).toBeUndefined();
    expect(readoutAt(frame, view, 5, 201)).toBeUndefined();
    expect(readoutAt(frame, view, 2, 5)!.cell).toBeUndefined();
  });

  test('the present names its venues, largest first', () => {
    const row = Math.floor(Math.log(61_000) / LOG_ROW);
    const vector = (value: number): Float64Array => new Float64Array(WINDOW_ROWS).fill(value);
    const now = {
      seenTime: T0,
      originRow: row - 300,
      mark: 60_000,
      lastPrice: 60_010,
      venues: [
        { part: 'okx', long: vector(10), short: vector(0) },
        { part: 'binance', long: vector(5), short: vector(50) },
        { part: 'bybit', long: vector(0), short: vector(0) },
      ],
    } as unknown as NowView;
    const readout = readoutAt(aFrame([tile], { seenTime: T0 as UnixMs }, now), view, 210, 120)!;
    expect(readout.isProjection).toBe(true);
    expect(readout.cell!.venues!.map(({ venue, long, short }) => [venue, long, short])).toEqual([
      ['binance', 5, 50],
      ['okx', 10, 0],
    ]);
    expect(readout.distance).toBeCloseTo(readout.price / 60_000 - 1, 12);
    expect(readoutAt(frame, view, 100, 120)!.cell!.venues).toBeUndefined();
  });
});

describe('its words', () => {
  const words: ReadoutWords = {
    facts: { tickSize: '0.10', model: 'standard', version: '0.1.0' },
    displayScale: scale,
    messages: en,
    locale: 'en',
    timeZone: 'UTC',
  };
  const readout = {
    time: T0,
    price: 60_512.34,
    rowLow: 60_480,
    rowHigh: 60_540,
    distance: -0.0123,
    isEstimate: true,
    isRelative: false,
    isProjection: false,
    cell: {
      columnFrom: T0 - 1_000,
      columnTo: T0,
      long: 1_200_000,
      short: 40_000,
      spreadRatio: undefined,
      ageMs: 5 * 3_600_000,
      venues: undefined,
    },
  } as unknown as Readout;

  test('S41: amounts come with their side and the forced flow that a touch would cause', () => {
    expect(readoutLines(readout, words).map((line) => line.text)).toEqual([
      '60,512.3 · -1.23% from mark',
      'Nov 14, 2023, 22:15:00',
      'Longs: $1.2M (forced selling)',
      'Shorts: $40K (forced buying)',
      'Mean age 5 h',
      'Estimated',
    ]);
  });

  test('S39: without open interest amounts are shares of the brightest, and it says so', () => {
    const lines = readoutLines(
      { ...readout, isRelative: true },
      { ...words, displayScale: { low: 1 as Usd, high: 2_400_000 as Usd } },
    );
    expect(lines.map((line) => line.text)).toContain('Longs: 50% of brightest (forced selling)');
    expect(lines.at(-1)!.text).toBe('Estimated · relative - no open interest');
  });

  test('S23: the last line says Estimated whatever there is to read', () => {
    for (const cell of [readout.cell, undefined, { ...readout.cell!, long: 0 as Usd, short: 0 as Usd }]) {
      expect(readoutLines({ ...readout, cell }, words).at(-1)!.text).toBe('Estimated');
    }
    expect(readoutLines({ ...readout, cell: undefined }, words).map((line) => line.text)).toContain(
      'No data at this time',
    );
  });
});
