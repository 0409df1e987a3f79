import type { Cluster, ClusterOutcome } from '../model/cluster.js';
import { DEFAULT_LIMITS } from './cluster-limits.js';

/** A cluster that is gone: as it was before, and how it ended where that is known. */
export interface GoneCluster {
  readonly cluster: Cluster;
  readonly outcome: ClusterOutcome | undefined;
}

/** What is different between two looks. */
export interface ClusterDiff {
  readonly appeared: readonly Cluster[];
  /** Hold at least `growFactor` times what they held at the look before. */
  readonly grown: readonly { readonly before: Cluster; readonly after: Cluster }[];
  readonly dissolved: readonly GoneCluster[];
  readonly consumed: readonly GoneCluster[];
}

/** Tells how a cluster ended, as `ClusterArchive` does. */
export interface OutcomeFinder {
  readonly find: (id: string) => ClusterOutcome | undefined;
}

/**
 * "Since you last looked": clusters of two looks at one lineage, told apart by id. What came and went in between is in neither
 * look, so it is not in the difference; the archive has it. A cluster whose end is not kept counts as dissolved.
 */
export function diffClusters(
  before: readonly Cluster[],
  after: readonly Cluster[],
  archive: OutcomeFinder,
  growFactor = DEFAULT_LIMITS.growFactor,
): ClusterDiff {
  const earlier = new Map(before.map((cluster) => [cluster.id, cluster]));
  const standing = new Set(after.map(({ id }) => id));
  const gone = before
    .filter(({ id }) => !standing.has(id))
    .map((cluster) => ({ cluster, outcome: archive.find(cluster.id) }));
  return {
    appeared: after.filter(({ id }) => !earlier.has(id)),
    grown: after.flatMap((cluster) => {
      const known = earlier.get(cluster.id);
      return known !== undefined && cluster.energy.p50 >= growFactor * known.energy.p50
        ? [{ before: known, after: cluster }]
        : [];
    }),
    dissolved: gone.filter(({ outcome }) => outcome?.end !== 'consume'),
    consumed: gone.filter(({ outcome }) => outcome?.end === 'consume'),
  };
}
