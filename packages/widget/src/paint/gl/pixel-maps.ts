import { latticePosition, type ColumnHead } from '@liquidation-heatmap/core';
import { columnAt, type HeatRun, type Viewport } from '@liquidation-heatmap/picture';
import { NO_COLUMN } from './heat-shader.js';

/** A stretch of device pixels that shows one column of one run. */
export interface PixelStrip {
  readonly run: HeatRun;
  /** Index of the column in `run.tile`. */
  readonly column: number;
  readonly head: ColumnHead;
  /** Pixels `first <= pixel < end`. */
  readonly first: number;
  readonly end: number;
}

/** Which pixels show which column, by the rule of `heatPixels`: time at the pixel's center, in 64-bit floats. */
export function pixelStrips(runs: readonly HeatRun[], view: Viewport, widthPx: number): readonly PixelStrip[] {
  const strips: PixelStrip[] = [];
  const msPerPixel = (view.to - view.from) / widthPx;
  let pixel = 0;
  const timeOf = (at: number): number => view.from + (at + 0.5) * msPerPixel;
  for (const run of runs) {
    while (pixel < widthPx && timeOf(pixel) < run.from) pixel++;
    while (pixel < widthPx && timeOf(pixel) < run.to) {
      const column = columnAt(run, timeOf(pixel));
      const first = pixel++;
      while (pixel < widthPx && timeOf(pixel) < run.to && columnAt(run, timeOf(pixel)) === column) pixel++;
      strips.push({ run, column, head: run.tile.heads[column]!, first, end: pixel });
    }
  }
  return strips;
}

/** Lattice row of each pixel row by the rule of `heatPixels`, and the lowest of them. */
export function pixelRows(view: Viewport, heightPx: number): { readonly rows: Int32Array; readonly lowest: number } {
  const top = latticePosition(view.high);
  const bottom = latticePosition(view.low);
  const rows = Int32Array.from({ length: heightPx }, (_, j) =>
    Math.floor(top - ((j + 0.5) / heightPx) * (top - bottom)),
  );
  return { rows, lowest: rows.at(-1)! };
}

/** Writes rows above the lowest as two bytes a texel, high first. */
export function writeRowMap(map: Uint8Array, rows: Int32Array, lowest: number): void {
  for (let j = 0; j < rows.length; j++) {
    const above = rows[j]! - lowest;
    map[4 * j] = above >> 8;
    map[4 * j + 1] = above & 255;
  }
}

/** Where a strip's cells and colors stand in their textures. */
export interface StripPlace {
  readonly slot: number;
  readonly colorRow: number;
}

/** Writes one strip into the column map; the format stands in `heat-shader`. */
export function writeStrip(map: Uint8Array, strip: PixelStrip, place: StripPlace, lowest: number): void {
  // 640 keeps the offset of every column that reaches into the view positive.
  const wanted = strip.run.tile.originRow - lowest + 640;
  const offset = wanted >= 0 && wanted < NO_COLUMN ? wanted : NO_COLUMN;
  for (let pixel = strip.first; pixel < strip.end; pixel++) {
    map[4 * pixel] = place.slot & 255;
    map[4 * pixel + 1] = ((place.slot >> 8) << 4) | (offset >> 8);
    map[4 * pixel + 2] = offset & 255;
    map[4 * pixel + 3] = place.colorRow;
  }
}

/** Writes "no column" everywhere. */
export function clearColumnMap(map: Uint8Array): void {
  for (let at = 0; at < map.length; at += 4) {
    map[at] = 0;
    map[at + 1] = NO_COLUMN >> 8;
    map[at + 2] = NO_COLUMN & 255;
    map[at + 3] = 0;
  }
}
