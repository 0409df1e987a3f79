export {
  SCORE_HALF_WIDTH,
  NEAR_HALF_WIDTH,
  SCORE_BIN_COUNT,
  scoreEdges,
  middlePercents,
  binsWithin,
  bothSides,
  sumOf,
} from './score/score-bins.js';
export type { SideBins } from './score/score-bins.js';
export { engineModel, mirroredModel, mirroredDensity, hasBand } from './score/score-model.js';
export type { ScoreModel, ModelDensity, EstimateLike } from './score/score-model.js';
export { BASELINES, isBaselineName } from './score/baselines/baselines.js';
export type { BaselineName } from './score/baselines/baselines.js';
export { pyLiquidationMapModel } from './score/baselines/py-liquidation-map.js';
export type { PyLiquidationMapOptions } from './score/baselines/py-liquidation-map.js';
export { earthMoverDistance, signedEarthMoverDistance, sideEarthMoverDistance } from './score/metrics/earth-mover.js';
export { smoothed, ranksOf, pearson, smoothedSpearman } from './score/metrics/correlation.js';
export { topBins, hitAtTop, captureAtTop } from './score/metrics/top-bins.js';
export { peaksOf, matchClusters } from './score/metrics/cluster-match.js';
export type { Peak, ClusterMatch } from './score/metrics/cluster-match.js';
export { overlap, logMassRatio, longShareError } from './score/metrics/mass.js';
export { countCovered, addCounts, coverageOf } from './score/metrics/band-coverage.js';
export type { BandCount } from './score/metrics/band-coverage.js';
export { SNAPSHOT_METRICS, scoreSnapshot } from './score/metrics/snapshot-score.js';
export type { Better, SnapshotMetric, SnapshotScore } from './score/metrics/snapshot-score.js';
export { logGamma, gammaCdf } from './score/metrics/gamma-distribution.js';
export { scoreFlow, evenDistance, medianOf } from './score/metrics/flow-score.js';
export type { FlowWindow, FlowScore } from './score/metrics/flow-score.js';
export {
  gains,
  comparePaired,
  meanOf,
  deviationOf,
  bootstrapInterval,
  signFlipP,
} from './score/statistics/paired-skill.js';
export type { PairedComparison } from './score/statistics/paired-skill.js';
export { holmAdjusted } from './score/statistics/holm.js';
export { bestBaseline, compareWorlds } from './score/statistics/compare-worlds.js';
export type { MarketValues, WorldComparison, WorldsComparison } from './score/statistics/compare-worlds.js';
export { printRank, summarizeRanks } from './score/prints/print-rank.js';
export type { LocatedPrint, SweptBand, DatedRank, RankSummary } from './score/prints/print-rank.js';
export { LEAST_CASES, shownRate, notMeasured } from './score/prints/shown-rate.js';
export { noisyOpenInterest, droppedPrints, shiftedMark, perturbedModel } from './score/robustness/perturb-events.js';
export type { EventTransform } from './score/robustness/perturb-events.js';
export { clusterShift } from './score/robustness/cluster-shift.js';
export { PrintWalk } from './score/prints/print-walk.js';
export type { PrintWalkSummary } from './score/prints/print-walk.js';
