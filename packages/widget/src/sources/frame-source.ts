import type { FrameSink, HeatmapSource, SourceRequest } from '@liquidation-heatmap/core';

/** A source of this package: it can be held, and it stops its fetches at once. */
export interface FrameSource extends HeatmapSource {
  open(request: SourceRequest, sink: FrameSink, signal: AbortSignal): Promise<void>;
  /** Holds recordings and simulations. */
  setPaused?(paused: boolean): void;
}
