import type { HeatmapFrame, Tile, UnixMs } from '@liquidation-heatmap/core';
import type { Viewport } from '../viewport.js';

/** Longest projection as a share of the view's width. */
export const PROJECTION_SHARE = 0.08;

/** Consecutive columns of one tile that are seen between two times. Runs of one picture never overlap. */
export interface HeatRun {
  readonly tile: Tile;
  /** Index of the column that starts at `origin`. */
  readonly firstColumn: number;
  /** Columns from `firstColumn` on that belong to the run. */
  readonly columnCount: number;
  /** Start of the first column; at or before `from`. */
  readonly origin: number;
  /** Part of the run that is shown: `from <= time < to`. */
  readonly from: number;
  readonly to: number;
  /** True for the newest column drawn beyond now: `firstColumn` holds for the whole run. */
  readonly isProjection: boolean;
}

/** A half-open interval of time. */
export interface TimeInterval {
  readonly from: number;
  readonly to: number;
}

/** Columns narrower than this many device pixels give way to a coarser resolution where there is one. */
const LEAST_COLUMN_PX = 0.5;

/** Present of a frame: the time up to which it knows anything. */
export function nowTimeOf(frame: HeatmapFrame): UnixMs {
  return Math.max(frame.facts.seenTime, frame.now?.seenTime ?? 0) as UnixMs;
}

/** Column of a run at a time inside it. */
export function columnAt(run: HeatRun, time: number): number {
  if (run.isProjection) return run.firstColumn;
  const steps = Math.floor((time - run.origin) / run.tile.resolutionMs);
  return run.firstColumn + Math.min(run.columnCount - 1, Math.max(0, steps));
}

/**
 * What the heat is made of, as runs that never overlap. A time belongs to the column with `endTime - resolution <= time < endTime`.
 * Where several resolutions hold one, the finest whose columns are at least half a device pixel wide wins, then coarser ones, then finer.
 * From `nowTime` on, the column that started last is extended by `PROJECTION_SHARE` of the view as the projection.
 */
export function heatRuns(tiles: readonly Tile[], view: Viewport, nowTime: number): readonly HeatRun[] {
  const order = resolutionOrder(tiles, (view.to - view.from) / (view.plot.width * view.pixelRatio));
  const end = Math.min(view.to, nowTime);
  const runs = runsInOrder(tiles, order, { from: view.from, to: end }).runs.slice();
  const projection = projectionRun(tiles, view, nowTime);
  if (projection !== undefined) runs.push(projection);
  return runs;
}

/** Runs by resolutions in order of preference, and the time that none of them covers. */
export function runsInOrder(
  tiles: readonly Tile[],
  order: readonly number[],
  span: TimeInterval,
): { readonly runs: readonly HeatRun[]; readonly uncovered: readonly TimeInterval[] } {
  const runs: HeatRun[] = [];
  let uncovered: readonly TimeInterval[] = span.to > span.from ? [span] : [];
  for (const resolution of order) {
    const stored = tiles.filter((tile) => tile.resolutionMs === resolution).flatMap(runsOfTile);
    stored.sort((a, b) => a.from - b.from);
    uncovered = cut(stored, uncovered, runs);
  }
  runs.sort((a, b) => a.from - b.from);
  return { runs, uncovered };
}

/** Resolutions held by tiles in order of preference for a time per device pixel. */
function resolutionOrder(tiles: readonly Tile[], msPerPixel: number): readonly number[] {
  const held = [...new Set(tiles.map((tile) => tile.resolutionMs as number))].sort((a, b) => a - b);
  const fits = (resolution: number): boolean => resolution >= LEAST_COLUMN_PX * msPerPixel;
  return [...held.filter(fits), ...held.filter((resolution) => !fits(resolution)).reverse()];
}

/** Runs of contiguous columns of one tile, whole. */
function runsOfTile(tile: Tile): HeatRun[] {
  const runs: HeatRun[] = [];
  let first = 0;
  for (let column = 1; column <= tile.heads.length; column++) {
    const isContiguous =
      column < tile.heads.length && tile.heads[column]!.endTime - tile.heads[column - 1]!.endTime === tile.resolutionMs;
    if (isContiguous) continue;
    const origin = tile.heads[first]!.endTime - tile.resolutionMs;
    const to = tile.heads[column - 1]!.endTime;
    runs.push({ tile, firstColumn: first, columnCount: column - first, origin, from: origin, to, isProjection: false });
    first = column;
  }
  return runs;
}

/** Puts the parts of stored runs that fall into free intervals into `out` and returns what stays free. Both inputs ascend. */
function cut(stored: readonly HeatRun[], free: readonly TimeInterval[], out: HeatRun[]): readonly TimeInterval[] {
  const left: TimeInterval[] = [];
  for (const interval of free) {
    let at = interval.from;
    for (const run of stored) {
      if (run.to <= at || run.from >= interval.to) continue;
      const from = Math.max(at, run.from);
      const to = Math.min(interval.to, run.to);
      if (from > at) left.push({ from: at, to: from });
      out.push(trimmed(run, from, to));
      at = to;
    }
    if (at < interval.to) left.push({ from: at, to: interval.to });
  }
  return left;
}

function trimmed(run: HeatRun, from: number, to: number): HeatRun {
  const resolution = run.tile.resolutionMs;
  const skipped = Math.floor((from - run.origin) / resolution);
  const origin = run.origin + skipped * resolution;
  const columnCount = Math.min(run.columnCount - skipped, Math.ceil((to - origin) / resolution));
  return { ...run, firstColumn: run.firstColumn + skipped, columnCount, origin, from, to };
}

/** The column that started last (the finer one where two did), held from now for a small part of the view: a hint, not a forecast. */
function projectionRun(tiles: readonly Tile[], view: Viewport, nowTime: number): HeatRun | undefined {
  const from = Math.max(nowTime, view.from);
  if (from >= view.to) return undefined;
  let newest: Tile | undefined;
  for (const tile of tiles) {
    const isNewer = newest === undefined || lastStart(tile) > lastStart(newest);
    const isFiner =
      newest !== undefined && lastStart(tile) === lastStart(newest) && tile.resolutionMs < newest.resolutionMs;
    if (isNewer || isFiner) newest = tile;
  }
  if (newest === undefined || newest.heads.length === 0) return undefined;
  return {
    tile: newest,
    firstColumn: newest.heads.length - 1,
    columnCount: 1,
    origin: from,
    from,
    to: Math.min(view.to, from + PROJECTION_SHARE * (view.to - view.from)),
    isProjection: true,
  };
}

function lastStart(tile: Tile): number {
  return (tile.heads.at(-1)?.endTime ?? Number.NEGATIVE_INFINITY) - tile.resolutionMs;
}
