export type { Measure, UnixMs, DurationMs, Price, PriceTicks, ContractSize, Usd, Fraction, LatticeRow } from './model/units.js';
export { MS_PER_SECOND, MS_PER_MINUTE, MS_PER_HOUR, assertNever } from './model/units.js';
export { VENUE_IDS, isVenueId } from './model/venue.js';
export type { VenueId } from './model/venue.js';
export { venueOf, priceOfTicks, notionalUsd } from './model/instrument.js';
export type { Instrument, InstrumentId, ContractKind } from './model/instrument.js';
export type {
  TakerSide,
  PositionSide,
  Channel,
  ChannelState,
  Trade,
  Bar,
  Mark,
  MarkBar,
  Index,
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
export type { MarginBracket, BracketTable } from './model/margin-bracket.js';
export type { DepthLevels, DepthView } from './model/depth-view.js';
export type { Parsed, Fault } from './model/parsed.js';
export { parsed, malformed } from './model/parsed.js';
export {
  WINDOW_ROWS,
  TILE_COLUMNS,
  CELL_BYTES,
  SPREAD_UNKNOWN,
  INPUT_BIT,
} from './model/heatmap-frame.js';
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
  FrameFacts,
  HeatmapFrame,
} from './model/heatmap-frame.js';
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
export type { CancelSignal, SourceRequest, FrameSink, VenueSplit, HeatmapSource } from './model/heatmap-source.js';
export { FrameStore, columnOfTile } from './model/frame-store.js';
export type { FrameChange } from './model/frame-store.js';
export { ROW_RATIO, LOG_ROW, latticePosition, rowOfPrice, priceAtPosition } from './grid/price-lattice.js';
export { valueOfCode, codeOfValue, ageOfCode, codeOfAge, spreadOfCode, codeOfSpread, scaleFor } from './grid/cell-codes.js';
