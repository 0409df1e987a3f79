import { assertNever } from '@liquidation-heatmap/core';
import type { DrawItem, DrawList, PictureTheme, Rect } from '@liquidation-heatmap/picture';
import { createBrush, snap, type Brush } from './brush.js';
import { paintCandles } from './paint-candles.js';
import { paintHatch, paintLine, paintMarker, paintRect } from './paint-shapes.js';
import { paintText } from './paint-text.js';

/** Size of the overlay and place of the plot; CSS pixels but for the device pixels said so. */
export interface OverlayFrame {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixelRatio: number;
  readonly plot: Rect;
}

/** Everything on top of the heat: axes, candles, marks, text and crosshair on one 2D canvas at full device resolution. */
export class OverlayPainter {
  readonly canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('The overlay needs a 2D canvas, and this canvas gave none');
    this.canvas = canvas;
    this.#context = context;
  }

  /** Clears and paints the lists in order; items of `plot` are clipped to the plot. */
  paint(lists: readonly DrawList[], theme: PictureTheme, frame: OverlayFrame): void {
    const context = this.#context;
    if (this.canvas.width !== frame.widthPx) this.canvas.width = frame.widthPx;
    if (this.canvas.height !== frame.heightPx) this.canvas.height = frame.heightPx;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, frame.widthPx, frame.heightPx);
    const brush = createBrush(context, theme, frame.pixelRatio);
    for (const list of lists) {
      context.save();
      clipTo(brush, frame.plot);
      paintItems(brush, list.plot);
      context.restore();
      paintItems(brush, list.chrome);
    }
  }
}

function clipTo(brush: Brush, plot: Rect): void {
  const left = snap(brush, plot.x);
  const top = snap(brush, plot.y);
  brush.context.beginPath();
  brush.context.rect(left, top, snap(brush, plot.x + plot.width) - left, snap(brush, plot.y + plot.height) - top);
  brush.context.clip();
}

function paintItems(brush: Brush, items: readonly DrawItem[]): void {
  for (const item of items) {
    brush.context.globalAlpha = 1;
    paintItem(brush, item);
  }
}

function paintItem(brush: Brush, item: DrawItem): void {
  switch (item.kind) {
    case 'rect':
      return paintRect(brush, item);
    case 'line':
      return paintLine(brush, item);
    case 'candles':
      return paintCandles(brush, item);
    case 'hatch':
      return paintHatch(brush, item);
    case 'marker':
      return paintMarker(brush, item);
    case 'text':
      return paintText(brush, item);
    default:
      return assertNever(item);
  }
}
