export { xOfTime, timeAtX, yOfPrice, priceAtY } from './viewport.js';
export type { Rect, Viewport } from './viewport.js';
export type {
  Paint,
  RectItem,
  LineItem,
  CandlesItem,
  HatchItem,
  MarkerItem,
  TextItem,
  DrawItem,
  DrawList,
} from './draw-list.js';
export type { PictureTheme } from './theme.js';
export { createColorTable, createColorTables } from './color-table.js';
export type { ColorTable, ColorTableOptions, ColorTables } from './color-table.js';
export { PALETTE_NAMES, RAMPS, isPaletteName } from './palettes/ramps.js';
export type { PaletteName, Ramp } from './palettes/ramps.js';
export { rampByLightness } from './palettes/ramp-by-lightness.js';
export type { LightnessRamp } from './palettes/ramp-by-lightness.js';
export type { Rgb } from './palettes/lab.js';
export { heatRuns, columnAt, nowTimeOf } from './heat/heat-runs.js';
export type { HeatRun } from './heat/heat-runs.js';
export { indexTable, observeScale, nextDisplayScale } from './heat/display-scale.js';
export type { DisplayScale, SidesShown } from './heat/display-scale.js';
export { heatPixels, PROJECTION_OPACITY } from './heat/heat-pixels.js';
export type { HeatRequest } from './heat/heat-pixels.js';
export { formatUsd, formatUsdRange } from './format/format-usd.js';
export { formatPercent, formatChange } from './format/format-percent.js';
export { formatPrice, decimalsOfTick } from './format/format-price.js';
export { formatTime, formatDate } from './format/format-time.js';
export type { TimeDetail } from './format/format-time.js';
export { formatAge } from './format/format-age.js';
export { en } from './locales/en.js';
export { fill } from './locales/messages.js';
export type { Messages, MessageKey } from './locales/messages.js';
export { legendModel } from './legend-model.js';
export type { LegendModel, LegendTick, ScaleMode } from './legend-model.js';
export { fitPriceRange } from './view/fit-view.js';
export { panView, zoomView } from './view/move-view.js';
export type { ViewAxis } from './view/move-view.js';
export { layoutPlot, widthClassOf } from './view/layout-plot.js';
export type { LayoutOptions, WidthClass } from './view/layout-plot.js';
export { buildPicture, buildCrosshair } from './build-picture.js';
export type { PictureInput } from './build-picture.js';
export type { PictureOptions } from './layers/layer-input.js';
export type { Cursor } from './layers/crosshair.js';
export { readoutAt } from './readout.js';
export type { Readout, ReadoutCell } from './readout.js';
export { readoutLines } from './readout-lines.js';
export type { ReadoutLine, ReadoutWords } from './readout-lines.js';
export { clusterAt } from './layers/cluster-bands.js';
export { glanceOf, nextCluster } from './glance.js';
export type { Glance, GlanceEntry, GlanceWords } from './glance.js';
export { clusterCard } from './cluster-card.js';
export type { ClusterCard, ClusterCardWords } from './cluster-card.js';
export { statusText } from './status-text.js';
export type { StatusText } from './status-text.js';
export { priceTicks } from './ticks/price-ticks.js';
export type { PriceTick, PriceTickOptions } from './ticks/price-ticks.js';
export { timeTicks } from './ticks/time-ticks.js';
export type { TimeTick, TimeTickOptions } from './ticks/time-ticks.js';
export { textWidth } from './ticks/text-width.js';
