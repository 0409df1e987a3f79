import {
  CELL_BYTES,
  LOG_ROW,
  SPREAD_UNKNOWN,
  WINDOW_ROWS,
  ageOfCode,
  priceAtPosition,
  spreadOfCode,
  valueOfCode,
  type DurationMs,
  type HeatmapFrame,
  type Price,
  type Tile,
  type UnixMs,
  type Usd,
  type VenueSplit,
} from '@liquidation-heatmap/core';
import { columnAt, heatRuns, nowTimeOf, type HeatRun } from './heat/heat-runs.js';
import { priceAtY, timeAtX, type Viewport } from './viewport.js';

/** What stands under a place of the plot: one cell, read as the pixel there shows it. */
export interface Readout {
  readonly time: UnixMs;
  readonly price: Price;
  /** Edges of the lattice row. */
  readonly rowLow: Price;
  readonly rowHigh: Price;
  /** Share of the mark that the price lies above it; undefined without a mark. */
  readonly distance: number | undefined;
  /** Undefined where there is no column. */
  readonly cell: ReadoutCell | undefined;
  /** Every amount is an estimate; it says so, so that no display forgets. */
  readonly isEstimate: true;
  /** True where amounts only compare with each other. */
  readonly isRelative: boolean;
  /** True beyond now: the newest column, carried forward. */
  readonly isProjection: boolean;
}

/** Estimated exposure of one cell. */
export interface ReadoutCell {
  readonly columnFrom: UnixMs;
  readonly columnTo: UnixMs;
  readonly long: Usd;
  readonly short: Usd;
  /** P90 / P50; undefined when the spread is not known. */
  readonly spreadRatio: number | undefined;
  /** Mean age of the mass; undefined for an empty cell. */
  readonly ageMs: DurationMs | undefined;
  /** By venue, largest first; only the present knows it here, a source answers for other columns (`splitAt`). */
  readonly venues: readonly VenueSplit[] | undefined;
}

/** Reads the frame at CSS pixels; undefined outside the plot. */
export function readoutAt(frame: HeatmapFrame, view: Viewport, x: number, y: number): Readout | undefined {
  const { plot } = view;
  if (x < plot.x || x > plot.x + plot.width || y < plot.y || y > plot.y + plot.height) return undefined;
  const time = timeAtX(view, x);
  const price = priceAtY(view, y);
  const row = Math.floor(Math.log(price) / LOG_ROW);
  const nowTime = nowTimeOf(frame);
  const run = heatRuns(frame.tiles, view, nowTime).find((candidate) => candidate.from <= time && time < candidate.to);
  const mark = frame.now?.mark;
  return {
    time,
    price,
    rowLow: priceAtPosition(row),
    rowHigh: priceAtPosition(row + 1),
    distance: mark !== undefined && mark > 0 ? price / mark - 1 : undefined,
    cell: run === undefined ? undefined : cellOf(frame, run, columnAt(run, time), row),
    isEstimate: true,
    isRelative: frame.facts.scale === 'relative',
    isProjection: run?.isProjection ?? false,
  };
}

function cellOf(frame: HeatmapFrame, run: HeatRun, column: number, row: number): ReadoutCell {
  const { tile } = run;
  const head = tile.heads[column]!;
  const codes = codesOf(tile, column, row - tile.originRow);
  const isPresent = run.isProjection || head.isOpen;
  return {
    columnFrom: (head.endTime - tile.resolutionMs) as UnixMs,
    columnTo: head.endTime,
    long: valueOfCode(codes.long, tile) as Usd,
    short: valueOfCode(codes.short, tile) as Usd,
    spreadRatio: codes.spread === SPREAD_UNKNOWN ? undefined : Math.exp(spreadOfCode(codes.spread)),
    ageMs: codes.age === 0 ? undefined : (ageOfCode(codes.age) as DurationMs),
    venues: isPresent ? venuesAt(frame, row) : undefined,
  };
}

interface CellCodes {
  readonly long: number;
  readonly short: number;
  readonly spread: number;
  readonly age: number;
}

function codesOf({ cells }: Tile, column: number, row: number): CellCodes {
  if (row < 0 || row >= WINDOW_ROWS) return { long: 0, short: 0, spread: SPREAD_UNKNOWN, age: 0 };
  const at = (column * WINDOW_ROWS + row) * CELL_BYTES;
  return { long: cells[at]!, short: cells[at + 1]!, spread: cells[at + 2]!, age: cells[at + 3]! };
}

function venuesAt({ now }: HeatmapFrame, row: number): readonly VenueSplit[] | undefined {
  if (now === undefined) return undefined;
  const index = row - now.originRow;
  const splits = now.venues.map(({ part, long, short }) => ({
    venue: part,
    long: (long[index] ?? 0) as Usd,
    short: (short[index] ?? 0) as Usd,
  }));
  return splits.filter((split) => split.long + split.short > 0).sort((a, b) => b.long + b.short - a.long - a.short);
}
