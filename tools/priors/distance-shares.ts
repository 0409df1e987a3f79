import { DISTANCE_CLASSES } from '@liquidation-heatmap/core';
import type { LeveragePercentile } from './published-inputs.js';

/** Share of notional whose liquidation is nearer than a distance (fraction of the price). */
export interface Knot {
  readonly distance: number;
  readonly nearer: number;
}

/** Shares of the engine's distance classes, and what lies beyond the last of them. */
export interface DistanceShares {
  readonly classes: readonly number[];
  readonly outOfReach: number;
}

/**
 * Percentiles of leverage as knots of distance: 1 / leverage less the maintenance rate, halfway between a long's
 * (divided by 1 - rate) and a short's (by 1 + rate).
 */
export function knotsOfLeverage(percentiles: readonly LeveragePercentile[], maintenanceRate: number): readonly Knot[] {
  return percentiles
    .map(({ below, leverage }) => ({ distance: 1 / leverage - maintenanceRate, nearer: 1 - below }))
    .sort((a, b) => a.distance - b.distance);
}

/**
 * Knots at distances beyond the lowest published percentile, by going on with the log-normal between the two lowest ones.
 * An assumption: nothing was published there.
 */
export function knotsBeyond(
  percentiles: readonly LeveragePercentile[],
  maintenanceRate: number,
  distances: readonly number[],
): readonly Knot[] {
  const low = percentiles[0]!;
  const next = percentiles[1]!;
  const spread = Math.log(next.leverage / low.leverage) / (quantile(next.below) - quantile(low.below));
  return distances.map((distance) => {
    const leverage = 1 / (distance + maintenanceRate);
    const z = quantile(low.below) + Math.log(leverage / low.leverage) / spread;
    return { distance, nearer: 1 - normalShare(z) };
  });
}

/** Shares of the classes: linear in log distance between knots, and in distance from 0 to the first knot. */
export function sharesOfKnots(knots: readonly Knot[]): DistanceShares {
  const edges = [...DISTANCE_CLASSES.map(({ from }) => from as number), DISTANCE_CLASSES.at(-1)!.to as number];
  const nearer = edges.map((edge) => nearerThan(knots, edge));
  // Closer than the nearest class can be: those positions are as good as liquidated and join the nearest class.
  const classes = nearer.slice(1).map((share, k) => share - (k === 0 ? 0 : nearer[k]!));
  return { classes, outOfReach: 1 - nearer.at(-1)! };
}

/** Distance which half of all notional is nearer than. */
export function medianDistance(knots: readonly Knot[]): number {
  let low = 1e-4;
  let high = knots.at(-1)!.distance;
  for (let step = 0; step < 60; step++) {
    const middle = Math.sqrt(low * high);
    if (nearerThan(knots, middle) < 0.5) low = middle;
    else high = middle;
  }
  return high;
}

/** Half the summed differences of two sets of shares: 0 equal, 1 disjoint. */
export function variationBetween(a: DistanceShares, b: DistanceShares): number {
  const both = [...a.classes, a.outOfReach];
  const other = [...b.classes, b.outOfReach];
  return both.reduce((sum, share, k) => sum + Math.abs(share - other[k]!), 0) / 2;
}

function nearerThan(knots: readonly Knot[], distance: number): number {
  const first = knots[0]!;
  if (distance <= first.distance) return (first.nearer * distance) / first.distance;
  const above = knots.findIndex((knot) => knot.distance >= distance);
  if (above < 0) throw new Error(`Nothing is known at a distance of ${distance}`);
  const from = knots[above - 1]!;
  const to = knots[above]!;
  const share = Math.log(distance / from.distance) / Math.log(to.distance / from.distance);
  return from.nearer + share * (to.nearer - from.nearer);
}

/** Share of a standard normal below z: Abramowitz and Stegun 26.2.17, error below 7.5e-8. */
function normalShare(z: number): number {
  const t = 1 / (1 + 0.231_641_9 * Math.abs(z));
  const series =
    t * (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return z > 0 ? 1 - tail : tail;
}

function quantile(share: number): number {
  let low = -8;
  let high = 8;
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    if (normalShare(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
