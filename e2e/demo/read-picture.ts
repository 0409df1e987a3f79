import type { Page } from '@playwright/test';
import type { LiquidationHeatmap } from '../../packages/widget/src/index.js';
import type { Watched } from './watch-page.js';

/** The heat as painted: size of its canvas, kind of painter, and pixels. */
export interface Heat {
  /** `webgl`, `webgl2` or `2d`. */
  readonly context: string | undefined;
  readonly width: number;
  readonly height: number;
  /** Pixels that are not wholly transparent. */
  readonly painted: number;
  /** Different colors among them. */
  readonly colors: number;
  /** FNV-1a of all bytes: equal pictures have equal hashes. */
  readonly hash: number;
}

/** Reads the heat back and sums it up. */
export function readHeat(page: Page): Promise<Heat | undefined> {
  return page.evaluate(() => {
    const chart = document.querySelector<LiquidationHeatmap>('liquidation-heatmap');
    const canvas = chart?.shadowRoot?.querySelector<HTMLCanvasElement>('.heat canvas');
    const pixels = chart?.readHeatPixels();
    if (canvas == null || pixels === undefined) return undefined;
    const colors = new Set<number>();
    let painted = 0;
    let hash = 0x811c9dc5;
    const cells = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length >> 2);
    for (const cell of cells) {
      hash = Math.imul(hash ^ cell, 0x01000193) >>> 0;
      if (cell >>> 24 === 0) continue;
      painted++;
      colors.add(cell);
    }
    const { watched } = globalThis as unknown as { watched: Watched };
    return {
      context: watched.kindOf(canvas),
      width: canvas.width,
      height: canvas.height,
      painted,
      colors: colors.size,
      hash,
    };
  });
}

/** All bytes of the heat, RGBA. */
export async function readHeatBytes(page: Page): Promise<Uint8Array> {
  const text = await page.evaluate(() => {
    const pixels = document.querySelector<LiquidationHeatmap>('liquidation-heatmap')?.readHeatPixels() ?? [];
    let text = '';
    for (let at = 0; at < pixels.length; at += 8192) text += String.fromCharCode(...pixels.slice(at, at + 8192));
    return btoa(text);
  });
  return Buffer.from(text, 'base64');
}

/** What stands on the canvas above the heat: inked pixels right of the plot, below it, and candle bodies in it. */
export interface Overlay {
  readonly priceAxis: number;
  readonly timeAxis: number;
  readonly candles: number;
}

/** Counts inked pixels of the axes (the outer 40 and 20 CSS pixels) and those in the color of a rising candle. */
export function readOverlay(page: Page): Promise<Overlay | undefined> {
  return page.evaluate(() => {
    const { shadowRoot: root } = document.querySelector('liquidation-heatmap') ?? { shadowRoot: null };
    if (root === null) return undefined;
    const overlay = root.querySelector<HTMLCanvasElement>('.overlay');
    const probe = root.querySelector('.probe');
    const context = overlay?.getContext('2d');
    if (!overlay || !probe || !context) return undefined;
    const { width, height } = overlay;
    const [red, green, blue] = (getComputedStyle(probe).textDecorationColor.match(/\d+/gu) ?? []).map(Number);
    // Read once: Chromium warns of more on the console.
    const { data } = context.getImageData(0, 0, width, height);
    const inked = (left: number, top: number, right: number, bottom: number): number => {
      let count = 0;
      for (let y = top; y < bottom; y++)
        for (let x = left; x < right; x++) if (data[4 * (y * width + x) + 3]! > 0) count++;
      return count;
    };
    let candles = 0;
    for (let at = 0; at < data.length; at += 4)
      if (data[at] === red && data[at + 1] === green && data[at + 2] === blue && data[at + 3]! > 200) candles++;
    return {
      priceAxis: inked(width - 40, 0, width, height - 20),
      timeAxis: inked(0, height - 16, width - 60, height),
      candles,
    };
  });
}
