import { mustMatch } from '../score-bins.js';

/** Values closer than this share of the largest are tied: an even density must not be ranked by rounding errors. */
const TIE_TOLERANCE = 1e-9;

/** Bins averaged with their neighbors, weights 1 2 1 (chosen, not measured); the outermost lean on themselves. */
export function smoothed(bins: Float64Array): Float64Array {
  const last = bins.length - 1;
  return bins.map((value, i) => (bins[Math.max(0, i - 1)]! + 2 * value + bins[Math.min(last, i + 1)]!) / 4);
}

/** Ranks from 0, tied values share their mean rank. */
export function ranksOf(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const largest = Math.max(...order.map((i) => Math.abs(values[i]!)), 0);
  const ranks = new Float64Array(values.length);
  let from = 0;
  while (from < order.length) {
    let to = from + 1;
    while (to < order.length && values[order[to]!]! - values[order[to - 1]!]! <= TIE_TOLERANCE * largest) to++;
    for (let i = from; i < to; i++) ranks[order[i]!] = (from + to - 1) / 2;
    from = to;
  }
  return ranks;
}

/** Pearson's correlation; 0 where the first is constant (it tells nothing apart), NaN where the second is. */
export function pearson(estimate: ArrayLike<number>, truth: ArrayLike<number>): number {
  mustMatch(estimate, truth);
  const n = truth.length;
  const meanOf = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / n;
  const [estimateMean, truthMean] = [meanOf(estimate), meanOf(truth)];
  let [together, own, real] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const a = estimate[i]! - estimateMean;
    const b = truth[i]! - truthMean;
    together += a * b;
    own += a * a;
    real += b * b;
  }
  if (!isVarying(real, truthMean, n)) return Number.NaN;
  return isVarying(own, estimateMean, n) ? together / Math.sqrt(own * real) : 0;
}

/** Spearman's rank correlation of the smoothed bins. */
export function smoothedSpearman(estimate: Float64Array, truth: Float64Array): number {
  return pearson(ranksOf(smoothed(estimate)), ranksOf(smoothed(truth)));
}

function isVarying(squares: number, mean: number, n: number): boolean {
  return squares > n * (TIE_TOLERANCE * mean) ** 2 && squares > 0;
}
