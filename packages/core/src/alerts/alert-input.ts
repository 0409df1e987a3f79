import type { CascadeState } from '../model/cascade.js';
import type { Cluster, ClusterChange } from '../model/cluster.js';
import type { SourceState } from '../model/frame-message.js';
import type { Setup } from '../model/setup.js';
import type { Price, UnixMs } from '../model/units.js';
import type { VenueId } from '../model/venue.js';
import type { RowExposure } from '../setups/cluster-reach.js';

/** How current the picture and each venue are; a `SourceStatus` fits. */
export interface AlertFreshness {
  readonly state: SourceState;
  readonly venues: readonly { readonly venue: VenueId; readonly state: SourceState }[];
}

/** One second as the rules see it. */
export interface AlertInput {
  readonly seenTime: UnixMs;
  /** Mark of the reference venue; undefined while there is none. */
  readonly price: Price | undefined;
  readonly clusters: readonly Cluster[];
  /** What clusters reported since the last second. */
  readonly changes: readonly ClusterChange[];
  /** Exposure per row; without it no percentile is known, and rules that ask for one are silent. */
  readonly rows: RowExposure | undefined;
  readonly cascades: readonly CascadeState[];
  readonly setups: readonly Setup[];
  readonly freshness: AlertFreshness;
}

/** Whether rules about the market are suspended (S20): only live and amber pictures are spoken about. */
export function isSuspended({ state }: AlertFreshness): boolean {
  return state !== 'live' && state !== 'amber';
}

/** Whether a state means that data which were there no longer come. */
export function isStaleState(state: SourceState): boolean {
  return state === 'stale' || state === 'offline' || state === 'error';
}
