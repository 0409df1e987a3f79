import { priceOrWithout, type LiquidationPrice } from './liquidation-price.js';
import type { PositionSide } from '../model/market-event.js';
import { sideSign } from './margin-position.js';
import { requireAtLeast, requireFinite, requirePositive, requireRate } from './margin-input.js';

/** Maintenance rate before the taker fee, per BitMEX support. */
const BASE_MAINTENANCE_RATE = 0.005;

/** An isolated inverse position on BitMEX. */
export interface BitmexPosition {
  readonly side: PositionSide;
  readonly entryPrice: number;
  readonly leverage: number;
  /** Taker fee as a fraction. */
  readonly takerFeeRate: number;
  /** Funding the position is about to pay, as a fraction of its value; 0 when absent, negative when it receives. */
  readonly fundingRate?: number;
}

/**
 * Bankruptcy and liquidation price of an isolated inverse position on BitMEX.
 *   initial      1 / leverage - 2 x taker fee
 *   bankruptcy   entry / (1 + s x initial)
 *   liquidation  bankruptcy + s x entry x (0.5 % + taker fee + funding)
 * https://www.bitmex.com/app/liquidation, formula as implemented in https://github.com/nottug/bitmex_utils. BitMEX is not one of
 * the project's venues: the formula stands here to compare with.
 */
export function bitmexPrices(position: BitmexPosition): {
  readonly bankruptcy: LiquidationPrice;
  readonly liquidation: LiquidationPrice;
} {
  const { side, entryPrice, leverage, takerFeeRate, fundingRate = 0 } = position;
  requirePositive('Entry price', entryPrice);
  requireAtLeast('Leverage', leverage, 1);
  requireRate('Taker fee rate', takerFeeRate);
  requireFinite('Funding rate', fundingRate);
  const inverse = { contract: 'inverse', side } as const;
  const sign = sideSign(side);
  const bankruptcy = priceOrWithout(entryPrice / (1 + sign * (1 / leverage - 2 * takerFeeRate)), inverse);
  if (bankruptcy.kind !== 'price') return { bankruptcy, liquidation: bankruptcy };
  const maintenance = BASE_MAINTENANCE_RATE + takerFeeRate + fundingRate;
  return { bankruptcy, liquidation: priceOrWithout(bankruptcy.price + sign * entryPrice * maintenance, inverse) };
}
