import type { Cluster } from '../model/cluster.js';
import type { Setup } from '../model/setup.js';
import { densityPercentile, distanceTo, nearestFirst, rankRows, type DensityRanks } from './cluster-reach.js';
import { confluenceSetup } from './confluence.js';
import { fadeSetup } from './fade.js';
import { magnetSetup } from './magnet.js';
import type { SetupInput } from './setup-input.js';
import { SETUP_DEFAULTS, type SetupParameters } from './setup-parameters.js';

const SIDES = ['long', 'short'] as const;

/**
 * All setups of one moment, whatever their verdict: for each side one magnet and one confluence where it has a cluster, and
 * one fade for each cascade.
 */
export function evaluateSetups(input: SetupInput, parameters: SetupParameters = SETUP_DEFAULTS): readonly Setup[] {
  const ranks = input.rows === undefined ? undefined : rankRows(input.rows);
  const looked = SIDES.flatMap((side) => {
    const cluster = clusterToLookAt(nearestFirst(input.clusters, side, input.price), input, ranks, parameters);
    return cluster === undefined ? [] : [cluster];
  });
  return [
    ...looked.map((cluster) => magnetSetup(cluster, input, ranks, parameters)),
    ...input.cascades.flatMap((readings) => fadeSetup(readings, input, parameters) ?? []),
    ...looked.map((cluster) => confluenceSetup(cluster, input, ranks, parameters)),
  ];
}

/**
 * The nearest cluster that is within reach and dense enough; where there is none, the nearest, so that the reader sees what
 * it lacks. A small cluster in front does not hide a dense one behind it (S64).
 */
function clusterToLookAt(
  nearest: readonly Cluster[],
  { price }: SetupInput,
  ranks: DensityRanks | undefined,
  parameters: SetupParameters,
): Cluster | undefined {
  const dense = nearest.find((cluster) => {
    const distance = distanceTo(cluster, price) ?? Infinity;
    const percentile = densityPercentile(cluster, cluster.energy.p50, ranks) ?? 0;
    return distance <= parameters.maxDistance && percentile >= parameters.minDensityPercentile;
  });
  return dense ?? nearest[0];
}
