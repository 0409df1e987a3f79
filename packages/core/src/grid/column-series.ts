import {
  CELL_BYTES,
  SPREAD_UNKNOWN,
  TILE_COLUMNS,
  WINDOW_ROWS,
  type Column,
  type ColumnHead,
  type Tile,
} from '../model/heatmap-frame.js';
import { writeColumnCells } from '../model/tile-cells.js';
import type { DurationMs, Fraction, LatticeRow, Price, UnixMs } from '../model/units.js';
import { codeOfAge, codeOfBand, codeOfValue, exceedsScale, scaleFor } from './cell-codes.js';
import { fromShortFloats, toShortFloats } from './short-floats.js';
import { rowOfPrice } from './price-lattice.js';
import { cellsOfPlanes, layerDifferences, layersOfDifferences, planesOfCells } from './tile-planes.js';

/** Rows of the window below the mark: -27 %, so that 324 rows (+38 %) lie above. */
const ROWS_BELOW_MARK = 316;
/** A window is moved when the mark is this many rows from where it was chosen for. */
const RECENTER_ROWS = 120;
/** Silence longer than this (and than a column) is a gap. */
const SHORTEST_GAP_MS = 2_000;

/** Standing exposure of all venues over one stretch of rows, USD; one pair of vectors a venue. */
export interface DensitySample {
  /** Lattice row of index 0. */
  readonly origin: number;
  readonly long: readonly Float64Array[];
  readonly short: readonly Float64Array[];
}

/** What is only looked at when a column is written: sums of both sides per row of the sample's stretch. */
export interface SampleDetail {
  /** Standing exposure. */
  readonly middle: Float64Array;
  /** Variance of the same, USD squared. */
  readonly variance: Float64Array;
  /** Exposure x time since opening, ms. */
  readonly age: Float64Array;
}

/** State that describes the moment, copied into each column's head. */
export interface SampleContext {
  readonly mark: number;
  readonly inputs: number;
  readonly venues: number;
  /** False while no channel that tells the price delivers. */
  readonly isDelivering: boolean;
  /** Detail of the current state, computed at most once a moment. */
  readonly detail: () => SampleDetail;
}

/** Closed columns with the per-venue USD vectors they were made of (`2 x WINDOW_ROWS` each, long then short), as short floats. */
interface StoredTile {
  readonly tile: Tile & { readonly heads: ColumnHead[] };
  readonly layers: (readonly Uint16Array[])[];
}

/** Plain state of a series for a checkpoint. */
export type SeriesState = ReturnType<ColumnSeries['state']>;

/** Reused by every column: what it holds is read before the next one is written. */
const means = new Float64Array(2 * WINDOW_ROWS);

/** Columns of one width: accumulates the time-weighted mean of samples, closes columns on time, keeps the newest ones. */
export class ColumnSeries {
  readonly resolutionMs: DurationMs;
  readonly #venueCount: number;
  readonly #columnsKept: number;
  #tiles: StoredTile[] = [];
  #origin = Number.NaN;
  #chosenFor = Number.NaN;
  #scale = scaleFor(0);
  #needsTile = true;
  /** The next time accounted for chooses the code scale; looking at the open column must not, or looking would change bytes. */
  #needsScale = true;
  #end = Number.NaN;
  #coveredMs = 0;
  #deliveredMs = 0;
  #sums: Float64Array[];
  #prices = { open: Number.NaN, high: Number.NaN, low: Number.NaN, close: Number.NaN };

  constructor(resolutionMs: DurationMs, venueCount: number, columnsKept: number) {
    this.resolutionMs = resolutionMs;
    this.#venueCount = venueCount;
    this.#columnsKept = columnsKept;
    this.#sums = this.#freshSums();
  }

  /** First lattice row of the window now in use; NaN before the first sample. */
  get origin(): number {
    return this.#origin;
  }

