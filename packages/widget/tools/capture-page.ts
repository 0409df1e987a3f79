import { createColorTables, type Viewport } from '@liquidation-heatmap/picture';
import {
  TILE_COLUMNS,
  WINDOW_ROWS,
  type LatticeRow,
  type Price,
  type Tile,
  type UnixMs,
  type Usd,
} from '@liquidation-heatmap/core';
import { createContext } from '../src/paint/gl/create-context.js';
import { GlHeatPainter } from '../src/paint/gl/gl-heat-painter.js';

/** Draws with every command we have, on a page that may evaluate code, and returns what regl generated: source by key. */
function captureCode(): Readonly<Record<string, string>> {
  const canvas = document.createElement('canvas');
  canvas.width = 64;
  canvas.height = 64;
  const gl = createContext(canvas);
  if (gl === undefined) throw new Error('This browser has no WebGL to capture code with');
  const code: Record<string, (...links: never[]) => unknown> = {};
  const painter = new GlHeatPainter(canvas, gl, code);
  const tile = oneColumn();
  const tables = createColorTables({ scheme: 'dark' });
  const displayScale = { low: 1 as Usd, high: 1e6 as Usd };
  painter.draw({ tiles: [tile], view: viewOf(tile), tables, displayScale, nowTime: tile.heads[0]!.endTime });
  const isPainted = painter.readPixels().some((channel) => channel > 0);
  if (!isPainted) throw new Error('Nothing was painted, so the captured code may not be all of it');
  painter.dispose();
  return Object.fromEntries(Object.entries(code).map(([key, value]) => [key, String(value)]));
}

function oneColumn(): Tile {
  const price = 100 as Price;
  return {
    resolutionMs: 1_000 as Tile['resolutionMs'],
    originRow: 4_300 as LatticeRow,
    floor: 0,
    step: 0.04,
    heads: [
      {
        endTime: 1_700_000_001_000 as UnixMs,
        resolutionMs: 1_000 as Tile['resolutionMs'],
        isOpen: false,
        open: price,
        high: price,
        low: price,
        close: price,
        mark: price,
        inputs: 1,
        venues: 1,
        completeness: 1 as Tile['heads'][0]['completeness'],
      },
    ],
    cells: new Uint8Array(TILE_COLUMNS * WINDOW_ROWS * 4).fill(200),
  };
}

function viewOf(tile: Tile): Viewport {
  const to = tile.heads[0]!.endTime;
  const plot = { x: 0, y: 0, width: 64, height: 64 };
  return {
    from: (to - 1_000) as UnixMs,
    to,
    low: 90 as Price,
    high: 110 as Price,
    plot,
    width: 64,
    height: 64,
    pixelRatio: 1,
  };
}

Object.assign(globalThis, { captureCode });
