import type { Quantiles } from '../model/cascade.js';
import type { UsdRange } from '../model/cluster.js';
import type { DepthView } from '../model/depth-view.js';
import type { ContractKind } from '../model/instrument.js';
import type { PositionSide } from '../model/market-event.js';
import type { Price, Usd } from '../model/units.js';
import { depthProfile, notionalTo, notionalWithin } from './depth-profile.js';
import { forcedTakerSide } from './forced-taker.js';

/** A cluster as the book sees it: who would be forced, and between which prices. */
export interface ClusterBand {
  readonly side: PositionSide;
  readonly low: Price;
  readonly high: Price;
}

/** Resting notional on the way to a cluster. */
export interface PathDepth {
  readonly notional: Usd;
  /** The cluster lies beyond the snapshot: the notional is a law, not orders that were seen. */
  readonly isExtrapolated: boolean;
}

/** A comparison of what waits in a cluster or on the way to it with something it is measured against. */
export interface PathRatio<Value> extends PathDepth {
  readonly ratio: Value;
}

/** Book notional that must be eaten before price trades at the cluster's near edge; undefined when the book is not in sync. */
export function pathDepth(
  band: ClusterBand,
  book: DepthView | undefined,
  contract: ContractKind,
): PathDepth | undefined {
  const profile = depthProfile(book, forcedTakerSide(band.side), contract);
  if (profile === undefined) return undefined;
  const reading = notionalTo(profile, band.side === 'long' ? band.high : band.low);
  return reading && { notional: reading.value, isExtrapolated: reading.isExtrapolated };
}

/**
 * How thin the way to a cluster is: its book notional over what is usual there, e.g. the median of the same hour on seven days
 * (below 1 = thinner than usual). Undefined when the book is not in sync or the usual is not known or 0.
 */
export function pathThinness(path: PathDepth | undefined, usual: Usd | undefined): PathRatio<number> | undefined {
  if (path === undefined || usual === undefined || !(usual > 0)) return undefined;
  return { ...path, ratio: path.notional / usual };
}

/**
 * Cluster energy over the book notional needed to reach it: how much would be forced for each dollar that brings price there.
 * Undefined when the book is not in sync, or nothing rests on the way: then there is no finite ratio.
 */
export function asymmetry(energy: UsdRange, path: PathDepth | undefined): PathRatio<Quantiles<number>> | undefined {
  if (path === undefined || !(path.notional > 0)) return undefined;
  const over = (value: Usd): number => value / path.notional;
  return { ...path, ratio: { p10: over(energy.p10), p50: over(energy.p50), p90: over(energy.p90) } };
}

/**
 * Orders resting inside a cluster's band over what is expected to be forced there: above 1 the visible book could absorb it.
 * A ratio is undefined where nothing is expected to be forced; all of it when the book is not in sync or does not reach over
 * the band. The visible book is not the book during the event (docs/cascades.md#survival).
 */
export function absorbRatio(
  band: ClusterBand,
  expected: UsdRange,
  book: DepthView | undefined,
  contract: ContractKind,
): AbsorbRatio | undefined {
  const profile = depthProfile(book, forcedTakerSide(band.side), contract);
  const resting = profile && notionalWithin(profile, band.low, band.high);
  if (resting === undefined) return undefined;
  const over = (forced: Usd): number | undefined => (forced > 0 ? resting / forced : undefined);
  return { resting, p10: over(expected.p90), p50: over(expected.p50), p90: over(expected.p10) };
}

/** Resting over expected forced notional; a low quantile of the ratio belongs to a high one of what is forced. */
export interface AbsorbRatio {
  readonly resting: Usd;
  readonly p10: number | undefined;
  readonly p50: number | undefined;
  readonly p90: number | undefined;
}
