import type { NumberRule } from './condition.js';

/** Thresholds of the setups; everything a condition is compared with. */
export interface SetupParameters {
  /** Nearest edge of the cluster, as a fraction of the price. */
  readonly maxDistance: number;
  /** Rank of the cluster's density among the rows of its side, 0..1. */
  readonly minDensityPercentile: number;
  /** Notional up to the cluster over its same-hour median. */
  readonly maxPathThinness: number;
  /** Share of the swept cluster that must be gone. */
  readonly minConsumedShare: number;
  /** Flow in the direction of the sweep, in robust standard deviations of the hour before. */
  readonly maxFlowZ: number;
  /** Rank of a resting order among all levels of the book, 0..1. */
  readonly minRestingPercentile: number;
  /** Gap between band and resting order, as a fraction of the price. */
  readonly maxRestingDistance: number;
  /** How long the order must have stood. */
  readonly minRestingMs: number;
}

/**
 * Distance, percentiles, thinness, consumed share, alignment and persistence are what requirements S47, S48, S52 and S57
 * name. The flow threshold is chosen, not measured: 1 lies just above the middle half of ordinary flow (|z| < 0.67).
 */
export const SETUP_DEFAULTS: SetupParameters = {
  maxDistance: 0.03,
  minDensityPercentile: 0.9,
  maxPathThinness: 0.6,
  minConsumedShare: 0.7,
  maxFlowZ: 1,
  minRestingPercentile: 0.95,
  maxRestingDistance: 0.001,
  minRestingMs: 60_000,
};

/** The rules that conditions are made of, for one set of parameters. */
export function numberRules(parameters: SetupParameters) {
  return {
    distance: rule('distance', 'at most', parameters.maxDistance, 'fraction'),
    density: rule('density-percentile', 'at least', parameters.minDensityPercentile, 'percentile'),
    thinness: rule('path-thinness', 'below', parameters.maxPathThinness, 'ratio'),
    consumed: rule('consumed-share', 'at least', parameters.minConsumedShare, 'fraction'),
    flow: rule('flow-z', 'at most', parameters.maxFlowZ, 'standard-deviations'),
    restingSize: rule('resting-percentile', 'at least', parameters.minRestingPercentile, 'percentile'),
    restingDistance: rule('resting-distance', 'at most', parameters.maxRestingDistance, 'fraction'),
    restingTime: rule('resting-persistence', 'at least', parameters.minRestingMs, 'ms'),
  };
}

function rule(
  name: NumberRule['name'],
  relation: NumberRule['relation'],
  threshold: number,
  unit: NumberRule['unit'],
): NumberRule {
  if (!Number.isFinite(threshold)) throw new RangeError(`Threshold of ${name} must be finite, was ${threshold}`);
  return { name, relation, threshold, unit };
}
