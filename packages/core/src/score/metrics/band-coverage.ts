import { mustMatch } from '../score-bins.js';

/** How many bins with true mass there were and in how many of them it lay within the band. */
export interface BandCount {
  readonly bins: number;
  readonly covered: number;
}

/** Counts the bins of [from, to) with true mass whose truth lies within low..high. A band of P10..P90 should cover 80 %. */
export function countCovered(
  band: { readonly low: Float64Array; readonly high: Float64Array },
  truth: Float64Array,
  from = 0,
  to = truth.length,
): BandCount {
  mustMatch(band.low, truth);
  let bins = 0;
  let covered = 0;
  for (let i = from; i < to; i++) {
    if (!(truth[i]! > 0)) continue;
    bins++;
    if (truth[i]! >= band.low[i]! && truth[i]! <= band.high[i]!) covered++;
  }
  return { bins, covered };
}

/** Sum of counts. */
export function addCounts(counts: readonly BandCount[]): BandCount {
  return counts.reduce((a, b) => ({ bins: a.bins + b.bins, covered: a.covered + b.covered }), { bins: 0, covered: 0 });
}

/** Share of the bins that is covered; NaN without bins. */
export function coverageOf({ bins, covered }: BandCount): number {
  return covered / bins;
}
