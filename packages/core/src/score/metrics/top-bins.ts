import { mustMatch, sumOf } from '../score-bins.js';

/** Values closer than this share of the largest are tied. */
const TIE_TOLERANCE = 1e-9;

/**
 * How surely each bin belongs to the k largest, 0..1. Bins that tie for the last places share them, so that an even density
 * scores what chance would, not what the order of its bins happens to give.
 */
export function topBins(bins: Float64Array, k: number): Float64Array {
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`k must be a whole number of at least 1, was ${k}`);
  const chosen = new Float64Array(bins.length);
  if (k >= bins.length) return chosen.fill(1);
  const sorted = bins.slice().sort().reverse();
  const tolerance = TIE_TOLERANCE * Math.abs(sorted[0]!);
  const limit = sorted[k - 1]!;
  const isAbove = (value: number) => value > limit + tolerance;
  const isTied = (value: number) => Math.abs(value - limit) <= tolerance;
  const above = bins.reduce((count, value) => count + (isAbove(value) ? 1 : 0), 0);
  const tied = bins.reduce((count, value) => count + (isTied(value) ? 1 : 0), 0);
  return chosen.map((_, i) => (isAbove(bins[i]!) ? 1 : isTied(bins[i]!) ? (k - above) / tied : 0));
}

/** hit@k: share of the k brightest bins that lie within one bin of one of the k truly largest; NaN where the truth is empty. */
export function hitAtTop(estimate: Float64Array, truth: Float64Array, k: number): number {
  mustMatch(estimate, truth);
  if (!(sumOf(truth) > 0)) return Number.NaN;
  const real = topBins(truth, k).map((share, i) => (share > 0.5 && truth[i]! > 0 ? 1 : 0));
  const chosen = topBins(estimate, k);
  const isHit = (i: number) => real[i] === 1 || real[i - 1] === 1 || real[i + 1] === 1;
  return chosen.reduce((sum, share, i) => sum + (isHit(i) ? share : 0), 0) / Math.min(k, truth.length);
}

/** Top-k capture: true mass in the k brightest bins over the mass of the k truly largest; NaN where the truth is empty. */
export function captureAtTop(estimate: Float64Array, truth: Float64Array, k: number): number {
  mustMatch(estimate, truth);
  const best = topBins(truth, k).reduce((sum, share, i) => sum + share * truth[i]!, 0);
  if (!(best > 0)) return Number.NaN;
  return topBins(estimate, k).reduce((sum, share, i) => sum + share * truth[i]!, 0) / best;
}
