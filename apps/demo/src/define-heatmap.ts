import { LiquidationHeatmap } from '@liquidation-heatmap/widget';
import workerUrl from '@liquidation-heatmap/widget/worker?worker&url';

/** Registers the element with the worker file that this build made. */
export function defineHeatmap(): void {
  LiquidationHeatmap.workerUrl = workerUrl;
  LiquidationHeatmap.define();
}
