import type { HeatmapFrame, SourceStatus } from '@liquidation-heatmap/core';
import type { SidesShown } from '../heat/display-scale.js';
import type { Messages } from '../locales/messages.js';
import type { PictureTheme } from '../theme.js';
import type { PriceTick } from '../ticks/price-ticks.js';
import type { TimeTick } from '../ticks/time-ticks.js';
import type { WidthClass } from '../view/layout-plot.js';
import type { Viewport } from '../viewport.js';

/** What a host may turn off or change; everything is on by default. */
export interface PictureOptions {
  readonly sides?: SidesShown;
  /** How traded prices are drawn. Default `candles`. */
  readonly prices?: 'candles' | 'line' | 'none';
  readonly hasGrid?: boolean;
  readonly hasMarkLine?: boolean;
  readonly hasPrints?: boolean;
  /** Edges and tags of the clusters that stand. */
  readonly hasClusters?: boolean;
  readonly hasWatermark?: boolean;
  /** False only where the host accepted to remove the "Estimated" label. */
  readonly hasEstimatedLabel?: boolean;
}

/** What every layer draws from. */
export interface LayerInput {
  readonly frame: HeatmapFrame;
  readonly status: SourceStatus | undefined;
  readonly view: Viewport;
  readonly theme: PictureTheme;
  readonly messages: Messages;
  readonly locale: string;
  readonly timeZone: string;
  readonly options: PictureOptions;
  readonly widthClass: WidthClass;
  /** True where price labels stand inside the plot. */
  readonly isAxisInside: boolean;
  readonly nowTime: number;
  readonly priceTicks: readonly PriceTick[];
  readonly timeTicks: readonly TimeTick[];
}

/** Milliseconds per CSS pixel of a view. */
export function msPerPixel(view: Viewport): number {
  return (view.to - view.from) / view.plot.width;
}

/** A coordinate moved to the middle of its device pixel, so that a line one device pixel wide is sharp. */
export function crisp(value: number, pixelRatio: number): number {
  return (Math.floor(value * pixelRatio) + 0.5) / pixelRatio;
}
