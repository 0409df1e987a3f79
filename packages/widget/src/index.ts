export { LiquidationHeatmap } from './heatmap/element.js';
export { VERSION } from './heatmap/version.js';
export type { HeatmapConfig } from './heatmap/config.js';
export type { VisibleRange } from './controllers/view-controller.js';
export {
  ClusterSelectEvent,
  CursorMoveEvent,
  HeatmapErrorEvent,
  HeatmapWarningEvent,
  RangeChangeEvent,
  ReadyEvent,
  StatusChangeEvent,
  UpdateEvent,
} from './events/heatmap-events.js';
