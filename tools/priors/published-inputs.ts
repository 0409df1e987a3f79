import type { AgeHazard, ExitLaw } from './exit-law.js';
import type { Knot } from './distance-shares.js';

/** A measured distribution of leverage as it was published: leverage at a percentile (share of notional below it). */
export interface LeveragePercentile {
  readonly below: number;
  readonly leverage: number;
}

/** Account-level effective leverage on Hyperliquid in 2023, weighted by notional: 1,797 snapshots of 154 users. */
export const ACCOUNTS_2023: readonly LeveragePercentile[] = [
  { below: 0.25, leverage: 6.7 },
  { below: 0.5, leverage: 10.2 },
  { below: 0.75, leverage: 17.8 },
  { below: 0.9, leverage: 29.7 },
  { below: 0.99, leverage: 68 },
];
/** Maintenance rate of Hyperliquid's majors in 2023 (1 % at 50x; equity at liquidation was .94 % of notional in the median). */
export const ACCOUNTS_2023_MAINTENANCE = 0.01;

/** Isolated positions on Hyperliquid in August 2026 (135,668 rows of 4 days): loss still needed, as shares nearer than it. */
export const ISOLATED_2026_LOSS: readonly Knot[] = [
  { distance: 0.07, nearer: 0.319 },
  { distance: 0.1, nearer: 0.467 },
  { distance: 0.15, nearer: 0.51 },
  { distance: 0.2, nearer: 0.618 },
  { distance: 0.3, nearer: 0.769 },
];
/** Leverage of the same rows; splits what lies nearer than 7 %, which was published as one share. */
export const ISOLATED_2026_LEVERAGE: readonly LeveragePercentile[] = [
  { below: 0.75, leverage: 18.5 },
  { below: 0.9, leverage: 48 },
];
/** Maintenance rate of BTC's first tier in 2026: 1 / (2 x 40). Smaller coins have a higher one. */
export const ISOLATED_2026_MAINTENANCE = 0.0125;

/** Longest age that the open-ended last class of the 2023 table is taken to hold, in hours (30 days; assumed). */
const LAST_AGE = 720;

/** Closing hazard by age on Hyperliquid in 2023, weighted by notional: 31,418 closed lots, 16.35 million USD. */
export const HAZARDS_2023: readonly AgeHazard[] = [
  [0, 5 / 60, 13.6],
  [5 / 60, 0.25, 2.6],
  [0.25, 1, 0.73],
  [1, 4, 0.14],
  [4, 12, 0.057],
  [12, 24, 0.034],
  [24, 72, 0.026],
  [72, 168, 0.011],
  [168, 336, 0.0078],
  [336, LAST_AGE, 0.004],
].map(([fromHours = 0, toHours = 0, perHour = 0]) => ({ fromHours, toHours, perHour }));

/** Where a fit begins: rates a decade apart, as far as ages of minutes to weeks can tell them apart. */
export const FIT_START: ExitLaw = { ratesPerHour: [20, 2, 0.2, 0.02, 0.003], weights: [0.4, 0.2, 0.15, 0.15, 0.1] };
