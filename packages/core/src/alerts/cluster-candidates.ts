import type { AlertRule, ApproachRule, ClusterChangeRule, GrowRule } from '../model/alert.js';
import type { Cluster } from '../model/cluster.js';
import { densityPercentile, distanceTo, type DensityRanks } from '../setups/cluster-reach.js';
import type { AlertInput } from './alert-input.js';
import type { AlertMemory } from './alert-memory.js';
import type { Candidate } from './candidate.js';

/** A cluster belongs to venues that hold this share of it: more than the others together. */
const OWN_SHARE = 0.5;

/** What of a cluster a rule looks at. */
interface Look {
  readonly cluster: Cluster;
  readonly energy: number;
  readonly percentile: number | undefined;
  /** 0 inside the band; undefined without a price, or when the price has passed it. */
  readonly distance: number | undefined;
}

/** Changes of this second that a rule waits for. */
export function changeCandidates(
  rule: ClusterChangeRule | GrowRule,
  input: AlertInput,
  ranks: DensityRanks | undefined,
  memory: AlertMemory,
): readonly Candidate[] {
  return input.changes.flatMap(({ kind, cluster }): readonly Candidate[] => {
    if (kind !== rule.kind) return [];
    // A cluster that goes has little left when it goes: it is judged by the most it had.
    const energy = kind === 'dissolve' || kind === 'consume' ? cluster.peakEnergy : cluster.energy.p50;
    const look = lookAt(cluster, energy, input, ranks);
    if (!isWanted(rule, look) || !isNear(rule, look, input)) return [];
    if (rule.kind !== 'grow') return [clusterCandidate(rule, look)];
    const base = memory.baseOf(rule.id, cluster.id);
    if (base === undefined || energy < base * (1 + rule.growBy)) return [];
    return [{ ...clusterCandidate(rule, look, { grownBy: energy / base - 1, growBy: rule.growBy }), newBase: energy }];
  });
}

/** Clusters that the price has come near to; those it has left by the margin are waited for anew. */
export function approachCandidates(
  rule: ApproachRule,
  input: AlertInput,
  ranks: DensityRanks | undefined,
  memory: AlertMemory,
): readonly Candidate[] {
  return input.clusters.flatMap((cluster): readonly Candidate[] => {
    const look = lookAt(cluster, cluster.energy.p50, input, ranks);
    if (look.distance === undefined) return [];
    if (look.distance > rule.distance * (1 + rule.hysteresis)) memory.arm(rule.id, cluster.id);
    if (look.distance > rule.distance || !isWanted(rule, look)) return [];
    return [{ ...clusterCandidate(rule, look, { threshold: rule.distance }), armedBy: cluster.id }];
  });
}

function lookAt(cluster: Cluster, energy: number, input: AlertInput, ranks: DensityRanks | undefined): Look {
  const distance = input.price === undefined ? undefined : distanceTo(cluster, input.price);
  return { cluster, energy, percentile: densityPercentile(cluster, energy, ranks), distance };
}

function isWanted(rule: ClusterChangeRule | GrowRule | ApproachRule, { cluster, energy, percentile }: Look): boolean {
  if (rule.side !== undefined && rule.side !== cluster.side) return false;
  if (energy < rule.minEnergyUsd) return false;
  if (rule.minPercentile > 0 && !((percentile ?? -1) >= rule.minPercentile)) return false;
  const { venues } = rule;
  if (venues === undefined) return true;
  const own = cluster.venues.reduce((sum, { part, share }) => (venues.includes(part) ? sum + share : sum), 0);
  return own >= OWN_SHARE;
}

/** Whether a change is near enough; a cluster that the price has passed is as near as can be. */
function isNear(rule: ClusterChangeRule | GrowRule, { distance }: Look, { price }: AlertInput): boolean {
  if (rule.distance === undefined) return true;
  return price !== undefined && (distance ?? 0) <= rule.distance;
}

function clusterCandidate(
  rule: AlertRule,
  { cluster, energy, percentile, distance }: Look,
  values: Readonly<Record<string, number>> = {},
): Candidate {
  return {
    rule,
    subject: cluster.id,
    clusterId: cluster.id,
    values: {
      energyUsd: energy,
      energyP10Usd: cluster.energy.p10,
      energyP90Usd: cluster.energy.p90,
      ...(percentile === undefined ? {} : { percentile }),
      ...(distance === undefined ? {} : { distance }),
      ...values,
    },
    place: { side: cluster.side, low: cluster.low, high: cluster.high },
  };
}
