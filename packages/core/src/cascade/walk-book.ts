import type { DepthLevels } from '../model/depth-view.js';
import { notionalUsd, priceOfTicks, type ContractKind } from '../model/instrument.js';
import type { ContractSize, Fraction, Price, PriceTicks, Usd } from '../model/units.js';

/** Part of a market order that traded at one level. */
export interface BookFill {
  readonly price: Price;
  readonly size: ContractSize;
  readonly notional: Usd;
}

/** What a market order would do to the levels as they stand, level by level. */
export interface BookWalk {
  readonly fills: readonly BookFill[];
  /** Levels filled from, the last one perhaps in part. */
  readonly levelsEaten: number;
  readonly filled: ContractSize;
  /** What the levels could not fill: where it would trade is not known. */
  readonly unfilled: ContractSize;
  /** Size-weighted mean of linear fills, harmonic mean of inverse ones; undefined when nothing was filled. */
  readonly averagePrice: Price | undefined;
  /** Price of the last fill; undefined when nothing was filled. */
  readonly endPrice: Price | undefined;
}

/** How far fills lie from a price they are compared with. */
export interface Slippage {
  /** Distance of the average price from the reference. */
  readonly share: Fraction;
  /**
   * What that costs: size x |average - reference| linear; inverse the difference in coins, valued at the reference,
   * size x |reference / average - 1|.
   */
  readonly cost: Usd;
}

/** Fills a market order from the best level on. Levels are ordered from the best price; nothing is assumed behind the last. */
export function walkBook(
  levels: DepthLevels,
  size: ContractSize,
  spec: { readonly tickSize: number; readonly contract: ContractKind },
): BookWalk {
  if (!(size >= 0)) throw new RangeError(`Size must be at least 0, was ${size}`);
  const fills: BookFill[] = [];
  let rest: number = size;
  let weight = 0;
  for (let level = 0; level < levels.ticks.length && rest > 0; level++) {
    const taken = Math.min(rest, levels.sizes[level]!) as ContractSize;
    if (!(taken > 0)) continue;
    const price = priceOfTicks(levels.ticks[level]! as PriceTicks, spec.tickSize);
    fills.push({ price, size: taken, notional: notionalUsd(spec.contract, taken, price) });
    weight += spec.contract === 'linear' ? taken * price : taken / price;
    rest -= taken;
  }
  const filled = fills.reduce((sum, fill) => sum + fill.size, 0) as ContractSize;
  return {
    fills,
    levelsEaten: fills.length,
    filled,
    unfilled: rest as ContractSize,
    averagePrice: filled > 0 ? averagePrice(spec.contract, filled, weight) : undefined,
    endPrice: fills.at(-1)?.price,
  };
}

/** Price at which a size traded on average; `weight` is size x price of linear fills, size / price of inverse ones, summed. */
export function averagePrice(contract: ContractKind, size: number, weight: number): Price {
  return (contract === 'linear' ? weight / size : size / weight) as Price;
}

/** What trading a size at an average price instead of the reference costs. */
export function slippageOf(contract: ContractKind, size: number, average: Price, reference: Price): Slippage {
  return {
    share: Math.abs(average / reference - 1) as Fraction,
    cost: (contract === 'linear'
      ? size * Math.abs(average - reference)
      : size * Math.abs(reference / average - 1)) as Usd,
  };
}
