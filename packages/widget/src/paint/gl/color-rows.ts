import {
  indexTable,
  PROJECTION_OPACITY,
  type ColorTable,
  type HeatRequest,
  type HeatRun,
} from '@liquidation-heatmap/picture';
import { COLOR_ROWS } from './heat-shader.js';

/** Bytes of a row of the color texture: 256 codes of longs, then 256 of shorts. */
export const COLOR_ROW_BYTES = 2 * 256 * 4;

type Colors = Pick<HeatRequest, 'tables' | 'displayScale'>;

/** Which row of the color texture holds the colors of a code scale, measured and projected apart. */
export class ColorRows {
  readonly #rows = new Map<string, number>();
  #colors: Colors | undefined;

  /** Starts a picture; other tables or another display scale make all rows void. */
  begin(runs: readonly HeatRun[], colors: Colors): void {
    const needed = new Set(runs.map(keyOf));
    if (needed.size > COLOR_ROWS)
      throw new Error(`A picture has at most ${COLOR_ROWS} code scales, was ${needed.size}`);
    const fresh = [...needed].filter((key) => !this.#rows.has(key)).length;
    const isFull = this.#rows.size + fresh > COLOR_ROWS;
    if (isFull || !isSame(this.#colors, colors)) this.#rows.clear();
    this.#colors = { tables: colors.tables, displayScale: colors.displayScale };
  }

  /** Forgets all rows: the texture is empty. */
  reset(): void {
    this.#rows.clear();
  }

  /** Row of a run of the current picture; `upload` gets the row's bytes when the texture does not hold them yet. */
  rowOf(run: HeatRun, upload: (row: number, bytes: Uint8Array) => void): number {
    const key = keyOf(run);
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    if (this.#colors === undefined) throw new Error('A picture must begin before its color rows are asked for');
    const row = this.#rows.size;
    this.#rows.set(key, row);
    upload(row, rowBytes(run, this.#colors));
    return row;
  }
}

function keyOf({ tile, isProjection }: HeatRun): string {
  return `${tile.floor} ${tile.step} ${isProjection}`;
}

function isSame(a: Colors | undefined, b: Colors): boolean {
  return (
    a?.tables.long === b.tables.long &&
    a.tables.short === b.tables.short &&
    a.displayScale.low === b.displayScale.low &&
    a.displayScale.high === b.displayScale.high
  );
}

function rowBytes(run: HeatRun, { tables, displayScale }: Colors): Uint8Array {
  const index = indexTable(run.tile, displayScale);
  const opacity = run.isProjection ? PROJECTION_OPACITY : 1;
  const bytes = new Uint8Array(COLOR_ROW_BYTES);
  writeSide(bytes.subarray(0, COLOR_ROW_BYTES / 2), tables.long, index, opacity);
  writeSide(bytes.subarray(COLOR_ROW_BYTES / 2), tables.short, index, opacity);
  return bytes;
}

function writeSide(bytes: Uint8Array, table: ColorTable, index: Uint8Array, opacity: number): void {
  for (let code = 1; code < 256; code++) {
    const entry = index[code]! * 4;
    const alpha = Math.round(table.rgba[entry + 3]! * opacity);
    if (alpha === 0) continue;
    bytes.set(table.rgba.subarray(entry, entry + 3), code * 4);
    bytes[code * 4 + 3] = alpha;
  }
}
