import type { Cluster } from '../model/cluster.js';
import type { Condition, ConfluenceSetup } from '../model/setup.js';
import { densityPercentile, distanceTo, type DensityRanks } from './cluster-reach.js';
import { bookCondition, dataCondition, numberCondition, overallVerdict } from './condition.js';
import type { RestingMatch, SetupInput } from './setup-input.js';
import { numberRules, type SetupParameters } from './setup-parameters.js';

/** Describes a dense cluster that meets large resting orders which have stood for a while (S57, S60). */
export function confluenceSetup(
  cluster: Cluster,
  input: SetupInput,
  ranks: DensityRanks | undefined,
  parameters: SetupParameters,
): ConfluenceSetup {
  const rules = numberRules(parameters);
  const { resting, absorbRatio } = input.readingsOf(cluster);
  const conditions: readonly Condition[] = [
    dataCondition(input.isStale),
    numberCondition(rules.distance, distanceTo(cluster, input.price)),
    numberCondition(rules.density, densityPercentile(cluster, cluster.energy.p50, ranks)),
    bookCondition(input.book),
    numberCondition(rules.restingSize, resting?.percentile),
    numberCondition(rules.restingDistance, gapTo(cluster, resting?.price)),
    numberCondition(rules.restingTime, resting?.persistedMs),
  ];
  return {
    kind: 'confluence',
    seenTime: input.seenTime,
    side: cluster.side,
    clusterId: cluster.id,
    band: { low: cluster.low, high: cluster.high },
    verdict: overallVerdict(conditions),
    conditions,
    resting: ordersOf(resting),
    absorbRatio,
    outcomes: input.evidence.touches,
  };
}

function ordersOf(resting: RestingMatch | undefined): ConfluenceSetup['resting'] {
  if (resting?.price === undefined || resting.notional === undefined || resting.persistedMs === undefined)
    return undefined;
  return {
    side: resting.side,
    price: resting.price,
    notional: resting.notional,
    persistedMs: resting.persistedMs,
  };
}

/** Gap between a band and a price as a fraction of the price; 0 inside the band. */
function gapTo({ low, high }: Pick<Cluster, 'low' | 'high'>, price: number | undefined): number | undefined {
  return price === undefined ? undefined : Math.max(0, low - price, price - high) / price;
}
