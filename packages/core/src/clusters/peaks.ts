/** Weights of a row and its neighbors, sixteenths: half its height is 0.24 % wide, all of it 0.5 %. */
const KERNEL_SUM = 16;

/**
 * Spreads each of the values first, first + step, ... (`count` of them, step 1 or -1) over five, 1 4 6 4 1; nothing lies outside.
 * Reads in either direction, because copying and turning costs as much as smoothing.
 */
export function smooth(values: Float64Array, first = 0, count = values.length, step = 1): Float64Array {
  const smoothed = new Float64Array(count);
  let a = 0;
  let b = 0;
  let c = count > 0 ? values[first]! : 0;
  let d = count > 1 ? values[first + step]! : 0;
  for (let i = 0; i < count; i++) {
    const e = i + 2 < count ? values[first + (i + 2) * step]! : 0;
    smoothed[i] = (a + e + 4 * (b + d) + 6 * c) / KERNEL_SUM;
    a = b;
    b = c;
    c = d;
    d = e;
  }
  return smoothed;
}

/** A local maximum and how far it rises above its surroundings. */
export interface Peak {
  readonly at: number;
  readonly height: number;
  /** Height over the higher of the two lowest points that one must pass on the way to higher ground, or within reach. */
  readonly rise: number;
}

/**
 * Local maxima that rise by more than `least` deviations, in order. A plateau counts as its first entry, and of two equal
 * heights the first is the higher one, so that no tie is left open.
 */
export function findPeaks(heights: Float64Array, deviations: Float64Array, least: number, reach: number): Peak[] {
  const peaks: Peak[] = [];
  const count = heights.length;
  let before = 0;
  for (let i = 0; i < count; i++) {
    const height = heights[i]!;
    const isRising = height > before;
    before = height;
    if (!isRising || (i + 1 < count && heights[i + 1]! > height)) continue;
    const leastRise = least * deviations[i]!;
    if (!(height > leastRise) || !fallsAfter(heights, i)) continue;
    const rise = height - Math.max(lowestBefore(heights, i, reach), lowestAfter(heights, i, reach));
    if (rise > leastRise) peaks.push({ at: i, height, rise });
  }
  return peaks;
}

/** The next different height is a lower one; nothing lies behind the end. */
function fallsAfter(heights: Float64Array, at: number): boolean {
  const height = heights[at]!;
  let i = at + 1;
  while (i < heights.length && heights[i]! === height) i++;
  return i === heights.length || heights[i]! < height;
}

function lowestBefore(heights: Float64Array, at: number, reach: number): number {
  const height = heights[at]!;
  const end = Math.max(0, at - reach);
  let lowest = height;
  for (let i = at - 1; i >= end; i--) {
    const other = heights[i]!;
    if (other >= height) return lowest;
    if (other < lowest) lowest = other;
  }
  return at - reach < 0 ? 0 : lowest;
}

function lowestAfter(heights: Float64Array, at: number, reach: number): number {
  const height = heights[at]!;
  const end = Math.min(heights.length - 1, at + reach);
  let lowest = height;
  for (let i = at + 1; i <= end; i++) {
    const other = heights[i]!;
    if (other > height) return lowest;
    if (other < lowest) lowest = other;
  }
  return at + reach >= heights.length ? 0 : lowest;
}