  /** Tells the open column's candle of a last price (or of a bar's range). */
  notePrice(open: number, high: number, low: number, close: number): void {
    const { open: first, high: top, low: bottom } = this.#prices;
    this.#prices = {
      open: Number.isNaN(first) ? open : first,
      high: Number.isNaN(top) ? high : Math.max(top, high),
      low: Number.isNaN(bottom) ? low : Math.min(bottom, low),
      close,
    };
  }

  /** Accounts for the time from..to, in which `sample` stood; closes the columns that end in it and returns how many did. */
  add(from: number, to: number, sample: DensitySample, context: SampleContext): number {
    if (to - from > Math.max(this.resolutionMs, SHORTEST_GAP_MS)) return this.#skip(to, sample, context);
    let closed = 0;
    for (let at = from; at < to;) {
      if (Number.isNaN(this.#end)) this.#begin(at, context.mark);
      if (Number.isNaN(this.#origin)) this.#placeWindow(context.mark);
      const until = Math.min(to, this.#end);
      this.#accumulate(sample, until - at, context.isDelivering);
      at = until;
      if (at >= this.#end) closed += this.#close(sample, context);
    }
    return closed;
  }

  /** The column that has not ended, as it stands; undefined before it covers any time. */
  openColumn(sample: DensitySample, context: SampleContext): Column | undefined {
    return this.#coveredMs > 0 ? this.#encode(sample, context, true) : undefined;
  }

  /** Closed columns in tiles, oldest first; shared memory, not to be written. */
  tiles(): readonly Tile[] {
    return this.#tiles.map(({ tile }) => tile);
  }

  /** USD of one stored column per venue, with the window it lies on; `time` selects the column that contains it. */
  layersAt(time: number): { readonly origin: number; readonly layers: readonly Float32Array[] } | undefined {
    for (let i = this.#tiles.length - 1; i >= 0; i--) {
      const { tile, layers } = this.#tiles[i]!;
      const index = tile.heads.findIndex((head) => time < head.endTime && time >= head.endTime - this.resolutionMs);
      if (index >= 0) return { origin: tile.originRow, layers: layers[index]!.map(fromShortFloats) };
    }
    return undefined;
  }

  /** USD of the open column per venue so far. */
  openLayers(time: number): { readonly origin: number; readonly layers: readonly Float32Array[] } | undefined {
    const isInside = time < this.#end && time >= this.#end - this.resolutionMs;
    return isInside && this.#coveredMs > 0 ? { origin: this.#origin, layers: this.#layers() } : undefined;
  }

  /** Everything that decides what comes next, as plain data. */
  state() {
    return {
      origin: this.#origin,
      chosenFor: this.#chosenFor,
      floor: this.#scale.floor,
      step: this.#scale.step,
      needsTile: this.#needsTile,
      end: this.#end,
      needsScale: this.#needsScale,
      coveredMs: this.#coveredMs,
      deliveredMs: this.#deliveredMs,
      sums: this.#sums,
      prices: this.#prices,
      tiles: this.#tiles.map(({ tile, layers }) => ({
        ...tile,
        cells: planesOfCells(tile.cells),
        layers: layerDifferences(layers),
      })),
    };
  }

  /** Takes over what `state` gave. */
  restore(state: SeriesState): void {
    this.#origin = state.origin;
    this.#chosenFor = state.chosenFor;
    this.#scale = { floor: state.floor, step: state.step };
    this.#needsTile = state.needsTile;
    this.#end = state.end;
    this.#needsScale = state.needsScale;
    this.#coveredMs = state.coveredMs;
    this.#deliveredMs = state.deliveredMs;
    this.#sums = state.sums;
    this.#prices = state.prices;
    this.#tiles = state.tiles.map(({ layers, ...tile }) => ({
      tile: { ...tile, heads: [...tile.heads], cells: cellsOfPlanes(tile.cells) },
      layers: layersOfDifferences(layers),
    }));
  }

  #freshSums(): Float64Array[] {
    return Array.from({ length: this.#venueCount }, () => new Float64Array(2 * WINDOW_ROWS));
  }

  #skip(to: number, sample: DensitySample, context: SampleContext): number {
    const closed = this.#coveredMs > 0 ? this.#close(sample, context) : 0;
    this.#begin(to, context.mark);
    return closed;
  }

  #begin(at: number, mark: number): void {
    const isFirst = Number.isNaN(this.#end);
    this.#end = (Math.floor(at / this.resolutionMs) + 1) * this.resolutionMs;
    this.#coveredMs = 0;
    this.#deliveredMs = 0;
    this.#needsScale ||= this.#needsTile;
    for (const sums of this.#sums) sums.fill(0);
    if (!isFirst) this.#prices = { open: Number.NaN, high: Number.NaN, low: Number.NaN, close: Number.NaN };
    this.#placeWindow(mark);
  }

  /** Chooses the window for the mark, unless the one in use still fits. A column begun before any price gets its window late. */
  #placeWindow(mark: number): void {
    if (!(mark > 0)) return;
    const row = rowOfPrice(mark);
    if (Math.abs(row - this.#chosenFor) <= RECENTER_ROWS) return;
    this.#chosenFor = row;
    this.#origin = row - ROWS_BELOW_MARK;
    this.#needsTile = true;
    this.#needsScale = true;
  }

  #accumulate(sample: DensitySample, durationMs: number, isDelivering: boolean): void {
    if (Number.isNaN(this.#origin)) return;
    this.#coveredMs += durationMs;
    if (isDelivering) this.#deliveredMs += durationMs;
    const offset = this.#origin - sample.origin;
    for (let venue = 0; venue < this.#venueCount; venue++) {
      const sums = this.#sums[venue]!;
      addRows(sums, 0, sample.long[venue]!, offset, durationMs);
      addRows(sums, WINDOW_ROWS, sample.short[venue]!, offset, durationMs);
      if (this.#needsScale) this.#chooseScale();
    }
  }

  #chooseScale(): void {
    const { brightest } = this.#means();
    this.#scale = scaleFor(brightest);
    this.#needsScale = brightest === 0;
  }

  #close(sample: DensitySample, context: SampleContext): number {
    const isEmpty = this.#coveredMs === 0;
    if (!isEmpty) this.#store(this.#encode(sample, context, false));
    this.#begin(this.#end, context.mark);
    return isEmpty ? 0 : 1;
  }

  #store(column: Column): void {
    const last = this.#tiles.at(-1);
    // Columns before anything stood have a scale of nothing: the first that holds something begins a tile of its own.
    const isOfScale = last?.tile.floor === column.floor && last.tile.step === column.step;
    const fits = last !== undefined && !this.#needsTile && isOfScale && last.tile.heads.length < TILE_COLUMNS;
    const target = fits ? last : this.#newTile(column);
    this.#needsTile = target.tile.heads.length + 1 >= TILE_COLUMNS;
    writeColumnCells(target.tile.cells, target.tile.heads.length, column);
    target.tile.heads.push(column.head);
    target.layers.push(this.#layers().map(toShortFloats));
    const count = this.#tiles.reduce((sum, { tile }) => sum + tile.heads.length, 0);
    if (count - this.#tiles[0]!.tile.heads.length >= this.#columnsKept) this.#tiles.shift();
  }

  #newTile(column: Column): StoredTile {
    this.#scale = { floor: column.floor, step: column.step };
    const cells = new Uint8Array(TILE_COLUMNS * WINDOW_ROWS * CELL_BYTES);
    const { originRow, floor, step } = column;
    const stored: StoredTile = {
      tile: { resolutionMs: this.resolutionMs, originRow, floor, step, heads: [], cells },
      layers: [],
    };
    this.#tiles.push(stored);
    return stored;
  }

  #layers(): readonly Float32Array[] {
    return this.#sums.map((sums) => {
      const layer = new Float32Array(sums.length);
      const covered = this.#coveredMs;
      for (let i = 0; i < layer.length; i++) layer[i] = sums[i]! / covered;
      return layer;
    });
  }

  #encode(sample: DensitySample, context: SampleContext, isOpen: boolean): Column {
    const { values, brightest } = this.#means();
    const mustRescale = exceedsScale(brightest, this.#scale);
    const scale = mustRescale ? scaleFor(brightest) : this.#scale;
    if (mustRescale && !isOpen) this.#needsTile = true;
    const codes = new Uint8Array(2 * WINDOW_ROWS);
    for (let i = 0; i < codes.length; i++) if (values[i]! > 0) codes[i] = codeOfValue(values[i]!, scale);
    const long = codes.subarray(0, WINDOW_ROWS);
    const short = codes.subarray(WINDOW_ROWS);
    const { spread, age } = detailCodes(context.detail(), this.#origin - sample.origin, long, short);
    return {
      head: this.#head(context, isOpen),
      originRow: this.#origin as LatticeRow,
      ...scale,
      long,
      short,
      spread,
      age,
    };
  }

  /** Mean USD per row over the covered time, all venues, long then short. */
  #means(): { readonly values: Float64Array; readonly brightest: number } {
    const values = means;
    values.fill(0);
    let brightest = 0;
    for (const sums of this.#sums) for (let i = 0; i < values.length; i++) values[i]! += sums[i]!;
    const covered = this.#coveredMs;
    for (let i = 0; i < values.length; i++) {
      const mean = values[i]! / covered;
      values[i] = mean;
      if (mean > brightest) brightest = mean;
    }
    return { values, brightest };
  }

  #head(context: SampleContext, isOpen: boolean): ColumnHead {
    const { open, high, low, close } = this.#prices;
    return {
      endTime: this.#end as UnixMs,
      resolutionMs: this.resolutionMs,
      isOpen,
      open: open as Price,
      high: high as Price,
      low: low as Price,
      close: close as Price,
      mark: context.mark as Price,
      inputs: context.inputs,
      venues: context.venues,
      completeness: (this.#deliveredMs / (isOpen ? this.#coveredMs : this.resolutionMs)) as Fraction,
    };
  }
}

function addRows(target: Float64Array, start: number, source: Float64Array, offset: number, weight: number): void {
  const from = Math.max(0, -offset);
  const to = Math.min(WINDOW_ROWS, source.length - offset);
  for (let i = from; i < to; i++) target[start + i]! += source[i + offset]! * weight;
}

function detailCodes(detail: SampleDetail, offset: number, long: Uint8Array, short: Uint8Array) {
  const spread = new Uint8Array(WINDOW_ROWS);
  const age = new Uint8Array(WINDOW_ROWS);
  const { middle, variance, age: ages } = detail;
  for (let i = 0; i < WINDOW_ROWS; i++) {
    if (long[i] === 0 && short[i] === 0) continue;
    const at = i + offset;
    const size = at >= 0 && at < middle.length ? middle[at]! : 0;
    spread[i] = size > 0 ? codeOfBand(size, variance[at]!) : SPREAD_UNKNOWN;
    age[i] = size > 0 ? codeOfAge(Math.max(0, ages[at]! / size)) : 0;
  }
  return { spread, age };
}
