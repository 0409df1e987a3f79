import { OverlayPainter } from '../../../packages/widget/src/paint/canvas/overlay-painter.js';
import { watchPixelSize, type PixelSize } from '../../../packages/widget/src/paint/pixel-size.js';
import type { DrawItem, PictureTheme } from '@liquidation-heatmap/picture';

const COLORS = { up: '#26a69a', down: '#ef5350', grid: '#808080', surface: '#131722', foreground: '#ffffff' };
const plot = { x: 20, y: 10, width: 240, height: 150 };
const theme: PictureTheme = {
  scheme: 'dark',
  muted: '#888',
  border: '#888',
  accent: '#888',
  long: '#888',
  short: '#888',
  priceLine: '#888',
  crosshair: '#888',
  warn: '#888',
  danger: '#888',
  tooltipBackground: '#102030',
  tooltipForeground: '#fff',
  font: 'sans-serif',
  monoFont: 'monospace',
  fontSize: 12,
  ...COLORS,
};

const candles: DrawItem = {
  kind: 'candles',
  x: Float64Array.from({ length: 9 }, (_, i) => 31.3 + 27.17 * i),
  openY: Float64Array.from({ length: 9 }, (_, i) => (i === 8 ? Number.NaN : i % 2 === 0 ? 60.4 + i : 90.3 - i)),
  highY: Float64Array.from({ length: 9 }, (_, i) => 41.7 + i),
  lowY: Float64Array.from({ length: 9 }, (_, i) => 110.2 + i),
  closeY: Float64Array.from({ length: 9 }, (_, i) => (i % 2 === 0 ? 85.9 + 0.7 * i : 62.8 + 0.7 * i)),
  bodyWidth: 7.4,
  up: 'up',
  down: 'down',
};
const line = (points: number[]): DrawItem => ({
  kind: 'line',
  points: Float64Array.from(points),
  stroke: 'grid',
  width: 1,
});
const SCENES: Readonly<Record<string, { plot: DrawItem[]; chrome: DrawItem[] }>> = {
  'candles': { plot: [candles], chrome: [] },
  'level and upright lines': {
    plot: [line([0, 33.3, 300, 33.3]), line([77.7, 0, 77.7, 200, Number.NaN, Number.NaN, 99.9, 0, 99.9, 200])],
    chrome: [],
  },
  'rectangle': { plot: [{ kind: 'rect', x: 30.4, y: 20.6, width: 50.3, height: 40.2, fill: 'up' }], chrome: [] },
  'beyond the plot': { plot: [{ kind: 'rect', x: -50, y: -50, width: 900, height: 900, fill: 'up' }], chrome: [] },
  'hatching beyond the plot': {
    plot: [{ kind: 'hatch', x: -50, y: -50, width: 900, height: 900, stroke: 'up', spacing: 6 }],
    chrome: [],
  },
  'text on a plate': {
    plot: [],
    chrome: [
      {
        kind: 'text',
        x: 290,
        y: 80,
        text: '61,234.5',
        align: 'right',
        baseline: 'middle',
        fill: '#ffffff',
        size: 12,
        plate: { fill: 'down', paddingX: 4, paddingY: 2, radius: 0 },
      },
    ],
  },
  'marker': {
    plot: [{ kind: 'marker', x: 100, y: 80, radius: 8, shape: 'triangle-down', fill: 'down', stroke: 'down' }],
    chrome: [],
  },
};

/** Colors of a painted picture and the box they fill, device pixels. */
interface Seen {
  readonly colors: Readonly<Record<string, number>>;
  /** Pixels that are neither empty nor full: blurred edges. */
  readonly blurred: number;
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
  readonly rowWidths: readonly number[];
}

function look(canvas: HTMLCanvasElement): Seen {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
  const colors: Record<string, number> = {};
  const box: [number, number, number, number] = [width, height, -1, -1];
  let blurred = 0;
  const rowWidths = new Array<number>(height).fill(0);
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] === 0) continue;
    const x = (at / 4) % width;
    const y = Math.floor(at / 4 / width);
    if (data[at + 3]! < 255) blurred++;
    const color = `#${[0, 1, 2].map((i) => data[at + i]!.toString(16).padStart(2, '0')).join('')}`;
    colors[color] = (colors[color] ?? 0) + 1;
    rowWidths[y]!++;
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return { colors, blurred, box, rowWidths };
}

const canvas = document.createElement('canvas');
canvas.style.setProperty('width', '100%');
canvas.style.setProperty('height', '100%');
document.querySelector('#host')!.append(canvas);
const painter = new OverlayPainter(canvas);

watchPixelSize(canvas, (size: PixelSize) => {
  const seen: Record<string, Seen> = {};
  for (const [name, list] of Object.entries(SCENES)) {
    painter.paint([list], theme, { ...size, plot });
    seen[name] = look(canvas);
  }
  Object.assign(globalThis, { overlay: { size, seen } });
});
