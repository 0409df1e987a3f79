import {
  CELL_BYTES,
  TILE_COLUMNS,
  WINDOW_ROWS,
  priceAtPosition,
  type ColumnHead,
  type DurationMs,
  type Fraction,
  type LatticeRow,
  type Price,
  type Tile,
  type UnixMs,
  type Usd,
} from '@liquidation-heatmap/core';
import { createColorTables, type HeatRequest, type SidesShown } from '@liquidation-heatmap/picture';

export const WIDTH = 320;
export const HEIGHT = 200;
export const T0 = 1_700_000_000_000;
const ORIGIN = 10_700;

const tables = [
  createColorTables({ scheme: 'dark', shortPalette: 'viridis' }),
  createColorTables({ scheme: 'light', palette: 'cividis', threshold: 0.2, alpha: 0.8 }),
];

/** Numbers in [0, 1) that are the same for the same seed (mulberry32, public domain). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A tile of columns that end at the given times; about half its cells are empty. */
export function tileOf(
  ends: readonly number[],
  resolutionMs: number,
  random: () => number,
  scale: { floor: number; origin: number },
): Tile {
  const cells = new Uint8Array(TILE_COLUMNS * WINDOW_ROWS * CELL_BYTES);
  for (let at = 0; at < ends.length * WINDOW_ROWS * CELL_BYTES; at++)
    cells[at] = random() < 0.5 ? 0 : Math.floor(random() * 256);
  return {
    resolutionMs: resolutionMs as DurationMs,
    originRow: (ORIGIN + scale.origin) as LatticeRow,
    floor: Math.fround(scale.floor),
    step: Math.fround(0.04),
    heads: ends.map((end) => headOf(end, resolutionMs)),
    cells,
  };
}

function headOf(endTime: number, resolutionMs: number): ColumnHead {
  const price = Number.NaN as Price;
  return {
    endTime: endTime as UnixMs,
    resolutionMs: resolutionMs as DurationMs,
    isOpen: false,
    open: price,
    high: price,
    low: price,
    close: price,
    mark: price,
    inputs: 0,
    venues: 0,
    completeness: 1 as Fraction,
  };
}

/** Consecutive tiles of one resolution; each may have its own window and scale; some columns are missing. */
export function tilesOf(
  count: number,
  columns: number,
  resolutionMs: number,
  random: () => number,
  missing = 0.1,
): readonly Tile[] {
  return Array.from({ length: count }, (_, tile) => {
    const ends = Array.from({ length: columns }, (_, i) => T0 + (tile * columns + i + 1) * resolutionMs).filter(
      () => random() >= missing,
    );
    return tileOf(ends, resolutionMs, random, {
      floor: 2 + Math.floor(random() * 4),
      origin: Math.floor(random() * 60) - 30,
    });
  });
}

/** What to paint between two times and two lattice rows above the lowest window. */
export function requestOf(
  tiles: readonly Tile[],
  from: number,
  to: number,
  rows: readonly [number, number],
  width = WIDTH,
): HeatRequest {
  return {
    tiles,
    view: {
      from: from as UnixMs,
      to: to as UnixMs,
      low: priceAtPosition(ORIGIN + rows[0]),
      high: priceAtPosition(ORIGIN + rows[1]),
      plot: { x: 0, y: 0, width, height: HEIGHT },
      width,
      height: HEIGHT,
      pixelRatio: 1,
    },
    tables: tables[0]!,
    displayScale: { low: 1e2 as Usd, high: 1e6 as Usd },
    nowTime: Number.POSITIVE_INFINITY,
  };
}

/** A random picture: three resolutions, gaps, shifting windows and scales, any part of it, any side, a projection. */
export function randomRequest(seed: number): HeatRequest {
  const random = seeded(seed);
  const tiles = [
    ...tilesOf(3, 20, 60_000, random),
    ...tilesOf(4, 64, 1_000, random),
    ...(random() < 0.5 ? tilesOf(2, 8, 900_000, random) : []),
  ];
  const span = 10 ** (3.5 + 3.5 * random());
  const from = T0 + random() * 3_600_000 - span / 2;
  const low = random() * 900 - 150;
  const request = requestOf(tiles, from, from + span, [low, low + 10 ** (0.3 + 2.7 * random())]);
  const sides: readonly SidesShown[] = ['both', 'long', 'short'];
  return {
    ...request,
    tables: tables[Math.floor(random() * 2)]!,
    displayScale: { low: (10 ** (2 + 2 * random())) as Usd, high: (10 ** (4.5 + 2 * random())) as Usd },
    nowTime: random() < 0.5 ? request.nowTime : from + span * random(),
    sides: sides[Math.floor(random() * 3)]!,
  };
}
