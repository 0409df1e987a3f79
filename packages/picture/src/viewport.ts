import type { Price, UnixMs } from '@liquidation-heatmap/core';

/** A rectangle in CSS pixels. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What part of time and price is seen, and where on the element. Time is linear, price is logarithmic, so lattice rows are equally high. */
export interface Viewport {
  readonly from: UnixMs;
  readonly to: UnixMs;
  readonly low: Price;
  readonly high: Price;
  /** The plot, without axes, in CSS pixels of the element. */
  readonly plot: Rect;
  /** The whole element in CSS pixels; axes lie between plot and edge. */
  readonly width: number;
  readonly height: number;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
}

/** CSS x of a time. */
export function xOfTime(view: Viewport, time: number): number {
  return view.plot.x + ((time - view.from) / (view.to - view.from)) * view.plot.width;
}

/** Time at a CSS x. */
export function timeAtX(view: Viewport, x: number): UnixMs {
  return (view.from + ((x - view.plot.x) / view.plot.width) * (view.to - view.from)) as UnixMs;
}

/** CSS y of a price; prices grow upwards. */
export function yOfPrice(view: Viewport, price: number): number {
  const share = Math.log(price / view.low) / Math.log(view.high / view.low);
  return view.plot.y + (1 - share) * view.plot.height;
}

/** Price at a CSS y. */
export function priceAtY(view: Viewport, y: number): Price {
  const share = 1 - (y - view.plot.y) / view.plot.height;
  return (view.low * Math.exp(share * Math.log(view.high / view.low))) as Price;
}
