import { trueDensity, type MarketTruth } from '@liquidation-heatmap/simulator';
import type { SideBins } from '@liquidation-heatmap/core/score';

/** What really stands in the bins of the first venue's prices, USD; other venues are moved by the ratio of marks, as the engine does. */
export function trueBins(truth: MarketTruth, edges: Float64Array): SideBins {
  const sum = { long: new Float64Array(edges.length - 1), short: new Float64Array(edges.length - 1) };
  const reference = truth.venues[0]!.mark;
  for (const { venue, mark } of truth.venues) {
    const own = trueDensity(truth, { edges: edges.map((edge) => (edge * mark) / reference), unit: 'usd', venue });
    for (const side of ['long', 'short'] as const) {
      for (let i = 0; i < sum[side].length; i++) sum[side][i]! += own[side][i]!;
    }
  }
  return sum;
}
