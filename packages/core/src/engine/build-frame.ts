import type { VenueExposure } from '../aggregate/venue-sample.js';
import { tableAge } from '../margin/table-age.js';
import {
  CELL_BYTES,
  TILE_COLUMNS,
  WINDOW_ROWS,
  type Column,
  type FrameFacts,
  type HeatmapFrame,
  type InstrumentMarginTable,
  type Tile,
} from '../model/heatmap-frame.js';
import { writeColumnCells } from '../model/tile-cells.js';
import type { Price, UnixMs } from '../model/units.js';
import type { VenueId } from '../model/venue.js';
import { buildNow } from './build-now.js';
import type { Engine } from './engine.js';
import { MODEL, paramsHash } from './engine-options.js';
import type { InstrumentEstimate } from './instrument-estimate.js';
import { toldClusters } from './told-clusters.js';
import { toldSetups } from './told-setups.js';

/** What the builders look at. */
export interface FrameInputs {
  readonly engine: Engine;
  readonly exposures: readonly (VenueExposure & { readonly venue: VenueId })[];
  readonly referencePrice: Price;
}

/** Tiles coarse first (the open column last in each width), the present, the facts. */
export function buildFrame(inputs: FrameInputs): HeatmapFrame {
  const coarseFirst = [...inputs.engine.series].sort((a, b) => b.resolutionMs - a.resolutionMs);
  const tiles = coarseFirst.flatMap((series) => {
    const open = inputs.engine.openColumn(series);
    return open === undefined ? [...series.tiles()] : withOpenColumn(series.tiles(), open);
  });
  return { tiles, now: buildNow(inputs), facts: buildFacts(inputs) };
}

/** What the estimate is made of; `relative` while any venue's open interest is unknown. */
export function buildFacts({ engine, referencePrice }: FrameInputs): FrameFacts {
  const estimates = [...engine.estimates.values()];
  const isRelative = estimates.length === 0 || estimates.some((estimate) => estimate.isRelative);
  const reference = estimates.find(({ spec }) => spec.venue === engine.options.venues[0]);
  return {
    symbol: engine.options.symbol,
    venues: engine.options.venues,
    instruments: estimates.map(({ spec }) => spec.id),
    seenTime: engine.clock as UnixMs,
    scale: isRelative ? 'relative' : 'usd',
    basis: estimates.some((estimate) => estimate.hasLearned) ? 'learned' : 'prior-only',
    inputs: engine.coverage.inputs(true),
    coverage: engine.coverage.list(),
    marginTables: estimates.map((estimate) => marginTableOf(estimate, engine.clock)),
    prints: engine.prints,
    ...toldClusters(engine.watch, referencePrice),
    ...toldSetups(engine.setupWatch, engine.alertWatch),
    rejections: Object.fromEntries(engine.rejections),
    model: MODEL.name,
    version: MODEL.version,
    paramsHash: paramsHash(engine.options.model),
    tickSize: reference?.spec.tickSize ?? '',
  };
}

function marginTableOf({ spec, terms }: InstrumentEstimate, now: number): InstrumentMarginTable {
  const { asOf } = terms;
  return { instrument: spec.id, ...(asOf === undefined ? {} : { table: tableAge(asOf, now) }) };
}

function withOpenColumn(tiles: readonly Tile[], open: Column): readonly Tile[] {
  const last = tiles.at(-1);
  const fits =
    last !== undefined &&
    last.heads.length < TILE_COLUMNS &&
    last.originRow === open.originRow &&
    last.floor === open.floor &&
    last.step === open.step;
  const base = fits ? last : undefined;
  const cells = base === undefined ? new Uint8Array(TILE_COLUMNS * WINDOW_ROWS * CELL_BYTES) : base.cells.slice();
  const heads = base?.heads ?? [];
  writeColumnCells(cells, heads.length, open);
  const { originRow, floor, step } = open;
  const tile: Tile = {
    resolutionMs: open.head.resolutionMs,
    originRow,
    floor,
    step,
    heads: [...heads, open.head],
    cells,
  };
  return fits ? [...tiles.slice(0, -1), tile] : [...tiles, tile];
}
