export { createMarket } from './create-market.js';
export type { SimulatedMarket } from './create-market.js';
export { createScoreMarket, checkScoreMarketOptions } from './create-score-market.js';
export type { ScoreMarket, ScoreMarketOptions } from './create-score-market.js';
export { SCORE_WORLDS } from './worlds/score-worlds.js';
export type { ScoreWorld } from './worlds/score-world.js';
export { simulatedEvents } from './simulated-events.js';
export type { SimulatedSpan } from './simulated-events.js';
export { BAR_MS, DEFAULT_VENUES, LIQUIDATION_FEEDS, checkMarketOptions } from './market-options.js';
export type { MarketOptions, VenueOptions, HistoryOptions, LiquidationFeed } from './market-options.js';
export { trueDensity } from './true-density.js';
export type { DensityQuery } from './true-density.js';
export type { MarketTruth, VenueTruth, TruePosition, TruePiece, TrueForcedClose } from './truth.js';
export type { PerSide, Turnover } from './ledger.js';
export type { MarginMode } from './positions.js';
export { ASSETS, assetOf } from './assets.js';
export type { Asset } from './assets.js';
export { WORLD_NAMES, worldNameOf } from './worlds/draw-world.js';
export type { WorldName } from './worlds/draw-world.js';
export type {
  World,
  CrowdStyle,
  LeverageTier,
  Shock,
  TopUps,
  PartialLiquidation,
  OpenInterestReport,
} from './worlds/world.js';
