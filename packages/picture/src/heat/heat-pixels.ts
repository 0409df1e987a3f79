import { CELL_BYTES, LOG_ROW, WINDOW_ROWS, type Tile } from '@liquidation-heatmap/core';
import type { ColorTable, ColorTables } from '../color-table.js';
import type { Viewport } from '../viewport.js';
import { indexTable, type DisplayScale, type SidesShown } from './display-scale.js';
import { columnAt, heatRuns, type HeatRun } from './heat-runs.js';

/** What heat is to be painted. */
export interface HeatRequest {
  readonly tiles: readonly Tile[];
  readonly view: Viewport;
  readonly tables: ColorTables;
  readonly displayScale: DisplayScale;
  /** Present of the frame; from here on the newest column is drawn as projection. */
  readonly nowTime: number;
  readonly sides?: SidesShown;
}

/** Opacity of the projection relative to measured columns. */
export const PROJECTION_OPACITY = 0.45;

/**
 * Paints the heat of the plot into `out` (`widthPx` x `heightPx` device pixels, RGBA, not premultiplied, first row on top).
 * Every painter follows the same rule, evaluated at pixel centers (i + 0.5, j + 0.5):
 *   time   = view.from + (i + 0.5) / widthPx · (view.to - view.from)
 *   column = the run of `heatRuns` with from <= time < to; firstColumn + floor((time - origin) / resolution); projection: firstColumn
 *   row    = floor(top - (j + 0.5) / heightPx · (top - bottom)) - originRow, top and bottom = ln(high or low) / ln(1.001)
 *   code   = max(R if longs are shown, G if shorts are shown); a tie is long
 *   color  = table of that side [indexTable[code]]; projection: opacity · 0.45; code 0, no run or row outside 0..639: transparent
 */
export function heatPixels(request: HeatRequest, out: Uint8ClampedArray, widthPx: number, heightPx: number): void {
  if (out.length !== widthPx * heightPx * 4)
    throw new Error(`Heat needs ${widthPx * heightPx * 4} bytes, was ${out.length}`);
  const target = new Uint32Array(out.buffer, out.byteOffset, widthPx * heightPx);
  target.fill(0);
  const { tiles, view, nowTime } = request;
  const rows = latticeRows(view, heightPx);
  for (const run of heatRuns(tiles, view, nowTime)) paintRun(run, request, rows, target, widthPx);
}

/** Walks rows outside and pixels inside: writes are contiguous and neighboring rows of a column share a cache line. */
function paintRun(run: HeatRun, request: HeatRequest, rows: Int32Array, target: Uint32Array, widthPx: number): void {
  const { cells, originRow } = run.tile;
  const { long, short } = sideColors(run, request);
  const { first, columnStarts } = pixelColumns(run, request.view, widthPx);
  for (let j = 0; j < rows.length; j++) {
    const row = rows[j]! - originRow;
    if (row < 0 || row >= WINDOW_ROWS) continue;
    const offset = row * CELL_BYTES;
    const start = j * widthPx + first;
    for (let i = 0; i < columnStarts.length; i++) {
      const at = columnStarts[i]! + offset;
      const longCode = cells[at]!;
      const shortCode = cells[at + 1]!;
      target[start + i] =
        shortCode * short.weight > longCode * long.weight ? short.colors[shortCode]! : long.colors[longCode]!;
    }
  }
}

/** Where the column of each device pixel of a run starts in the tile's cells, from pixel `first` on. */
function pixelColumns(
  run: HeatRun,
  view: Viewport,
  widthPx: number,
): { readonly first: number; readonly columnStarts: Int32Array } {
  const msPerPixel = (view.to - view.from) / widthPx;
  const timeOf = (pixel: number): number => view.from + (pixel + 0.5) * msPerPixel;
  const first = firstPixelFrom(run.from, timeOf, msPerPixel, widthPx);
  const last = firstPixelFrom(run.to, timeOf, msPerPixel, widthPx);
  const columnStarts = new Int32Array(Math.max(0, last - first));
  for (let i = 0; i < columnStarts.length; i++) {
    columnStarts[i] = columnAt(run, timeOf(first + i)) * WINDOW_ROWS * CELL_BYTES;
  }
  return { first, columnStarts };
}

/** Colors by code of one side of a run, in the byte order of the machine; weight 0 takes the side out of the comparison. */
interface SideColors {
  readonly colors: Uint32Array;
  readonly weight: 0 | 1;
}

function sideColors(
  run: HeatRun,
  { tables, displayScale, sides = 'both' }: HeatRequest,
): { long: SideColors; short: SideColors } {
  const index = indexTable(run.tile, displayScale);
  const opacity = run.isProjection ? PROJECTION_OPACITY : 1;
  const side = (table: ColorTable, isShown: boolean): SideColors =>
    isShown ? { colors: colorsByCode(table, index, opacity), weight: 1 } : { colors: new Uint32Array(256), weight: 0 };
  return { long: side(tables.long, sides !== 'short'), short: side(tables.short, sides !== 'long') };
}

function colorsByCode(table: ColorTable, index: Uint8Array, opacity: number): Uint32Array {
  const bytes = new Uint8Array(256 * 4);
  for (let code = 1; code < 256; code++) {
    const entry = index[code]! * 4;
    const alpha = Math.round(table.rgba[entry + 3]! * opacity);
    if (alpha === 0) continue;
    bytes.set(table.rgba.subarray(entry, entry + 3), code * 4);
    bytes[code * 4 + 3] = alpha;
  }
  return new Uint32Array(bytes.buffer);
}

function latticeRows(view: Viewport, heightPx: number): Int32Array {
  const top = Math.log(view.high) / LOG_ROW;
  const bottom = Math.log(view.low) / LOG_ROW;
  return Int32Array.from({ length: heightPx }, (_, j) => Math.floor(top - ((j + 0.5) / heightPx) * (top - bottom)));
}

/** First pixel whose center is at or after a time, at most `widthPx`. */
function firstPixelFrom(time: number, timeOf: (pixel: number) => number, msPerPixel: number, widthPx: number): number {
  let pixel = Math.min(widthPx, Math.max(0, Math.round((time - timeOf(0)) / msPerPixel)));
  while (pixel > 0 && timeOf(pixel - 1) >= time) pixel--;
  while (pixel < widthPx && timeOf(pixel) < time) pixel++;
  return pixel;
}
