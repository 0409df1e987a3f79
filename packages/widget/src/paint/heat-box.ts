import type { Rect } from '@liquidation-heatmap/picture';
import { MOST_SLOTS } from './gl/heat-shader.js';

/** Heat beyond two device pixels a CSS pixel costs fill rate and shows nothing new: cells are larger. */
const MOST_PIXEL_RATIO = 2;

/** Where the heat's canvas stands (CSS pixels, edges on device pixels) and how many pixels it has. */
export interface HeatBox extends Rect {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The canvas of a plot: at most two pixels a CSS pixel and 4,096 a side, which every WebGL device can do. */
export function heatBox(plot: Rect, pixelRatio: number): HeatBox {
  const left = Math.round(plot.x * pixelRatio);
  const top = Math.round(plot.y * pixelRatio);
  const width = Math.max(1, Math.round((plot.x + plot.width) * pixelRatio) - left);
  const height = Math.max(1, Math.round((plot.y + plot.height) * pixelRatio) - top);
  const share = Math.min(1, MOST_PIXEL_RATIO / pixelRatio);
  return {
    x: left / pixelRatio,
    y: top / pixelRatio,
    width: width / pixelRatio,
    height: height / pixelRatio,
    widthPx: Math.min(MOST_SLOTS, Math.max(1, Math.round(width * share))),
    heightPx: Math.min(MOST_SLOTS, Math.max(1, Math.round(height * share))),
  };
}
