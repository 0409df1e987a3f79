import { CELL_BYTES, LOG_ROW, WINDOW_ROWS, valueOfCode, type CodeScale, type Usd } from '@liquidation-heatmap/core';
import type { Viewport } from '../viewport.js';
import type { HeatRun } from './heat-runs.js';

/** Exposure that the first and the last color stand for, USD in one lattice row. */
export interface DisplayScale {
  readonly low: Usd;
  readonly high: Usd;
}

/** Which position sides are shown. */
export type SidesShown = 'both' | 'long' | 'short';

/** A scale never spans less than this ratio, so that noise around one value is not blown up to full contrast. */
const LEAST_SPAN = 8;
/** New extremes within these ratios keep the colors as they are: a cluster may grow by 15 % before everything else dims. */
const KEPT_ABOVE = 1.15;
const KEPT_BELOW = 1.25;
const KEPT_LOW = 2;
/** Columns looked at for a scale: exposure stands for many columns, so a sample sees what all would. */
const COLUMNS_SEEN = 160;

/**
 * Index into a color table for each code of a tile: linear in USD from `low` (1) to `high` (255), clamped; 0 stays empty.
 *   index = 1 + round(254 · (value - low) / (high - low))
 * Linear, because a reader takes twice as bright for twice as much; a logarithm would light the broad background up and leave
 * the clusters little to stand out with.
 */
export function indexTable(tileScale: CodeScale, displayScale: DisplayScale): Uint8Array {
  const table = new Uint8Array(256);
  const span = displayScale.high - displayScale.low;
  for (let code = 1; code < 256; code++) {
    const share = (valueOfCode(code, tileScale) - displayScale.low) / span;
    table[code] = 1 + Math.round(254 * Math.min(1, Math.max(0, share)));
  }
  return table;
}

/**
 * Scale of what is seen: median of the cells that hold anything to the brightest; undefined when all are empty. Of long pictures every 2nd,
 * 4th, ... column is looked at, always the same ones, so that a glance stays under a few milliseconds.
 */
export function observeScale(
  runs: readonly HeatRun[],
  view: Viewport,
  sides: SidesShown = 'both',
): DisplayScale | undefined {
  const counts = new Map<string, { readonly scale: CodeScale; readonly byCode: Uint32Array }>();
  const columns = runs.reduce((sum, run) => sum + run.columnCount, 0);
  const stride = 2 ** Math.max(0, Math.ceil(Math.log2(columns / COLUMNS_SEEN)));
  for (const run of runs) {
    const { tile } = run;
    const key = `${tile.floor} ${tile.step}`;
    const entry = counts.get(key) ?? { scale: tile, byCode: new Uint32Array(256) };
    counts.set(key, entry);
    countCodes(run, view, sides, stride, entry.byCode);
  }
  const cells: { value: number; count: number }[] = [];
  for (const { scale, byCode } of counts.values()) {
    for (let code = 1; code < 256; code++) {
      if (byCode[code]! > 0) cells.push({ value: valueOfCode(code, scale), count: byCode[code]! });
    }
  }
  return scaleOfCells(cells.sort((a, b) => a.value - b.value));
}

/** The scale to use next: the one in use while it still fits what is seen, else the one seen. Keeps colors from flickering. */
export function nextDisplayScale(
  inUse: DisplayScale | undefined,
  seen: DisplayScale | undefined,
): DisplayScale | undefined {
  if (inUse === undefined || seen === undefined) return seen ?? inUse;
  const isKept =
    seen.high <= inUse.high * KEPT_ABOVE &&
    seen.high >= inUse.high / KEPT_BELOW &&
    seen.low <= inUse.low * KEPT_LOW &&
    seen.low >= inUse.low / KEPT_LOW;
  return isKept ? inUse : seen;
}

function countCodes(run: HeatRun, view: Viewport, sides: SidesShown, stride: number, byCode: Uint32Array): void {
  const { cells, heads, originRow, resolutionMs } = run.tile;
  const firstRow = Math.max(0, Math.floor(Math.log(view.low) / LOG_ROW) - originRow);
  const lastRow = Math.min(WINDOW_ROWS - 1, Math.floor(Math.log(view.high) / LOG_ROW) - originRow);
  const longMask = sides === 'short' ? 0 : 255;
  const shortMask = sides === 'long' ? 0 : 255;
  for (let column = run.firstColumn; column < run.firstColumn + run.columnCount; column++) {
    const isSampled = Math.round(heads[column]!.endTime / resolutionMs) % stride === 0 || column === heads.length - 1;
    if (!isSampled) continue;
    const end = (column * WINDOW_ROWS + lastRow) * CELL_BYTES;
    for (let at = (column * WINDOW_ROWS + firstRow) * CELL_BYTES; at <= end; at += CELL_BYTES) {
      const long = cells[at]! & longMask;
      const short = cells[at + 1]! & shortMask;
      byCode[long > short ? long : short]!++;
    }
  }
}

function scaleOfCells(
  ascending: readonly { readonly value: number; readonly count: number }[],
): DisplayScale | undefined {
  const brightest = ascending.at(-1);
  if (brightest === undefined) return undefined;
  let left = ascending.reduce((sum, cell) => sum + cell.count, 0) / 2;
  const median = ascending.find((cell) => (left -= cell.count) <= 0) ?? brightest;
  return { low: Math.min(median.value, brightest.value / LEAST_SPAN) as Usd, high: brightest.value as Usd };
}
