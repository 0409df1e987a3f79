import type { Cluster } from '../model/cluster.js';
import type { Condition, MagnetLift, MagnetSetup } from '../model/setup.js';
import { densityPercentile, distanceTo, type DensityRanks } from './cluster-reach.js';
import { bookCondition, dataCondition, numberCondition, overallVerdict } from './condition.js';
import { MIN_CASES } from './outcome-rate.js';
import type { SetupInput } from './setup-input.js';
import { numberRules, type SetupParameters } from './setup-parameters.js';

/** Describes a dense cluster within reach behind a thin book (S47, S48, S50). */
export function magnetSetup(
  cluster: Cluster,
  input: SetupInput,
  ranks: DensityRanks | undefined,
  parameters: SetupParameters,
): MagnetSetup {
  const rules = numberRules(parameters);
  const { pathNotional, usualPathNotional } = input.readingsOf(cluster);
  const conditions: readonly Condition[] = [
    dataCondition(input.isStale),
    numberCondition(rules.distance, distanceTo(cluster, input.price)),
    numberCondition(rules.density, densityPercentile(cluster, cluster.energy.p50, ranks)),
    bookCondition(input.book),
    numberCondition(rules.thinness, thinnessOf(pathNotional, usualPathNotional)),
  ];
  return {
    kind: 'magnet',
    seenTime: input.seenTime,
    side: cluster.side,
    clusterId: cluster.id,
    band: { low: cluster.low, high: cluster.high },
    heading: cluster.side === 'long' ? 'down' : 'up',
    target: { low: cluster.quartileLow, high: cluster.quartileHigh },
    verdict: overallVerdict(conditions),
    conditions,
    isMeasured: input.evidence.lifts.some(isLiftShown),
    lifts: input.evidence.lifts,
  };
}

/** Notional on the way over what is usual at this hour; undefined where nothing is usual. */
function thinnessOf(notional: number | undefined, usual: number | undefined): number | undefined {
  if (notional === undefined || usual === undefined || !(usual > 0) || !(notional >= 0)) return undefined;
  return notional / usual;
}

/**
 * Whether outcomes show that price comes to clusters more often than to levels equally far (S34): the whole interval lies
 * above 1 on at least 30 clusters of a real market.
 */
export function isLiftShown({ n, low95, source }: MagnetLift): boolean {
  return source !== 'simulated' && n >= MIN_CASES && low95 !== undefined && low95 > 1;
}
