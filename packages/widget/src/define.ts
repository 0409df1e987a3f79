import { LiquidationHeatmap } from './heatmap/element.js';

LiquidationHeatmap.define();
