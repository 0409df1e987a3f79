import type { BookDelta, BookSnapshot } from '@liquidation-heatmap/core';

/** A book delta with the update ids that chain it to its neighbors. */
export interface SequencedDelta {
  /** Id of the first update inside. */
  readonly first: number;
  /** Id of the last update inside. */
  readonly last: number;
  /** `last` of the event before; undefined where the venue does not send it. */
  readonly previous: number | undefined;
  readonly delta: BookDelta;
}

/** A whole book with the update id it is true at. */
export interface SequencedSnapshot {
  readonly lastSequence: number;
  readonly snapshot: BookSnapshot;
}

/** How one venue chains deltas to a snapshot and to each other. */
export interface SequenceRules {
  /** The snapshot already contains the delta. */
  isInSnapshot(delta: SequencedDelta, snapshotSequence: number): boolean;
  /** The delta may be the first one applied on the snapshot. */
  joins(delta: SequencedDelta, snapshotSequence: number): boolean;
  /** The delta may be applied after the one that ended at `lastSequence`. */
  follows(delta: SequencedDelta, lastSequence: number): boolean;
}
