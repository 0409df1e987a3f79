export type {
  Measure,
  UnixMs,
  DurationMs,
  Price,
  PriceTicks,
  ContractSize,
  Usd,
  Fraction,
  LatticeRow,
} from './model/units.js';
export { MS_PER_SECOND, MS_PER_MINUTE, MS_PER_HOUR, assertNever } from './model/units.js';
export { VENUE_IDS, isVenueId } from './model/venue.js';
export type { VenueId } from './model/venue.js';
export { venueOf, priceOfTicks, notionalUsd } from './model/instrument.js';
export type { Instrument, InstrumentId, ContractKind } from './model/instrument.js';
export type {
  TakerSide,
  PositionSide,
  Channel,
  ChannelOffer,
  ChannelState,
  Evidence,
  Trade,
  Bar,
  Mark,
  MarkBar,
  Index,
  Spot,
  OpenInterest,
  Funding,
  LongShortRatio,
  Liquidation,
  BookSnapshot,
  BookDelta,
  InstrumentListed,
  BracketsPublished,
  Gap,
  Resumed,
  StatusChange,
  Tick,
  MarketEvent,
  InstrumentEvent,
} from './model/market-event.js';
export type { MarginBracket, BracketTable, TableAge } from './model/margin-bracket.js';
export type { DepthLevels, DepthView } from './model/depth-view.js';
export type { Parsed, Fault } from './model/parsed.js';
export { parsed, malformed } from './model/parsed.js';
export { WINDOW_ROWS, TILE_COLUMNS, CELL_BYTES, SPREAD_UNKNOWN, INPUT_BIT } from './model/heatmap-frame.js';
export type {
  ColumnHead,
  CodeScale,
  Column,
  Tile,
  BandVectors,
  FireVectors,
  PartVectors,
  DistanceClass,
  SideTotals,
  InstrumentTotals,
  NowView,
  ObservedPrint,
  ChannelCoverage,
  InstrumentMarginTable,
  FrameFacts,
  HeatmapFrame,
} from './model/heatmap-frame.js';
export type {
  UsdRange,
  Share,
  ClusterLedger,
  Cluster,
  ClusterChangeKind,
  ClusterChange,
  ClusterOutcome,
} from './model/cluster.js';
export { IDLE_CASCADE } from './model/cascade.js';
export type { CascadePhase, CascadeState, CascadeReading, Quantiles } from './model/cascade.js';
export type {
  SetupKind,
  Verdict,
  NumberConditionName,
  ConditionUnit,
  NumberCondition,
  BookHealth,
  StateCondition,
  Condition,
  OutcomeSource,
  OutcomeRate,
  MagnetLift,
  TouchRates,
  RetracementRates,
  CascadeOutcome,
  PriceBand,
  MagnetSetup,
  FadeSetup,
  ConfluenceSetup,
  Setup,
} from './model/setup.js';
export type {
  AlertKind,
  AlertPhase,
  ClusterChangeRule,
  GrowRule,
  ApproachRule,
  SetupRule,
  CascadeRule,
  StaleRule,
  AlertRule,
  AlertDeepLink,
  Alert,
} from './model/alert.js';
export type {
  SourceState,
  SourceOrigin,
  SnapshotMessage,
  ColumnMessage,
  PlaneDelta,
  ColumnDeltaMessage,
  NowMessage,
  FactsMessage,
  VenueStatus,
  SourceStatus,
  StatusMessage,
  FrameMessage,
} from './model/frame-message.js';
export type {
  CancelSignal,
  DataRate,
  SourceRequest,
  FrameSink,
  VenueSplit,
  HeatmapSource,
} from './model/heatmap-source.js';
export { FrameStore } from './model/frame-store.js';
export { columnOfTile } from './model/tile-cells.js';
export type { FrameChange } from './model/frame-store.js';
export { ROW_RATIO, LOG_ROW, latticePosition, rowOfPrice, priceAtPosition } from './grid/price-lattice.js';
export {
  valueOfCode,
  codeOfValue,
  ageOfCode,
  codeOfAge,
  spreadOfCode,
  codeOfSpread,
  scaleFor,
} from './grid/cell-codes.js';
export { OrderBook } from './book/order-book.js';
export { evaluateSetups } from './setups/evaluate-setups.js';
export { NO_EVIDENCE } from './setups/setup-input.js';
export type {
  RestingMatch,
  ClusterReadings,
  CascadeReadings,
  SetupEvidence,
  SetupInput,
} from './setups/setup-input.js';
export { SETUP_DEFAULTS } from './setups/setup-parameters.js';
export type { SetupParameters } from './setups/setup-parameters.js';
export { distanceTo } from './setups/cluster-reach.js';
export type { RowExposure } from './setups/cluster-reach.js';
export { SameHourMedian, PATH_DISTANCES } from './setups/same-hour-median.js';
export type { SameHourMedianState } from './setups/same-hour-median.js';
export { FlowZScore } from './setups/flow-z-score.js';
export type { FlowWindow, FlowZScoreState } from './setups/flow-z-score.js';
export { RestingLevels } from './setups/resting-levels.js';
export type { BandInTicks, LevelNear, RestingLevel, RestingLevelsState } from './setups/resting-levels.js';
export { restingMatch } from './setups/resting-match.js';
export { rateOf, wilsonInterval, MIN_CASES } from './setups/outcome-rate.js';
export { touchRates, TOUCH_HORIZONS_MS } from './setups/touch-rates.js';
export { retracementRates } from './setups/retracement.js';
export { magnetCases, magnetLift, MAGNET_HORIZONS_MS } from './setups/magnet-lift.js';
export type { MagnetCase, PlacedCluster } from './setups/magnet-lift.js';
export { isLiftShown } from './setups/magnet.js';
export type { PricePath } from './setups/price-path.js';
export { checkAlertRules } from './alerts/check-alert-rules.js';
export { alertRulesSchema } from './alerts/alert-rule-schema.js';
export { AlertEvaluator } from './alerts/alert-evaluator.js';
export type { AlertEvaluatorState } from './alerts/alert-evaluator.js';
export type { AlertFreshness, AlertInput } from './alerts/alert-input.js';
export { walkBook, slippageOf } from './cascade/walk-book.js';
export type { BookFill, BookWalk, Slippage } from './cascade/walk-book.js';
export { forcedTakerSide, priceDirection } from './cascade/forced-taker.js';
export { depthProfile, depthEnd, notionalTo, priceAfter, notionalWithin } from './cascade/depth-profile.js';
export type { DepthProfile, DepthReading, DepthEnd } from './cascade/depth-profile.js';
export { pathDepth, pathThinness, asymmetry, absorbRatio } from './cascade/path-measures.js';
export type { ClusterBand, PathDepth, PathRatio, AbsorbRatio } from './cascade/path-measures.js';
export { liquidationRule } from './cascade/liquidation-rules.js';
export type { LiquidationRule, Execution, Backstop } from './cascade/liquidation-rules.js';
export { forcedOrders } from './cascade/forced-orders.js';
export type { LiquidatedPosition, ForcedOrder, ForcedOrders } from './cascade/forced-orders.js';
export { simulateCascade } from './cascade/simulate-cascade.js';
export type { CascadeSetup, CascadeTrigger, CascadePaths, CascadeSimulation } from './cascade/simulate-cascade.js';
export type { FuelRow } from './cascade/cascade-fuel.js';
export { CascadeGauge } from './cascade/cascade-gauge.js';
export type { GaugeState } from './cascade/cascade-gauge.js';
export { GAUGE_DEFAULTS } from './cascade/gauge-options.js';
export type { GaugeOptions, GaugeInput, ClusterAhead } from './cascade/gauge-options.js';
export type { CascadeTransition, TransitionReason, GaugePhase, Run } from './cascade/gauge-phase.js';
export type { ClusterRows, ClusterDetail, ClusterMoment } from './clusters/cluster-rows.js';
export { DEFAULT_LIMITS, resolveLimits } from './clusters/cluster-limits.js';
export type { ClusterLimits } from './clusters/cluster-limits.js';
export { findClusters, findBothSides } from './clusters/find-clusters.js';
export type { ClusterSearch, FoundCluster } from './clusters/find-clusters.js';
export type { RowBand } from './clusters/row-band.js';
export { ClusterTracker } from './clusters/track-clusters.js';
export type { ClusterTrackerOptions, ClusterTrackerState, ClusterUpdate } from './clusters/track-clusters.js';
export { consumedShare, correctedPrints } from './clusters/consumed-share.js';
export type { ConsumptionEvidence } from './clusters/consumed-share.js';
export { ClusterArchive } from './clusters/cluster-archive.js';
export type { ClusterArchiveState, OutcomeFilter } from './clusters/cluster-archive.js';
export { MOVE_TIMES_MS } from './clusters/moves-after-touch.js';
export { resolveCluster } from './clusters/resolve-cluster.js';
export type { ClusterLink, LinkedCluster } from './clusters/resolve-cluster.js';
export { diffClusters } from './clusters/diff-clusters.js';
export type { ClusterDiff, GoneCluster, OutcomeFinder } from './clusters/diff-clusters.js';
export { nearestClusters, distanceFrom } from './clusters/nearest-clusters.js';
export type { ClusterAtDistance, NearestClusters } from './clusters/nearest-clusters.js';
export { selectClusters } from './clusters/select-clusters.js';
export type { ClusterSelection, SelectedClusters } from './clusters/select-clusters.js';
export { createEngine } from './engine/create-engine.js';
export type { Engine } from './engine/engine.js';
export type { EngineOptions, ResolvedOptions } from './engine/engine-options.js';
export { restoreEngine } from './engine/restore-engine.js';
export { runEngine } from './engine/run-engine.js';
export type { EngineObserver } from './engine/run-engine.js';
export type { Density, DensityQuery } from './engine/density-query.js';
export { DISTANCE_CLASSES, PRIOR, PRIOR_OUT_OF_REACH } from './cohorts/distance-classes.js';
export { EXIT_LAW } from './cohorts/exits.js';
export { MEASURED_DISTANCES, MEASURED_EXITS } from './cohorts/measured-priors.js';
export type { MeasuredOn, MeasuredDistances, MeasuredExits } from './cohorts/measured-priors.js';
export { createFrameStream } from './codec/frame-stream.js';
export type { FrameStream, FrameStreamOptions } from './codec/frame-stream.js';
export { bracketFor, maintenanceMargin, nextDeduction, checkBrackets } from './margin/brackets.js';
export { KRAKEN_BRACKETS, PUBLISHED_BRACKETS, bracketsOn } from './margin/bracket-tables.js';
export type { DatedBrackets } from './margin/bracket-tables.js';
export { MarginInputError } from './margin/margin-input.js';
export { isolatedMargin, notionalAt, equityAt, requirementAt } from './margin/margin-position.js';
export type { MarginPosition, MarginRequirement } from './margin/margin-position.js';
export { liquidationPrice, liquidationPriceInBrackets } from './margin/liquidation-price.js';
export type {
  LiquidationPrice,
  BracketedLiquidationPrice,
  WithoutLiquidationPrice,
} from './margin/liquidation-price.js';
export { bankruptcyPrice } from './margin/bankruptcy-price.js';
export {
  entryValueLiquidationPrice,
  inverseLiquidationPriceOf2026,
  legacyCrossPrices,
} from './margin/entry-value-price.js';
export type { EntryValuePosition, LegacyCrossPosition } from './margin/entry-value-price.js';
export { bitmexPrices } from './margin/bitmex-price.js';
export type { BitmexPosition } from './margin/bitmex-price.js';
export { deribitMaintenanceRate } from './margin/deribit-maintenance.js';
export { parseBracketTable, parseBracketTables } from './margin/parse-bracket-table.js';
export type { HostBracket, HostBracketTable } from './margin/parse-bracket-table.js';
export { ownSymbolOf } from './margin/own-symbols.js';
export type { PositionBacking, PositionQuery } from './margin/position-query.js';
export { OUTDATED_AFTER_DAYS, tableAge } from './margin/table-age.js';
export type { BasisOrigin, RequirementBasis, UnknownReason } from './margin/position-basis.js';
export type { PositionWarning } from './margin/position-warnings.js';
export { positionLiquidationPrice } from './margin/position-liquidation-price.js';
export type { PositionFacts, PositionLiquidation } from './margin/position-liquidation-price.js';
export { expectedLiquidationDistance } from './margin/expected-distance.js';
export type { ExpectedDistance, ExpectedDistanceQuery } from './margin/expected-distance.js';
export { roundAgainstTrader } from './margin/round-against-trader.js';
export { venueMarginRule } from './margin/venue-margin-rule.js';
export type { VenueMarginRule } from './margin/venue-margin-rule.js';
export { isolatedLiquidationPrice } from './margin/venue-liquidation-price.js';
export type { IsolatedPosition } from './margin/venue-liquidation-price.js';
export { encodeMessage } from './codec/encode-message.js';
export { decodeMessage } from './codec/decode-message.js';
export { CODEC_VERSION } from './codec/header.js';
export { deltaOfColumns } from './codec/column-delta.js';
export type { ColumnDelta } from './codec/column-delta.js';
export { packMessages, unpackMessages } from './codec/snapshot-file.js';
export { lowerBound, upperBound } from './numeric/binary-search.js';
export { RingBuffer } from './numeric/ring-buffer.js';
export { SeededRandom } from './numeric/seeded-random.js';
export type { RandomState } from './numeric/seeded-random.js';
