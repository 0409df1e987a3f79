import type { Cluster } from '../model/cluster.js';
import type { PositionSide } from '../model/market-event.js';
import type { DurationMs, Usd } from '../model/units.js';

/** What a reader wants to see; what is left out does not matter. */
export interface ClusterSelection {
  readonly sides?: readonly PositionSide[];
  readonly leastEnergy?: Usd;
  /** Largest mean age of the exposure, not of the cluster. */
  readonly mostMeanAgeMs?: DurationMs;
  readonly isUncertainLeftOut?: boolean;
}

/** What is shown, and how many are not, so that nothing is hidden silently. */
export interface SelectedClusters {
  readonly shown: readonly Cluster[];
  readonly hiddenCount: number;
}

/** Clusters that a selection lets through, in their order, and the count of the others. */
export function selectClusters(clusters: readonly Cluster[], selection: ClusterSelection): SelectedClusters {
  const { sides, leastEnergy, mostMeanAgeMs, isUncertainLeftOut } = selection;
  const shown = clusters.filter(
    ({ side, energy, meanAgeMs, isUncertain }) =>
      (sides === undefined || sides.includes(side)) &&
      (leastEnergy === undefined || energy.p50 >= leastEnergy) &&
      (mostMeanAgeMs === undefined || meanAgeMs <= mostMeanAgeMs) &&
      !(isUncertainLeftOut === true && isUncertain),
  );
  return { shown, hiddenCount: clusters.length - shown.length };
}
