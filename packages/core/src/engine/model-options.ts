import { COMMON_LEVERAGES, smoothPrior, tieredPrior } from '../cohorts/distance-prior.js';
import type { DistanceHypothesis } from '../exposure/learn-distances.js';
import { STOPPED_SHARE } from '../exposure/stops.js';

/** Steps of the estimate that can be switched or weighed, for comparing it with itself. Readers get the defaults. */
export interface ModelOptions {
  /** Whether liquidation prints correct the prior. */
  readonly learns: boolean;
  /** Share of the reachable prior that the second hypothesis gathers at common leverages, 0..1; 0 leaves it out. */
  readonly concentration: number;
  /** Share of positions that stops close before their liquidation price, 0..1. */
  readonly stoppedShare: number;
  /** Whether closes hidden by a net change of open interest are modelled; otherwise only its growth opens positions. */
  readonly completesTurnover: boolean;
}

/** The model that readers see. */
export const STANDARD_MODEL: ModelOptions = {
  learns: true,
  concentration: 0.5,
  stoppedShare: STOPPED_SHARE,
  completesTurnover: true,
};

/** Weight of the hypothesis that positions gather at common leverages, before any print. Half and half would be as arbitrary. */
const TIERED_WEIGHT = 0.5;
/** Half-width of the band around a leverage's distance in which its liquidation prices lie: fees and maintenance brackets differ that much. */
const TIER_SPREAD = 0.001;
/** Maintenance rate assumed for the distance of a leverage: the lowest brackets of the large contracts ask 0.4 to 0.5 % (tables of 2024-10-24). */
const TIER_MAINTENANCE = 0.0045;

/** What the learner compares: a smooth distribution of distances, and one gathered at common leverages. */
export function hypothesesOf({ concentration }: ModelOptions): readonly DistanceHypothesis[] {
  const smooth = smoothPrior();
  if (concentration === 0) return [{ prior: smooth, weight: 1 }];
  const distances = COMMON_LEVERAGES.map((leverage) => (1 / leverage - TIER_MAINTENANCE) / (1 - TIER_MAINTENANCE));
  return [
    { prior: smooth, weight: 1 - TIERED_WEIGHT },
    { prior: tieredPrior(smooth, distances, TIER_SPREAD, concentration), weight: TIERED_WEIGHT },
  ];
}

/** Fills in defaults; throws on a share outside 0..1. */
export function resolveModel(options: Partial<ModelOptions> = {}): ModelOptions {
  const model = { ...STANDARD_MODEL, ...options };
  for (const key of ['concentration', 'stoppedShare'] as const) {
    if (!(model[key] >= 0 && model[key] <= 1)) throw new RangeError(`model.${key} must be 0 to 1, was ${model[key]}`);
  }
  return model;
}
