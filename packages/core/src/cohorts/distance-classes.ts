import type { DistanceClass } from '../model/heatmap-frame.js';
import type { PositionSide } from '../model/market-event.js';
import type { Fraction } from '../model/units.js';
import { LOG_ROW } from '../grid/price-lattice.js';

/**
 * Edges of the distance classes as fractions of the entry price: how far price must travel against a position until it is
 * liquidated. Classes are used instead of textbook leverage because declared leverage explains the real distance of only a
 * fifth of positions (docs/method.md#distance-classes).
 */
const EDGES = [0.003, 0.006, 0.009, 0.013, 0.018, 0.025, 0.034, 0.046, 0.062, 0.085, 0.115, 0.16, 0.25] as const;

/** Shape of the prior over the classes, nearest first; scaled so that all classes together hold `REACHABLE_SHARE`. */
const PRIOR_SHAPE = [0.01, 0.04, 0.045, 0.06, 0.065, 0.08, 0.08, 0.1, 0.11, 0.11, 0.12, 0.18] as const;

/** Share of newly opened notional that a move of up to 25 % can liquidate; the rest is hedged or barely leveraged. */
const REACHABLE_SHARE = 0.62;

/** Number of distance classes. */
export const CLASS_COUNT = PRIOR_SHAPE.length;

/** The classes, nearest first. */
export const DISTANCE_CLASSES: readonly DistanceClass[] = PRIOR_SHAPE.map((_, k) => ({
  from: EDGES[k]! as Fraction,
  to: EDGES[k + 1]! as Fraction,
}));

/** Prior share of opened notional per class; `PRIOR_OUT_OF_REACH` is what is missing to 1. */
export const PRIOR: readonly number[] = PRIOR_SHAPE.map((share) => share * REACHABLE_SHARE);

/** Prior share of opened notional that no class holds. */
export const PRIOR_OUT_OF_REACH = 1 - PRIOR.reduce((sum, share) => sum + share, 0);

/** Geometric middle of a class; stands for the class where one distance is needed. */
export function middleDistance(classIndex: number): number {
  const { from, to } = DISTANCE_CLASSES[classIndex]!;
  return Math.sqrt(from * to);
}

/** Offset of the liquidation price from the entry in lattice rows: [lower, upper), uniform inside. Negative for longs. */
export function classOffsets(side: PositionSide, classIndex: number): readonly [number, number] {
  const { from, to } = DISTANCE_CLASSES[classIndex]!;
  return side === 'long'
    ? [Math.log(1 - to) / LOG_ROW, Math.log(1 - from) / LOG_ROW]
    : [Math.log(1 + from) / LOG_ROW, Math.log(1 + to) / LOG_ROW];
}
