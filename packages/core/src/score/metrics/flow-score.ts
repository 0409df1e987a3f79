import { gammaCdf } from './gamma-distribution.js';

/** One side of one window: what the map held on the way the price took, and what really was closed by force. USD. */
export interface FlowWindow {
  readonly predicted: number;
  readonly realized: number;
  /** Way of the price into that side as a fraction, summed over the steps of the window. */
  readonly range: number;
  readonly openInterestUsd: number;
}

/** How well the flow of forced orders was told; NaN where no window can tell. */
export interface FlowScore {
  readonly windows: number;
  /** Median of predicted / realized over windows with both. */
  readonly ratioMedian: number;
  /** Mean of |log(1 + predicted) - log(1 + realized)| / log(1 + realized) over windows with realized liquidations. */
  readonly logError: number;
  /** 1 - deviance / deviance of "a constant share of range x open interest"; above 0 = better than knowing only how far price went. */
  readonly devianceSkill: number;
  /** Largest distance between the distribution of PIT values and the even one (Kolmogorov): 0 = calibrated. */
  readonly pitDistance: number;
}

/** A prediction below this share of the mean realized flow counts as this, so that one empty prediction cannot cost without bound. */
const LEAST_SHARE = 0.01;

/** Scores the windows in which price moved into the side. */
export function scoreFlow(all: readonly FlowWindow[]): FlowScore {
  const windows = all.filter(({ range }) => range > 0);
  const realized = sumBy(windows, (one) => one.realized);
  const withBoth = windows.filter((one) => one.predicted > 0 && one.realized > 0);
  const withRealized = windows.filter((one) => one.realized > 0);
  const floor = (LEAST_SHARE * realized) / windows.length;
  const share = realized / sumBy(windows, (one) => one.range * one.openInterestUsd);
  const own = windows.map((one) => Math.max(one.predicted, floor));
  const reference = windows.map((one) => Math.max(share * one.range * one.openInterestUsd, floor));
  const deviances = [own, reference].map((means) => poissonDeviance(windows, means));
  return {
    windows: windows.length,
    ratioMedian: medianOf(withBoth.map((one) => one.predicted / one.realized)),
    logError: sumBy(withRealized, logErrorOf) / withRealized.length,
    devianceSkill: realized > 0 ? 1 - deviances[0]! / deviances[1]! : Number.NaN,
    pitDistance: realized > 0 ? evenDistance(pitValues(windows, own)) : Number.NaN,
  };
}

/** Poisson deviance, 2 x sum of y log(y / mean) - (y - mean); a constant dispersion would cancel in the skill. */
function poissonDeviance(windows: readonly FlowWindow[], means: readonly number[]): number {
  return 2 * sumBy(windows, ({ realized: y }, i) => (y > 0 ? y * Math.log(y / means[i]!) : 0) - (y - means[i]!));
}

/**
 * Probability integral transform: where each realized flow lies in a Gamma distribution with the predicted mean and the
 * dispersion (variance over mean) that the windows themselves have.
 */
function pitValues(windows: readonly FlowWindow[], means: readonly number[]): readonly number[] {
  const dispersion = sumBy(windows, ({ realized }, i) => (realized - means[i]!) ** 2 / means[i]!) / windows.length;
  if (!(dispersion > 0)) return windows.map(() => 0.5);
  return windows.map(({ realized }, i) => gammaCdf(means[i]! / dispersion, realized / dispersion));
}

/** Kolmogorov's distance between values in 0..1 and the even distribution. */
export function evenDistance(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.reduce(
    (most, value, i) => Math.max(most, value - i / sorted.length, (i + 1) / sorted.length - value),
    0,
  );
}

/** Middle value; the mean of the two middle ones for an even count; NaN for none. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return Number.NaN;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}

function logErrorOf({ predicted, realized }: FlowWindow): number {
  return Math.abs(Math.log1p(predicted) - Math.log1p(realized)) / Math.log1p(realized);
}

function sumBy(windows: readonly FlowWindow[], value: (one: FlowWindow, i: number) => number): number {
  return windows.reduce((sum, one, i) => sum + value(one, i), 0);
}
