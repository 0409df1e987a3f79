import { lowerBound } from '../numeric/binary-search.js';

/** Size per price bin and position side, in one unit; both arrays have one entry a bin. */
export interface SideBins {
  readonly long: Float64Array;
  readonly short: Float64Array;
}

/** Half of the scored window, as a fraction of the price (estimation is judged within 12 % of the price). */
export const SCORE_HALF_WIDTH = 0.12;
/** Half of what counts as near the price. */
export const NEAR_HALF_WIDTH = 0.05;
/** Bins of the scored window: 0.25 % of the price each. */
export const SCORE_BIN_COUNT = 96;

/** Ascending edges of equally wide bins around a price, linear in percent of it. */
export function scoreEdges(price: number, halfWidth = SCORE_HALF_WIDTH, bins = SCORE_BIN_COUNT): Float64Array {
  if (!(price > 0 && Number.isFinite(price))) throw new RangeError(`price must be positive, was ${price}`);
  if (!(halfWidth > 0 && halfWidth < 1))
    throw new RangeError(`halfWidth must be above 0 and below 1, was ${halfWidth}`);
  if (!(Number.isInteger(bins) && bins >= 2))
    throw new RangeError(`bins must be a whole number of at least 2, was ${bins}`);
  return Float64Array.from({ length: bins + 1 }, (_, i) => price * (1 + halfWidth * ((2 * i) / bins - 1)));
}

/** Signed distance of each bin's middle from a price, in percent of it. */
export function middlePercents(edges: Float64Array, price: number): Float64Array {
  return Float64Array.from({ length: edges.length - 1 }, (_, i) => {
    const middle = (edges[i]! + edges[i + 1]!) / 2;
    return 100 * (middle / price - 1);
  });
}

/** Long and short together, bin by bin. */
export function bothSides({ long, short }: SideBins): Float64Array {
  return long.map((size, i) => size + short[i]!);
}

/** Sum of an array. */
export function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}

/** First and last + 1 bin that lie wholly within a fraction of the price. */
export function binsWithin(edges: Float64Array, price: number, halfWidth: number): readonly [from: number, to: number] {
  const slack = 1e-9 * price;
  const from = lowerBound(edges, price * (1 - halfWidth) - slack);
  const to = lowerBound(edges, price * (1 + halfWidth) - slack);
  return [from, Math.min(to, edges.length - 1)];
}

/** Throws unless two arrays describe the same bins. */
export function mustMatch(a: ArrayLike<number>, b: ArrayLike<number>): void {
  if (a.length !== b.length)
    throw new RangeError(`Both densities must have the same bins, had ${a.length} and ${b.length}`);
}
