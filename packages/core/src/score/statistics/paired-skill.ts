import { SeededRandom } from '../../numeric/seeded-random.js';
import type { Better } from '../metrics/snapshot-score.js';

/** Resamples of the bootstrap; its limits then move by about a hundredth of the spread between seeds of its random numbers. */
const RESAMPLES = 2_000;
/** Up to this many pairs every pattern of signs is counted; beyond it they are drawn. */
const MAX_EXACT_PAIRS = 14;

/** What a comparison over the same markets says. */
export interface PairedComparison {
  /** Pairs in which both values are known. */
  readonly n: number;
  readonly mean: number;
  /** Standard deviation between markets (n - 1); NaN for one. */
  readonly sd: number;
  /** Markets on which the model was better. */
  readonly wins: number;
  /** Bootstrap interval of the mean, 95 %. */
  readonly low: number;
  readonly high: number;
  /** Chance of a mean at least as far from 0 if the model and the reference were interchangeable (sign flips, two-sided). */
  readonly p: number;
}

/**
 * How much better a model is than a reference, market by market: 1 - value / reference where lower is better (0.2 = a fifth of
 * the error gone), value - reference where higher is better, |reference| - |value| where 0 is right.
 */
export function gains(model: readonly number[], reference: readonly number[], better: Better): readonly number[] {
  if (model.length !== reference.length) {
    throw new RangeError(`Pairs must be complete, had ${model.length} and ${reference.length} values`);
  }
  return model.map((value, i) => gainOf(value, reference[i]!, better)).filter(Number.isFinite);
}

function gainOf(value: number, reference: number, better: Better): number {
  if (better === 'lower') return value === reference ? 0 : 1 - value / reference;
  return better === 'higher' ? value - reference : Math.abs(reference) - Math.abs(value);
}

/** Compares a model with a reference over the same markets. The seed names the resampling, so that a report repeats. */
export function comparePaired(
  model: readonly number[],
  reference: readonly number[],
  better: Better,
  seed = 1,
): PairedComparison {
  const values = gains(model, reference, better);
  const [low, high] = bootstrapInterval(values, seed);
  return {
    n: values.length,
    mean: meanOf(values),
    sd: deviationOf(values),
    wins: values.filter((value) => value > 0).length,
    low,
    high,
    p: signFlipP(values, seed),
  };
}

/** Mean; NaN for no values. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard deviation of a sample (n - 1); NaN below two values. */
export function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1 || Number.NaN));
}

/** 2.5 % and 97.5 % of the means of resampled values (percentile bootstrap); NaN for no values. */
export function bootstrapInterval(values: readonly number[], seed: number): readonly [low: number, high: number] {
  if (values.length === 0) return [Number.NaN, Number.NaN];
  const random = new SeededRandom(seed);
  const means = Float64Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[random.integer(values.length)]!;
    return sum / values.length;
  }).sort();
  const at = (share: number) => means[Math.min(RESAMPLES - 1, Math.floor(share * RESAMPLES))]!;
  return [at(0.025), at(0.975)];
}

/**
 * Two-sided p of a mean of 0: the share of sign patterns that give a mean at least as far from 0. All patterns up to 14 values,
 * drawn ones (with the observed pattern counted in) beyond. NaN for no values.
 */
export function signFlipP(values: readonly number[], seed: number): number {
  if (values.length === 0) return Number.NaN;
  const observed = Math.abs(values.reduce((sum, value) => sum + value, 0));
  const slack = 1e-12 * values.reduce((sum, value) => sum + Math.abs(value), 0);
  const isExact = values.length <= MAX_EXACT_PAIRS;
  const patterns = isExact ? 2 ** values.length : RESAMPLES;
  const random = new SeededRandom(seed);
  let extreme = 0;
  for (let pattern = 0; pattern < patterns; pattern++) {
    let sum = 0;
    for (let i = 0; i < values.length; i++) {
      const isFlipped = isExact ? ((pattern >> i) & 1) === 1 : random.uint32() < 2 ** 31;
      sum += isFlipped ? -values[i]! : values[i]!;
    }
    if (Math.abs(sum) >= observed - slack) extreme++;
  }
  return isExact ? extreme / patterns : (extreme + 1) / (patterns + 1);
}
