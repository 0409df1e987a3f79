import { DEFAULT_LIMITS } from '../clusters/cluster-limits.js';
import { COMMON_LEVERAGES, OTHER_LEVERAGES, smoothPrior, tieredPrior } from '../cohorts/distance-prior.js';
import {
  allowedPrior,
  distanceOf,
  offeredLeverages,
  UNKNOWN_TERMS,
  type MarginTerms,
} from '../cohorts/margin-terms.js';
import type { DistanceHypothesis } from '../exposure/learn-distances.js';
import { STOPPED_SHARE } from '../exposure/stops.js';

/** Steps of the estimate that can be switched or weighed, for comparing it with itself. Readers get the defaults. */
export interface ModelOptions {
  /** Whether liquidation prints correct the prior. */
  readonly learns: boolean;
  /** Share of the reachable prior that is gathered at some leverages, where it is at all, 0..1; 0 leaves gathering out. */
  readonly concentration: number;
  /** Sets of leverages that positions may gather at, each a hypothesis; an empty set = nowhere. */
  readonly gatherings: readonly (readonly number[])[];
  /** Share of positions that stops close before their liquidation price, 0..1. */
  readonly stoppedShare: number;
  /** Weight of the hypothesis that the venue's ratio of longs tells the sides' shares, 0..1, before any print. */
  readonly ratioWeight: number;
  /** Whether closes hidden by a net change of open interest are modelled; otherwise only its growth opens positions. */
  readonly completesTurnover: boolean;
  /** Deviations by which a band has to rise above its surroundings to be told as a cluster, above 0; half of it keeps one that stands. */
  readonly clusterProminence: number;
}

/** The model that readers see. */
export const STANDARD_MODEL: ModelOptions = {
  learns: true,
  concentration: 0.65,
  gatherings: [[], COMMON_LEVERAGES, OTHER_LEVERAGES],
  stoppedShare: STOPPED_SHARE,
  ratioWeight: 0.85,
  completesTurnover: true,
  clusterProminence: DEFAULT_LIMITS.prominence,
};

/** Half-width of the band around a leverage's distance in which its liquidation prices lie: fees and maintenance brackets differ that much. */
const TIER_SPREAD = 0.001;

/**
 * What the learner compares: every gathering, equally likely before any print, with and without belief in the venue's ratio of
 * longs. `terms`: what the venue's brackets allow; distances of leverages follow from them.
 */
export function hypothesesOf(
  { concentration, gatherings, ratioWeight }: ModelOptions,
  terms: MarginTerms = UNKNOWN_TERMS,
): readonly DistanceHypothesis[] {
  const smooth = allowedPrior(smoothPrior(), terms);
  const compared = concentration === 0 ? [[]] : gatherings;
  return compared.flatMap((leverages) => {
    const distances = offeredLeverages(leverages, terms).map((leverage) => distanceOf(leverage, terms));
    const prior = tieredPrior(smooth, distances, TIER_SPREAD, concentration);
    const weight = 1 / compared.length;
    const sides = [
      { prior, tilt: 0, weight: weight * (1 - ratioWeight) },
      { prior, tilt: 1, weight: weight * ratioWeight },
    ];
    return sides.filter((hypothesis) => hypothesis.weight > 0);
  });
}

/** Fills in defaults; throws on a share outside 0..1. */
export function resolveModel(options: Partial<ModelOptions> = {}): ModelOptions {
  const model = { ...STANDARD_MODEL, ...options };
  for (const key of ['concentration', 'stoppedShare', 'ratioWeight'] as const) {
    if (!(model[key] >= 0 && model[key] <= 1)) throw new RangeError(`model.${key} must be 0 to 1, was ${model[key]}`);
  }
  if (!(model.clusterProminence > 0 && Number.isFinite(model.clusterProminence))) {
    throw new RangeError(`model.clusterProminence must be finite and above 0, was ${model.clusterProminence}`);
  }
  return model;
}
