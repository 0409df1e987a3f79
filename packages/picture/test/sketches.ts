import {
  CELL_BYTES,
  IDLE_CASCADE,
  TILE_COLUMNS,
  WINDOW_ROWS,
  type Cluster,
  type ColumnHead,
  type DurationMs,
  type FrameFacts,
  type Fraction,
  type HeatmapFrame,
  type LatticeRow,
  type NowView,
  type Price,
  type Tile,
  type UnixMs,
} from '@liquidation-heatmap/core';
import type { PictureTheme } from '../src/theme.js';
import type { Viewport } from '../src/viewport.js';

/** What tests say about a tile; the rest is filled in. Not part of the package's entry. */
export interface TileSketch {
  readonly resolutionMs: number;
  readonly ends: readonly number[];
  readonly originRow?: number;
  readonly seed?: number;
  readonly floor?: number;
  readonly head?: (endTime: number, index: number) => Partial<ColumnHead>;
}

/** A tile with pseudo-random cells: half of the codes are empty, in every fifth cell long and short are equal. */
export function aTile({ resolutionMs, ends, originRow = 10_720, seed = 1, floor = 5, head }: TileSketch): Tile {
  const cells = new Uint8Array(TILE_COLUMNS * WINDOW_ROWS * CELL_BYTES);
  let state = seed * 2_654_435_761 + 1;
  for (let at = 0; at < ends.length * WINDOW_ROWS * CELL_BYTES; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    cells[at] = state & 0x8000_0000 ? state >>> 24 : 0;
    if (at % (5 * CELL_BYTES) === 1) cells[at] = cells[at - 1]!;
  }
  const heads = ends.map((endTime, i) => ({
    ...aHead(endTime, resolutionMs, i === ends.length - 1),
    ...head?.(endTime, i),
  }));
  return {
    resolutionMs: resolutionMs as DurationMs,
    originRow: originRow as LatticeRow,
    floor,
    step: Math.fround(0.04),
    heads,
    cells,
  };
}

function aHead(endTime: number, resolutionMs: number, isOpen: boolean): ColumnHead {
  return {
    endTime: endTime as UnixMs,
    resolutionMs: resolutionMs as DurationMs,
    isOpen,
    open: 61_000 as Price,
    high: 61_100 as Price,
    low: 60_900 as Price,
    close: 61_050 as Price,
    mark: 61_020 as Price,
    inputs: 1,
    venues: 1,
    completeness: 1 as Fraction,
  };
}

/** A view whose plot fills the element. */
export function aView(sketch: {
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
  readonly width: number;
  readonly height: number;
  readonly pixelRatio?: number;
}): Viewport {
  const { from, to, low, high, width, height, pixelRatio = 1 } = sketch;
  return {
    from: from as UnixMs,
    to: to as UnixMs,
    low: low as Price,
    high: high as Price,
    plot: { x: 0, y: 0, width, height },
    width,
    height,
    pixelRatio,
  };
}

/** A frame around tiles. */
export function aFrame(tiles: readonly Tile[], facts: Partial<FrameFacts> = {}, now?: NowView): HeatmapFrame {
  return {
    tiles,
    now,
    facts: {
      symbol: 'BTCUSDT',
      venues: ['binance'],
      instruments: ['binance:BTCUSDT'],
      seenTime: 1_700_000_000_000 as UnixMs,
      scale: 'usd',
      basis: 'learned',
      inputs: 1,
      coverage: [],
      prints: [],
      clusters: [],
      clustersHidden: 0,
      clusterChanges: [],
      setups: [],
      alerts: [],
      cascade: IDLE_CASCADE,
      rejections: {},
      model: 'standard',
      version: '0.1.0',
      paramsHash: 'none',
      tickSize: '0.10',
      ...facts,
    },
  };
}

/** What tests say about a cluster; it holds 10 to 40 million USD and was born an hour before `aFrame` was seen. */
export function aCluster(sketch: {
  readonly id: string;
  readonly side: 'long' | 'short';
  readonly low: number;
  readonly high: number;
  readonly peak: number;
  readonly p50?: number;
  readonly meanAgeMs?: number;
}): Cluster {
  const { id, side, low, high, peak, p50 = 20e6, meanAgeMs = 1_800_000 } = sketch;
  const cluster = {
    ...{ id, side, low, high, peak, quartileLow: low, quartileHigh: high },
    energy: { p10: 10e6, p50, p90: 40e6 },
    peakEnergy: p50,
    prominence: 1.4,
    isUncertain: false,
    bornAt: 1_700_000_000_000 - 3_600_000,
    meanAgeMs,
    oldestAgeMs: 2 * meanAgeMs,
    venues: [{ part: 'binance', share: 1 }],
    classes: [],
    ledger: { born: p50, opened: 0, swept: 0, printed: 0, closed: 0, faded: 0 },
  };
  return cluster as unknown as Cluster;
}

/** A present without any exposure. */
export function aNow(now: Partial<NowView> = {}): NowView {
  const band = {
    p10: new Float64Array(WINDOW_ROWS),
    p50: new Float64Array(WINDOW_ROWS),
    p90: new Float64Array(WINDOW_ROWS),
  };
  return {
    seenTime: 1_700_000_000_000 as UnixMs,
    originRow: 10_720 as LatticeRow,
    mark: 61_000 as Price,
    lastPrice: 61_000 as Price,
    long: band,
    short: band,
    expectedToFire: [],
    venues: [],
    classes: [],
    totals: [],
    ...now,
  };
}

/** A plain dark theme. */
export const aTheme: PictureTheme = {
  scheme: 'dark',
  surface: '#0b0e14',
  foreground: '#e6e6e6',
  muted: '#8b93a1',
  border: '#2a2f3a',
  grid: '#1b202a',
  accent: '#58a6ff',
  up: '#d0d7de',
  down: '#6e7681',
  long: '#f0b72f',
  short: '#58a6ff',
  priceLine: '#ffffff',
  crosshair: '#aab2c0',
  warn: '#d29922',
  danger: '#f85149',
  tooltipBackground: '#161b22',
  tooltipForeground: '#e6e6e6',
  font: 'sans-serif',
  monoFont: 'monospace',
  fontSize: 11,
};
