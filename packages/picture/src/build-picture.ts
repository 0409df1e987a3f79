import type { HeatmapFrame, SourceStatus } from '@liquidation-heatmap/core';
import type { DrawItem, DrawList } from './draw-list.js';
import { nowTimeOf } from './heat/heat-runs.js';
import { clusterEdges, clusterTags } from './layers/cluster-bands.js';
import { crosshair, type Cursor } from './layers/crosshair.js';
import { estimatedLabel } from './layers/estimated-label.js';
import { gapHatching } from './layers/gap-hatching.js';
import { gridLines } from './layers/grid-lines.js';
import type { LayerInput, PictureOptions } from './layers/layer-input.js';
import { markLine } from './layers/mark-line.js';
import { nowBoundary } from './layers/now-boundary.js';
import { observedPrints } from './layers/observed-prints.js';
import { lastPriceLine, priceAxis } from './layers/price-axis.js';
import { timeAxis } from './layers/time-axis.js';
import { tradedPrices } from './layers/traded-prices.js';
import { watermark } from './layers/watermark.js';
import { en } from './locales/en.js';
import type { Messages } from './locales/messages.js';
import type { PictureTheme } from './theme.js';
import { priceTicks } from './ticks/price-ticks.js';
import { timeTicks } from './ticks/time-ticks.js';
import { widthClassOf, type WidthClass } from './view/layout-plot.js';
import type { Viewport } from './viewport.js';

/** What a picture is made of. The same input gives the same list. */
export interface PictureInput {
  /** `FrameStore.frame()`. */
  readonly frame: HeatmapFrame;
  readonly status?: SourceStatus | undefined;
  readonly view: Viewport;
  readonly theme: PictureTheme;
  /** BCP 47, e.g. `en`. */
  readonly locale: string;
  /** IANA, e.g. `UTC`. */
  readonly timeZone: string;
  readonly messages?: Messages;
  readonly options?: PictureOptions;
  readonly cursor?: Cursor | undefined;
}

/** Least distances of ticks, CSS pixels, by room. */
const PRICE_GAP: Readonly<Record<WidthClass, number>> = { mini: 44, compact: 40, medium: 36, full: 36 };
const TIME_GAP: Readonly<Record<WidthClass, number>> = { mini: 22, compact: 24, medium: 28, full: 36 };
/** A price axis narrower than this is none: labels stand inside the plot. */
const LEAST_AXIS_WIDTH = 24;

/** Everything above the heat, in painting order, crosshair included when there is a cursor. */
export function buildPicture(input: PictureInput): DrawList {
  const { view, frame, theme, locale, timeZone } = input;
  const base = layerInput(input);
  const gaps = { price: PRICE_GAP[base.widthClass], time: TIME_GAP[base.widthClass] };
  const layer: LayerInput = {
    ...base,
    priceTicks: priceTicks(view, { minGapPx: gaps.price, tickSize: frame.facts.tickSize, locale }),
    timeTicks: timeTicks(view, { minGapPx: gaps.time, fontSize: theme.fontSize, locale, timeZone }),
  };
  const { options } = layer;
  const plot: DrawItem[] = [
    ...gapHatching(layer),
    ...(options.hasGrid === false ? [] : gridLines(layer)),
    ...(options.hasWatermark === false ? [] : watermark(layer)),
    ...(options.hasMarkLine === false ? [] : markLine(layer)),
    ...tradedPrices(layer),
    ...lastPriceLine(layer),
    ...(options.hasClusters === false ? [] : clusterEdges(layer)),
    ...nowBoundary(layer),
    ...(options.hasClusters === false ? [] : clusterTags(layer)),
    ...(options.hasPrints === false ? [] : observedPrints(layer)),
  ];
  const chrome: DrawItem[] = [
    ...priceAxis(layer),
    ...timeAxis(layer),
    ...(options.hasEstimatedLabel === false ? [] : [estimatedLabel(layer)]),
  ];
  if (input.cursor === undefined) return { plot, chrome };
  const above = crosshair(layer, input.cursor);
  return { plot: [...plot, ...above.plot], chrome: [...chrome, ...above.chrome] };
}

/** The crosshair alone, for a repaint that touches nothing else. */
export function buildCrosshair(input: PictureInput): DrawList {
  return input.cursor === undefined ? { plot: [], chrome: [] } : crosshair(layerInput(input), input.cursor);
}

/** What layers share; without ticks, which the crosshair does not need. */
function layerInput(input: PictureInput): LayerInput {
  const { frame, status, view, theme, locale, timeZone, messages = en, options = {} } = input;
  const widthClass = widthClassOf(view.width);
  return {
    frame,
    status,
    view,
    theme,
    messages,
    locale,
    timeZone,
    options,
    widthClass,
    isAxisInside: view.width - view.plot.x - view.plot.width < LEAST_AXIS_WIDTH,
    nowTime: nowTimeOf(frame),
    priceTicks: [],
    timeTicks: [],
  };
}
