import type { HeatRequest } from '@liquidation-heatmap/picture';

/** Paints heat on one canvas, pixel for pixel as `heatPixels` of `picture` says. The canvas covers the plot and nothing else. */
export interface HeatPainter {
  readonly kind: 'webgl' | 'canvas2d';
  readonly canvas: HTMLCanvasElement;
  /** Size of the canvas in device pixels, both at least 1. What was painted is gone. */
  resize(widthPx: number, heightPx: number): void;
  /**
   * Paints the whole canvas. Columns are uploaded when first seen; a changed column must come with a new `ColumnHead`
   * object, as `FrameStore` makes one for every message.
   */
  draw(request: HeatRequest): void;
  /** Pixels of the last `draw`, RGBA, not premultiplied, first row on top; only in the same task as the draw. */
  readPixels(): Uint8ClampedArray;
  /** Gives back what the painter holds; the canvas stays where it is. */
  dispose(): void;
}
