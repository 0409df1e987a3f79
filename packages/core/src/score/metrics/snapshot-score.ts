import { binsWithin, bothSides, NEAR_HALF_WIDTH, SCORE_HALF_WIDTH, scoreEdges, type SideBins } from '../score-bins.js';
import { hasBand, type ModelDensity } from '../score-model.js';
import { countCovered, type BandCount } from './band-coverage.js';
import { matchClusters } from './cluster-match.js';
import { pearson, smoothedSpearman } from './correlation.js';
import { sideEarthMoverDistance, signedEarthMoverDistance } from './earth-mover.js';
import { logMassRatio, longShareError, overlap } from './mass.js';
import { captureAtTop, hitAtTop } from './top-bins.js';

/** Brightest bins that are compared. */
const TOP = 10;
/** Peaks may lie this many percent of the price apart and still be the same. */
const CLUSTER_REACH_PERCENT = 0.5;

/** Whether a lower or a higher value is better; `zero`: closer to 0. */
export type Better = 'lower' | 'higher' | 'zero';

/** What is measured of one snapshot, and which way is better. */
export const SNAPSHOT_METRICS = {
  emd: 'lower',
  emdSide: 'lower',
  emdNear: 'lower',
  spearman: 'higher',
  spearmanNear: 'higher',
  pearsonNear: 'higher',
  hit: 'higher',
  capture: 'higher',
  clusterPrecision: 'higher',
  clusterRecall: 'higher',
  overlap: 'higher',
  logMass: 'zero',
  longShareError: 'lower',
} as const satisfies Readonly<Record<string, Better>>;

/** A name of `SNAPSHOT_METRICS`. */
export type SnapshotMetric = keyof typeof SNAPSHOT_METRICS;

/** One snapshot's values, NaN where a value is not defined, and the band's counts where the model gives one. */
export interface SnapshotScore {
  readonly metrics: Readonly<Record<SnapshotMetric, number>>;
  readonly near: BandCount | undefined;
  readonly far: BandCount | undefined;
}

/** Compares a model with the truth on the bins of `scoreEdges(price)`. */
export function scoreSnapshot(estimate: ModelDensity, truth: SideBins, price: number): SnapshotScore {
  const edges = scoreEdges(price);
  const [from, to] = binsWithin(edges, price, NEAR_HALF_WIDTH);
  const binWidth = (200 * SCORE_HALF_WIDTH) / truth.long.length;
  const [own, real] = [bothSides(estimate), bothSides(truth)];
  const near = (sides: SideBins): SideBins => ({
    long: sides.long.slice(from, to),
    short: sides.short.slice(from, to),
  });
  const [ownNear, realNear] = [own.slice(from, to), real.slice(from, to)];
  const clusters = matchClusters(own, real, CLUSTER_REACH_PERCENT / binWidth);
  const band = hasBand(estimate) ? estimate : undefined;
  const count = (start: number, end: number) =>
    band === undefined ? { bins: 0, covered: 0 } : countCovered(band, real, start, end);
  const outer = [count(0, from), count(to, real.length)] as const;
  return {
    metrics: {
      emd: signedEarthMoverDistance(estimate, truth, binWidth),
      emdSide: sideEarthMoverDistance(estimate, truth, binWidth),
      emdNear: signedEarthMoverDistance(near(estimate), near(truth), binWidth),
      spearman: smoothedSpearman(own, real),
      spearmanNear: smoothedSpearman(ownNear, realNear),
      pearsonNear: pearson(ownNear, realNear),
      hit: hitAtTop(own, real, TOP),
      capture: captureAtTop(own, real, TOP),
      clusterPrecision: clusters.precision,
      clusterRecall: clusters.recall,
      overlap: overlap(own, real),
      logMass: logMassRatio(own, real),
      longShareError: longShareError(estimate, truth),
    },
    near: band === undefined ? undefined : count(from, to),
    far:
      band === undefined
        ? undefined
        : { bins: outer[0].bins + outer[1].bins, covered: outer[0].covered + outer[1].covered },
  };
}
