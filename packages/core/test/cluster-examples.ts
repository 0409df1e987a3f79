import type { Cluster, ClusterOutcome } from '../src/model/cluster.js';

/** A cluster as a reader sees it; only what a test speaks of is chosen by it. */
export function clusterLike(chosen: { readonly [key in keyof Cluster]?: unknown }): Cluster {
  const energy = { p10: 50, p50: 100, p90: 200 };
  const ledger = { born: 100, opened: 0, swept: 0, printed: 0, closed: 0, faded: 0 };
  return {
    ...{ id: 'a', side: 'long', low: 90, high: 92, peak: 91, quartileLow: 90.5, quartileHigh: 91.5 },
    ...{ energy, peakEnergy: 100, prominence: 3, isUncertain: false, bornAt: 0, meanAgeMs: 0, oldestAgeMs: 0 },
    ...{ venues: [], classes: [], ledger, ...chosen },
  } as unknown as Cluster;
}

/** An outcome that was touched at 100 while the mark was 1,000. */
export function outcomeLike(chosen: { readonly [key in keyof ClusterOutcome]?: unknown }): ClusterOutcome {
  const ledger = { born: 100, opened: 0, swept: 100, printed: 0, closed: 0, faded: 0 };
  const moves = [1, 5, 15, 60].map((minutes) => ({ afterMs: minutes * 60_000, move: undefined }));
  return {
    ...{ id: 'a', side: 'long', low: 90, high: 92, bornAt: 0, endedAt: 100, end: 'consume', mergedInto: undefined },
    ...{ peakEnergy: 100, touchedAt: 100, touchMark: 1_000, consumedShare: 1, ledger, moves, ...chosen },
  } as unknown as ClusterOutcome;
}
