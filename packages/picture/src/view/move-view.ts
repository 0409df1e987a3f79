import type { Price, UnixMs } from '@liquidation-heatmap/core';
import type { Viewport } from '../viewport.js';
import { clampPriceSpan, clampTimeSpan } from './view-limits.js';

/** Which axes a gesture changes. */
export type ViewAxis = 'time' | 'price' | 'both';

/** The view after its content was dragged by CSS pixels: right shows earlier times, down shows higher prices. */
export function panView(view: Viewport, dx: number, dy: number): Viewport {
  const shiftMs = -(dx / view.plot.width) * (view.to - view.from);
  const ratio = Math.exp((dy / view.plot.height) * Math.log(view.high / view.low));
  return {
    ...view,
    from: (view.from + shiftMs) as UnixMs,
    to: (view.to + shiftMs) as UnixMs,
    low: (view.low * ratio) as Price,
    high: (view.high * ratio) as Price,
  };
}

/** The view zoomed by a factor (above 1 shows less); time and price under the anchor (CSS pixels) stay there, spans stay within limits. */
export function zoomView(
  view: Viewport,
  factor: number,
  anchorX: number,
  anchorY: number,
  axis: ViewAxis = 'both',
): Viewport {
  const inTime = axis === 'price' ? view : zoomedInTime(view, factor, anchorX);
  return axis === 'time' ? inTime : zoomedInPrice(inTime, factor, anchorY);
}

function zoomedInTime(view: Viewport, factor: number, anchorX: number): Viewport {
  const share = (anchorX - view.plot.x) / view.plot.width;
  const span = clampTimeSpan((view.to - view.from) / factor);
  const from = view.from + share * (view.to - view.from - span);
  return { ...view, from: from as UnixMs, to: (from + span) as UnixMs };
}

function zoomedInPrice(view: Viewport, factor: number, anchorY: number): Viewport {
  const shareAbove = (anchorY - view.plot.y) / view.plot.height;
  const logSpan = Math.log(view.high / view.low);
  const zoomed = clampPriceSpan(logSpan / factor);
  const high = view.high * Math.exp(-shareAbove * (logSpan - zoomed));
  return { ...view, high: high as Price, low: (high * Math.exp(-zoomed)) as Price };
}
