import {
  bracketFor,
  priceOfTicks,
  type BracketTable,
  type PositionSide,
  type PriceTicks,
} from '@liquidation-heatmap/core';
import { oppositeOf } from '../ledger.js';
import { liquidationPriceOf } from '../liquidation-price-of.js';
import type { NewPosition } from '../positions.js';
import type { MarketRandom } from '../random.js';
import type { World } from '../worlds/world.js';
import type { CrowdMood } from './crowd.js';
import type { ExitLaw } from './exit-law.js';
import { callPriceOf } from './top-up.js';

/** Where the tail of sizes starts, in multiples of the body's median, and how wide the body is. Invented. */
const TAIL_START = 5;
const BODY_SPREAD = 1.1;
const MAX_TAIL_FACTOR = 400;
/** Share of a burst's members who take its leverage. */
const BURST_SAME_LEVERAGE = 0.6;
/** Stops lie between the entry and this share of the way to the liquidation price. */
const STOP_REACH = 0.85;
/** Medians and spread of stop and take-profit distances, in daily standard deviations. Invented. */
const STOP_MEDIAN = 0.8;
const TAKE_PROFIT_MEDIAN = 0.9;
const DISTANCE_SPREAD = 0.7;

/** What an entrant meets. */
export interface EntrySetting {
  readonly world: World;
  readonly table: BracketTable;
  readonly exitLaw: ExitLaw;
  /** Leverage and weight of the world's round tiers. */
  readonly tierLeverages: readonly number[];
  readonly tierWeights: readonly number[];
  readonly tickSize: number;
  readonly stepsPerUnit: number;
  readonly dailyVolatility: number;
  /** Mean notional of an entrant in USD. */
  readonly meanNotional: number;
  /** Venue's open interest in size steps, now. */
  openInterest: number;
}

/** Draws one entrant's position at an entry price; NaN prices mean there is none. */
export function drawEntrant(
  random: MarketRandom,
  setting: EntrySetting,
  mood: CrowdMood,
  entry: { readonly price: number; readonly time: number },
): NewPosition {
  const { world, table, tickSize, stepsPerUnit } = setting;
  const side: PositionSide = random.chance(mood.longChance) ? 'long' : 'short';
  const sign = side === 'long' ? 1 : -1;
  const entryPrice = priceOfTicks(Math.max(1, Math.round(entry.price / tickSize)) as PriceTicks, tickSize);
  const size = drawSize(random, setting, entryPrice);
  const units = size / stepsPerUnit;
  const leverage = Math.min(drawLeverage(random, setting, mood), bracketFor(table, units * entryPrice).maxLeverage);
  const marginMode = random.chance(world.isolatedShare) ? 'isolated' : 'cross';
  const extra = marginMode === 'cross' ? random.logNormal(world.extraMarginMedian, world.extraMarginSpread) : 0;
  const margin = ((units * entryPrice) / leverage) * (1 + extra);
  const liquidationPrice = liquidationPriceOf({ side, entryPrice, margin }, units, table);
  const reach = Number.isNaN(liquidationPrice) ? 0.5 : Math.abs(entryPrice - liquidationPrice) / entryPrice;
  const wish = setting.dailyVolatility * random.logNormal(STOP_MEDIAN, DISTANCE_SPREAD);
  const profit = setting.dailyVolatility * random.logNormal(TAKE_PROFIT_MEDIAN, DISTANCE_SPREAD);
  const hasStop = random.chance(world.stopShare);
  const hasTakeProfit = random.chance(world.takeProfitShare);
  const { topUps } = world;
  const position: NewPosition = {
    side,
    size,
    entryPrice,
    leverage,
    marginMode,
    margin,
    isNetted: false,
    liquidationPrice,
    callPrice: topUps === undefined ? Number.NaN : callPriceOf(entryPrice, liquidationPrice, topUps.reach),
    cutAt: -Infinity,
    openedAt: entry.time,
    stopPrice: hasStop ? entryPrice * (1 - sign * Math.min(wish, reach * random.between(0.3, STOP_REACH))) : Number.NaN,
    takeProfitPrice: hasTakeProfit ? entryPrice * Math.max(0.05, 1 + sign * profit) : Number.NaN,
    exitAt: entry.time + setting.exitLaw.drawRemaining(random, 0),
  };
  return world.nettedShare > 0 && random.chance(world.nettedShare) ? netted(position) : position;
}

/** One leg of an account whose long and short net: no price closes it by force, and its owner leaves both legs at one time. */
function netted(position: NewPosition): NewPosition {
  const none = Number.NaN;
  return {
    ...position,
    isNetted: true,
    liquidationPrice: none,
    callPrice: none,
    stopPrice: none,
    takeProfitPrice: none,
  };
}

/** The leg that nets another. */
export function otherLegOf(leg: NewPosition): NewPosition {
  return { ...leg, side: oppositeOf(leg.side) };
}

/** Whole size steps: a log-normal body and a Pareto tail around the mean notional. */
function drawSize(random: MarketRandom, setting: EntrySetting, price: number): number {
  const { sizeTail, tailShare, maxOrderShare } = setting.world;
  const factor = random.chance(tailShare)
    ? Math.min(MAX_TAIL_FACTOR, TAIL_START * random.pareto(sizeTail))
    : random.logNormal(1, BODY_SPREAD);
  const mean = tailShare * TAIL_START * (sizeTail / (sizeTail - 1)) + (1 - tailShare) * Math.exp(BODY_SPREAD ** 2 / 2);
  const wanted = ((setting.meanNotional * factor) / mean / price) * setting.stepsPerUnit;
  return Math.max(1, Math.round(Math.min(wanted, maxOrderShare * setting.openInterest)));
}

function drawLeverage(random: MarketRandom, setting: EntrySetting, mood: CrowdMood): number {
  const { world } = setting;
  if (mood.tier !== undefined && random.chance(BURST_SAME_LEVERAGE)) return mood.tier.leverage;
  if (random.chance(world.roundShare)) return setting.tierLeverages[random.index(setting.tierWeights)]!;
  return Math.max(1.1, random.logNormal(world.scatteredMedian, world.scatteredSpread));
}
