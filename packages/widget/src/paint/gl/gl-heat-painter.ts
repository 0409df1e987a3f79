import { CELL_BYTES, WINDOW_ROWS } from '@liquidation-heatmap/core';
import { heatRuns, type HeatRequest } from '@liquidation-heatmap/picture';
import type { Texture2D } from 'regl';
import type { HeatPainter } from '../heat-painter.js';
import { ColorRows } from './color-rows.js';
import { ColumnCache } from './column-cache.js';
import { createHeatCommands, type HeatCommands } from './heat-commands.js';
import { COLOR_ROWS } from './heat-shader.js';
import { clearColumnMap, pixelRows, pixelStrips, writeRowMap, writeStrip, type PixelStrip } from './pixel-maps.js';
import type { CapturedCode } from './strict-cache.js';

const COLUMN_BYTES = WINDOW_ROWS * CELL_BYTES;

/** Bytes and texture of one of the two maps, one texel a pixel. */
interface PixelMap {
  readonly bytes: Uint8Array;
  readonly texture: Texture2D;
}

/**
 * Heat through regl: cells stay codes in one ring texture (price rows along the width, one contiguous upload a column), two
 * maps of a few KB say which cell a pixel shows, and a small table what color a code has.
 */
export class GlHeatPainter implements HeatPainter {
  readonly kind = 'webgl';
  readonly canvas: HTMLCanvasElement;
  readonly #gl: WebGLRenderingContext;
  readonly #commands: HeatCommands;
  readonly #cache = new ColumnCache();
  readonly #colorRows = new ColorRows();
  readonly #columns: Texture2D;
  readonly #colors: Texture2D;
  #columnMap: PixelMap;
  #rowMap: PixelMap;

  /** Throws what regl throws: `EvalError` or `CapturedCodeMiss` where it may not or cannot run. */
  constructor(canvas: HTMLCanvasElement, gl: WebGLRenderingContext, cachedCode: CapturedCode) {
    this.canvas = canvas;
    this.#gl = gl;
    this.#commands = createHeatCommands(gl, cachedCode);
    const { regl } = this.#commands;
    this.#columns = regl.texture({ width: WINDOW_ROWS, height: this.#cache.capacity });
    this.#colors = regl.texture({ width: 512, height: COLOR_ROWS });
    this.#columnMap = this.#pixelMap(canvas.width);
    this.#rowMap = this.#pixelMap(canvas.height);
  }

  resize(widthPx: number, heightPx: number): void {
    if (this.canvas.width !== widthPx) this.canvas.width = widthPx;
    if (this.canvas.height !== heightPx) this.canvas.height = heightPx;
    this.#columnMap.texture.destroy();
    this.#rowMap.texture.destroy();
    this.#columnMap = this.#pixelMap(widthPx);
    this.#rowMap = this.#pixelMap(heightPx);
  }

  draw(request: HeatRequest): void {
    const { width, height } = this.canvas;
    const { regl, drawHeat } = this.#commands;
    this.#fillMaps(request, width, height);
    regl.poll();
    drawHeat({
      columns: this.#columns,
      colors: this.#colors,
      columnMap: this.#columnMap.texture,
      rowMap: this.#rowMap.texture,
      size: [width, height],
      slots: this.#cache.capacity,
      sides: [request.sides === 'short' ? 0 : 1, request.sides === 'long' ? 0 : 1],
    });
  }

  readPixels(): Uint8ClampedArray {
    const { width, height } = this.canvas;
    const upward = new Uint8Array(width * height * 4);
    const gl = this.#gl;
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, upward);
    const pixels = new Uint8ClampedArray(upward.length);
    const stride = width * 4;
    for (let row = 0; row < height; row++) {
      pixels.set(upward.subarray((height - 1 - row) * stride, (height - row) * stride), row * stride);
    }
    return pixels;
  }

  dispose(): void {
    this.#commands.regl.destroy();
  }

  #fillMaps({ tiles, view, nowTime, tables, displayScale }: HeatRequest, width: number, height: number): void {
    const runs = heatRuns(tiles, view, nowTime);
    const strips = pixelStrips(runs, view, width);
    const { rows, lowest } = pixelRows(view, height);
    if (this.#cache.begin(strips.length)) this.#columns.resize(WINDOW_ROWS, this.#cache.capacity);
    this.#colorRows.begin(runs, { tables, displayScale });
    clearColumnMap(this.#columnMap.bytes);
    for (const strip of strips) {
      const place = { slot: this.#slotOf(strip), colorRow: this.#colorRows.rowOf(strip.run, this.#uploadColors) };
      writeStrip(this.#columnMap.bytes, strip, place, lowest);
    }
    writeRowMap(this.#rowMap.bytes, rows, lowest);
    this.#columnMap.texture.subimage({ width, height: 1, data: this.#columnMap.bytes });
    this.#rowMap.texture.subimage({ width: height, height: 1, data: this.#rowMap.bytes });
  }

  #slotOf({ run, column, head }: PixelStrip): number {
    const { slot, isNew } = this.#cache.slotOf(head);
    if (isNew) {
      const data = run.tile.cells.subarray(column * COLUMN_BYTES, (column + 1) * COLUMN_BYTES);
      this.#columns.subimage({ width: WINDOW_ROWS, height: 1, data }, 0, slot);
    }
    return slot;
  }

  readonly #uploadColors = (row: number, data: Uint8Array): void => {
    this.#colors.subimage({ width: 512, height: 1, data }, 0, row);
  };

  /** Both maps lie along the width, one texel a pixel of the side they belong to. */
  #pixelMap(length: number): PixelMap {
    return { bytes: new Uint8Array(length * 4), texture: this.#commands.regl.texture({ width: length, height: 1 }) };
  }
}
