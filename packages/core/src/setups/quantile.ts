/** Quantile of ascending values, linear between neighbors (type 7 of Hyndman and Fan, The American Statistician 50, 1996). */
export function quantileOf(ascending: ArrayLike<number>, quantile: number): number | undefined {
  if (ascending.length === 0) return undefined;
  const position = quantile * (ascending.length - 1);
  const below = Math.floor(position);
  const value = ascending[below]!;
  return below + 1 < ascending.length ? value + (position - below) * (ascending[below + 1]! - value) : value;
}

/** Median of values in any order; undefined without one. */
export function medianOf(values: Iterable<number>): number | undefined {
  return quantileOf(Float64Array.from(values).sort(), 0.5);
}
