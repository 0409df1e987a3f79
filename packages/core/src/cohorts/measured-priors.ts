/** Who was measured, when, and what that says about others. */
export interface MeasuredOn {
  readonly id: string;
  /** Last day of the period measured, `YYYY-MM-DD`, as far as it is known. */
  readonly asOf: string;
  readonly source: string;
  /** The sample in words: how many, of what, how weighted. */
  readonly sample: string;
  /** What had to be assumed to come from the published figures to these. */
  readonly assumed: string;
}

/** A measured distribution over `DISTANCE_CLASSES`. */
export interface MeasuredDistances extends MeasuredOn {
  /** Share of notional in each class, nearest first; what is nearer than the first class is counted in it. */
  readonly classes: readonly number[];
  /** Share of notional beyond the last class. */
  readonly outOfReach: number;
}

/** Measured closing hazards by age, and the mixture of exponentials fitted to them. */
export interface MeasuredExits extends MeasuredOn {
  /** Edges of the age classes, hours; the last is where the record ends. */
  readonly ageEdges: readonly number[];
  /** Notional closed over notional times hours at risk, per hour, for each age class. */
  readonly hazards: readonly number[];
  readonly ratesPerHour: readonly number[];
  readonly weights: readonly number[];
}

/**
 * Distances from the price to liquidation, of positions that stand, by source. The engine does not use them (docs/priors.md):
 * both are of one venue, neither is of positions at the moment they are opened.
 */
export const MEASURED_DISTANCES: readonly MeasuredDistances[] = [
  {
    id: 'hyperliquid-accounts-2023',
    asOf: '2023-12-31',
    source: 'Effective leverage of Hyperliquid accounts in 2023, percentiles in docs/priors.md#accounts-2023',
    sample: '1,797 snapshots of 154 accounts, weighted by notional; mostly cross margin, bots included',
    assumed:
      'distance = 1 / leverage - 1 %; beyond 14 % (the lowest published percentile) log-normal like the two percentiles before',
    classes: [0.0235, 0.0226, 0.0205, 0.0181, 0.0275, 0.069, 0.0678, 0.115, 0.1222, 0.1593, 0.1658, 0.1298],
    outOfReach: 0.0588,
  },
  {
    id: 'hyperliquid-isolated-2026',
    asOf: '2026-08-31',
    source:
      'Loss still needed of isolated Hyperliquid positions in August 2026, shares in docs/priors.md#isolated-2026',
    sample: '135,668 rows of position snapshots over 4 days; isolated margin, 5.5 % of notional on the venue',
    assumed:
      'below 7 %, published as one share, leverage percentiles of the same rows with a maintenance rate of 1.25 %; even in distance below .8 %',
    classes: [0.072, 0.0352, 0.0343, 0.0304, 0.0307, 0.0287, 0.0322, 0.0395, 0.0966, 0.0823, 0.0524, 0.1669],
    outOfReach: 0.2989,
  },
];

/** Closing hazards by source. The engine does not use them (docs/priors.md): the two sources disagree by a factor of 14. */
export const MEASURED_EXITS: readonly MeasuredExits[] = [
  {
    id: 'hyperliquid-lots-2023',
    asOf: '2023-12-31',
    source: 'Closed lots on Hyperliquid in 2023, hazards in docs/priors.md#lots-2023',
    sample: '31,418 closed lots worth 16.35 million USD, weighted by notional; bots included',
    assumed: 'the open-ended last age class ends at 30 days; nine free parameters fitted to ten figures',
    ageEdges: [0, 5 / 60, 0.25, 1, 4, 12, 24, 72, 168, 336, 720],
    hazards: [13.6, 2.6, 0.73, 0.14, 0.057, 0.034, 0.026, 0.011, 0.0078, 0.004],
    ratesPerHour: [26.9, 1.9, 0.0695, 0.0133, 0.00309],
    weights: [0.691, 0.193, 0.0861, 0.0274, 0.00301],
  },
  {
    id: 'hyperliquid-fills-2025',
    asOf: '2025-05-01',
    source: 'Fills of four Hyperliquid accounts from 2024-09-20 to 2025-05-01, docs/priors.md#fills-2025',
    sample: '14,381 lots worth 225 million USD, 93 % of it one account; as many as 1,431 lots of equal size weigh',
    assumed:
      'first in, first out; times in whole minutes; 6.1 million USD of closes without a recorded opening left out',
    ageEdges: [0, 5 / 60, 0.25, 1, 4, 12, 24, 72, 168, 336, 5_400],
    hazards: [0.944, 0.616, 0.307, 0.148, 0.0243, 0.0292, 0.0351, 0.00206, 0.0019, 0.00134],
    ratesPerHour: [11.5, 1.03, 0.0406, 0.0406, 0.00136],
    weights: [0.0723, 0.419, 0.022, 0.432, 0.0545],
  },
];
