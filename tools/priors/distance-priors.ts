import {
  knotsBeyond,
  knotsOfLeverage,
  medianDistance,
  sharesOfKnots,
  type DistanceShares,
  type Knot,
} from './distance-shares.js';
import {
  ACCOUNTS_2023,
  ACCOUNTS_2023_MAINTENANCE,
  ISOLATED_2026_LEVERAGE,
  ISOLATED_2026_LOSS,
  ISOLATED_2026_MAINTENANCE,
} from './published-inputs.js';

/** A measured prior over the distance classes. */
export interface DistancePrior extends DistanceShares {
  readonly id: string;
  readonly knots: readonly Knot[];
  readonly median: number;
}

/** The priors that published distributions give. */
export function distancePriors(): readonly DistancePrior[] {
  const accounts = [
    ...knotsOfLeverage(ACCOUNTS_2023, ACCOUNTS_2023_MAINTENANCE),
    ...knotsBeyond(ACCOUNTS_2023, ACCOUNTS_2023_MAINTENANCE, [0.16, 0.2, 0.25]),
  ];
  const isolated = [...knotsOfLeverage(ISOLATED_2026_LEVERAGE, ISOLATED_2026_MAINTENANCE), ...ISOLATED_2026_LOSS];
  return [priorOf('hyperliquid-accounts-2023', accounts), priorOf('hyperliquid-isolated-2026', isolated)];
}

function priorOf(id: string, knots: readonly Knot[]): DistancePrior {
  return { id, knots, median: medianDistance(knots), ...sharesOfKnots(knots) };
}
