import { LOG_ROW } from '../grid/price-lattice.js';
import type { DistanceClass } from '../model/heatmap-frame.js';
import type { PositionSide } from '../model/market-event.js';
import type { Fraction } from '../model/units.js';

/**
 * Edges of the distance classes as fractions of the entry price: how far price must travel against a position until it is
 * liquidated. Classes are used instead of textbook leverage because declared leverage explains the real distance of only a
 * fifth of positions (docs/method.md#distance-classes). They are what readers see and what priors are measured in.
 */
const EDGES = [0.003, 0.006, 0.009, 0.013, 0.018, 0.025, 0.034, 0.046, 0.062, 0.085, 0.115, 0.16, 0.25] as const;

/** Shape of the prior over the classes, nearest first; scaled so that all classes together hold `REACHABLE_SHARE`. */
const PRIOR_SHAPE = [0.01, 0.04, 0.045, 0.06, 0.065, 0.08, 0.08, 0.1, 0.11, 0.11, 0.12, 0.18] as const;

/** Share of newly opened notional that a move of up to 25 % can liquidate; the rest is hedged or barely leveraged. */
const REACHABLE_SHARE = 0.62;

/** The classes, nearest first. */
export const DISTANCE_CLASSES: readonly DistanceClass[] = PRIOR_SHAPE.map((_, k) => ({
  from: EDGES[k]! as Fraction,
  to: EDGES[k + 1]! as Fraction,
}));

/** Prior share of opened notional per class; `PRIOR_OUT_OF_REACH` is what is missing to 1. */
export const PRIOR: readonly number[] = PRIOR_SHAPE.map((share) => share * REACHABLE_SHARE);

/** Prior share of opened notional that no class holds. */
export const PRIOR_OUT_OF_REACH = 1 - PRIOR.reduce((sum, share) => sum + share, 0);

/** Width of a strip near the price: the 0.25 % bins in which clusters are looked for. */
const STRIP_WIDTH = 0.0025;
/** Beyond these distances strips are 0.5 % and 1 % wide: farther tiers are too rarely reached to be told apart. */
const WIDER_FROM = 0.115;
const WIDEST_FROM = 0.16;

/**
 * A strip: the part of a distance class in which the engine keeps books. Strips are narrow enough that a leverage many
 * traders use stands out of them, and liquidation prints teach which ones do.
 */
export interface DistanceStrip extends DistanceClass {
  /** Index of the distance class it belongs to. */
  readonly classIndex: number;
}

/** The strips of all classes, nearest first. */
export const STRIPS: readonly DistanceStrip[] = DISTANCE_CLASSES.flatMap(stripsOf);

/** Number of strips. */
export const STRIP_COUNT = STRIPS.length;

/** Number of distance classes. */
export const CLASS_COUNT = DISTANCE_CLASSES.length;

function stripsOf({ from, to }: DistanceClass, classIndex: number): readonly DistanceStrip[] {
  const width = from >= WIDEST_FROM ? 4 * STRIP_WIDTH : from >= WIDER_FROM ? 2 * STRIP_WIDTH : STRIP_WIDTH;
  const count = Math.max(1, Math.round((to - from) / width));
  const edge = (i: number): Fraction => (i === count ? to : from + ((to - from) * i) / count) as Fraction;
  return Array.from({ length: count }, (_, i) => ({ from: edge(i), to: edge(i + 1), classIndex }));
}

/** Geometric middle of a strip; stands for it where one distance is needed. */
export function middleDistance(strip: number): number {
  const { from, to } = STRIPS[strip]!;
  return Math.sqrt(from * to);
}

/** Offset of the liquidation price from the entry in lattice rows: [lower, upper), uniform inside. Negative for longs. */
export function stripOffsets(side: PositionSide, strip: number): readonly [number, number] {
  const { from, to } = STRIPS[strip]!;
  return side === 'long'
    ? [Math.log(1 - to) / LOG_ROW, Math.log(1 - from) / LOG_ROW]
    : [Math.log(1 + from) / LOG_ROW, Math.log(1 + to) / LOG_ROW];
}

/** Sums of a value per strip by distance class. */
export function byClass(perStrip: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(CLASS_COUNT);
  for (let strip = 0; strip < STRIP_COUNT; strip++) sums[STRIPS[strip]!.classIndex]! += perStrip[strip]!;
  return sums;
}
