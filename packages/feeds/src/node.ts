export { nodeRuntime } from './runtime/node.js';
export { observePositions } from './observed/observe-positions.js';
export type { ObserveRequest } from './observed/observe-positions.js';
export { createPositionObserver } from './observed/position-observer.js';
export type { OnTrouble, PositionObserver } from './observed/position-observer.js';
export type { ObserveOptions } from './observed/observe-options.js';
export { observedRows } from './observed/observed-rows.js';
export type { ObservedPriceRow, ObservedPriceRows } from './observed/observed-rows.js';
export { observedLabel } from './observed/observed-label.js';
export { OBSERVED_EVIDENCE } from './observed/observed-evidence.js';
export type {
  AddressCounts,
  BothSides,
  ObservedRow,
  ObservedShare,
  ObservedSnapshot,
} from './observed/observed-snapshot.js';
