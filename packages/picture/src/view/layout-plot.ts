import type { Rect } from '../viewport.js';

/** How much room a chart has: limits at 320, 480 and 900 CSS pixels of width. */
export type WidthClass = 'mini' | 'compact' | 'medium' | 'full';

/** What is drawn around the plot. */
export interface LayoutOptions {
  /** Width of the price axis in CSS pixels where it stands beside the plot; 0 puts it inside. Default by width class. */
  readonly priceAxisWidth?: number;
  /** Height of the time axis in CSS pixels; 0 leaves it out. Default by width class. */
  readonly timeAxisHeight?: number;
}

/** Below this height (CSS pixels) the time axis would take more than it gives. */
const LEAST_HEIGHT_FOR_TIME = 120;

const MARGINS: Readonly<Record<WidthClass, { readonly right: number; readonly bottom: number }>> = {
  mini: { right: 0, bottom: 18 },
  compact: { right: 0, bottom: 20 },
  medium: { right: 66, bottom: 24 },
  full: { right: 76, bottom: 26 },
};

/** Width class of an element's width in CSS pixels. */
export function widthClassOf(width: number): WidthClass {
  if (width < 320) return 'mini';
  if (width < 480) return 'compact';
  return width < 900 ? 'medium' : 'full';
}

/** The plot within an element: axes to the right and below; narrow elements carry the price axis inside the plot. CSS pixels, whole. */
export function layoutPlot(width: number, height: number, options: LayoutOptions = {}): Rect {
  const margins = MARGINS[widthClassOf(width)];
  const right = options.priceAxisWidth ?? margins.right;
  const bottom = options.timeAxisHeight ?? (height < LEAST_HEIGHT_FOR_TIME ? 0 : margins.bottom);
  return {
    x: 0,
    y: 0,
    width: Math.max(1, Math.floor(width - right)),
    height: Math.max(1, Math.floor(height - bottom)),
  };
}
