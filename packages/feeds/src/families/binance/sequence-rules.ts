import type { SequenceRules } from '../../book/sequenced.js';

/**
 * How USDS-M and COIN-M futures chain the book:
 *   left out   u < lastUpdateId
 *   joins      U <= lastUpdateId <= u, or pu == lastUpdateId (the update goes on exactly where the snapshot ends)
 *   follows    pu == u of the update before
 * Source: "How to manage a local order book correctly" of the USDS-M documentation; the second form of the join occurs live.
 */
export const FUTURES_SEQUENCE: SequenceRules = {
  isInSnapshot: (delta, snapshotSequence) => delta.last < snapshotSequence,
  joins: (delta, snapshotSequence) =>
    (delta.first <= snapshotSequence && snapshotSequence <= delta.last) || delta.previous === snapshotSequence,
  follows: (delta, lastSequence) => delta.previous === lastSequence,
};
