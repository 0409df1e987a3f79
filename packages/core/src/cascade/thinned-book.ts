import type { ContractKind } from '../model/instrument.js';
import type { Price } from '../model/units.js';
import { lowerBound } from '../numeric/binary-search.js';
import { depthEnd, levelsBefore, type DepthProfile } from './depth-profile.js';
import { priceDirection } from './forced-taker.js';

/**
 * Exponent of log(drop) = a + gamma log(V / D): .875 +- .078, 639 events of 21 symbols (docs/cascades.md#impact). The shape of
 * resting books gives .861.
 */
export const IMPACT_EXPONENT = 0.875;

/** Intervals of Simpson's rule over what is eaten beyond the snapshot; its error is below 5e-6 of the value (test). */
const SIMPSON_INTERVALS = 32;

/**
 * A depth profile as a function of the size eaten from it, continued beyond the snapshot by u = u_end (s / s_end)^gamma, which
 * meets the last level: the law drop = (V / B)^gamma with B = s_end / u_end^(1 / gamma). A book of which a share W has
 * survived is the same function of s / W.
 */
export class ThinnedBook {
  readonly startPrice: Price;
  readonly snapshotEnd: Price;
  readonly #profile: DepthProfile;
  readonly #direction: -1 | 1;
  readonly #endSize: number;
  readonly #endDistance: number;
  /** Size x price of linear levels, size / price of inverse ones, up to and with each level. */
  readonly #weights: Float64Array;

  constructor(profile: DepthProfile) {
    this.#profile = profile;
    this.#direction = priceDirection(profile.takerSide);
    const end = depthEnd(profile);
    this.startPrice = profile.startPrice;
    this.snapshotEnd = end.price;
    this.#endSize = end.size;
    this.#endDistance = end.distance;
    this.#weights = runningWeights(profile);
  }

  /** True when the snapshot has a distance to continue from; a single level at the start has none. */
  get reachesAnywhere(): boolean {
    return this.#endDistance > 0 && this.#endSize > 0;
  }

  /** Size that must be exceeded before an order trades at the price; 0 on the near side of the best level. */
  sizeBefore(price: Price): number {
    if ((price - this.snapshotEnd) * this.#direction > 0) {
      const distance = Math.abs(Math.log(price / this.startPrice));
      return this.#endSize * (distance / this.#endDistance) ** (1 / IMPACT_EXPONENT);
    }
    const levels = levelsBefore(this.#profile, price);
    return levels === 0 ? 0 : this.#profile.sizes[levels - 1]!;
  }

  /** Price of the last fill after a size was eaten. */
  priceAt(size: number): Price {
    if (!(size > 0)) return this.startPrice;
    if (size <= this.#endSize) return this.#profile.prices[lowerBound(this.#profile.sizes, size)]! as Price;
    const distance = this.#endDistance * (size / this.#endSize) ** IMPACT_EXPONENT;
    return (this.startPrice * Math.exp(this.#direction * distance)) as Price;
  }

  /** Levels of the snapshot filled from after a size was eaten, the last one perhaps in part. */
  levelsAt(size: number): number {
    if (!(size > 0)) return 0;
    return Math.min(this.#profile.prices.length, lowerBound(this.#profile.sizes, size) + 1);
  }

  /** True when a size eats more than the snapshot shows. */
  isBeyond(size: number): boolean {
    return size > this.#endSize;
  }

  /** Size x price (linear) or size / price (inverse) of everything eaten so far. */
  weightAt(size: number): number {
    if (!(size > 0)) return 0;
    const { sizes, prices, contract } = this.#profile;
    if (size > this.#endSize) return this.#weights.at(-1)! + this.#weightBeyond(size);
    const level = lowerBound(sizes, size);
    const before = level === 0 ? 0 : sizes[level - 1]!;
    const weightBefore = level === 0 ? 0 : this.#weights[level - 1]!;
    return weightBefore + (size - before) * weightOf(contract, prices[level]!);
  }

  #weightBeyond(size: number): number {
    const step = (size - this.#endSize) / SIMPSON_INTERVALS;
    let sum = 0;
    for (let node = 0; node <= SIMPSON_INTERVALS; node++) {
      const factor = node === 0 || node === SIMPSON_INTERVALS ? 1 : node % 2 === 1 ? 4 : 2;
      const distance = this.#endDistance * ((this.#endSize + node * step) / this.#endSize) ** IMPACT_EXPONENT;
      sum += factor * weightOf(this.#profile.contract, this.startPrice * Math.exp(this.#direction * distance));
    }
    return (sum * step) / 3;
  }
}

function weightOf(contract: ContractKind, price: number): number {
  return contract === 'linear' ? price : 1 / price;
}

function runningWeights({ sizes, prices, contract }: DepthProfile): Float64Array {
  const weights = new Float64Array(sizes.length);
  let sum = 0;
  for (let level = 0; level < sizes.length; level++) {
    sum += (sizes[level]! - (sizes[level - 1] ?? 0)) * weightOf(contract, prices[level]!);
    weights[level] = sum;
  }
  return weights;
}
