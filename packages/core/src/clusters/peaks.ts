/** Weights of a row and its neighbors, sixteenths: half its height is 0.24 % wide, all of it 0.5 %. */
const KERNEL_SUM = 16;

/** Spreads each row over five, 1 4 6 4 1; nothing lies outside. */
export function smooth(values: Float64Array): Float64Array {
  const smoothed = new Float64Array(values.length);
  const last = values.length - 1;
  let a = 0;
  let b = 0;
  let c = last >= 0 ? values[0]! : 0;
  let d = last >= 1 ? values[1]! : 0;
  for (let i = 0; i <= last; i++) {
    const e = i + 2 <= last ? values[i + 2]! : 0;
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
 * Local maxima whose rise is more than `leastRise[at]`, in order. A plateau counts as its first entry, and of two equal heights
 * the first is the higher one, so that no tie is left open.
 */
export function findPeaks(heights: Float64Array, leastRise: Float64Array, reach: number): Peak[] {
  const peaks: Peak[] = [];
  const count = heights.length;
  for (let i = 0; i < count; i++) {
    const height = heights[i]!;
    if (!(height > leastRise[i]!) || (i > 0 && heights[i - 1]! >= height) || !fallsAfter(heights, i)) continue;
    const rise = height - Math.max(lowestBefore(heights, i, reach), lowestAfter(heights, i, reach));
    if (rise > leastRise[i]!) peaks.push({ at: i, height, rise });
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
  let lowest = height;
  for (let i = at - 1; i >= at - reach; i--) {
    if (i < 0) return 0;
    if (heights[i]! >= height) break;
    lowest = Math.min(lowest, heights[i]!);
  }
  return lowest;
}

function lowestAfter(heights: Float64Array, at: number, reach: number): number {
  const height = heights[at]!;
  let lowest = height;
  for (let i = at + 1; i <= at + reach; i++) {
    if (i >= heights.length) return 0;
    if (heights[i]! > height) break;
    lowest = Math.min(lowest, heights[i]!);
  }
  return lowest;
}
