import { priceOrWithout, type LiquidationPrice } from './liquidation-price.js';
import { isolatedMargin, notionalAt, sideSign, type MarginPosition } from './margin-position.js';
import { requireAtLeast, requirePositive, requireRate } from './margin-input.js';

/** An isolated position of a venue that takes maintenance margin on the entry value. Money is USD (linear) or coin (inverse). */
export interface EntryValuePosition extends Pick<MarginPosition, 'contract' | 'side' | 'size' | 'entryPrice'> {
  readonly leverage: number;
  readonly maintenanceRate: number;
  /** In the notional's unit; 0 when absent. */
  readonly deduction?: number;
  /** Margin added by hand; 0 when absent. */
  readonly extraMargin?: number;
  /** Taker fee as a fraction, which extra margin has to pay on closing; 0 when absent. */
  readonly closingFeeRate?: number;
}

/**
 * Liquidation price with the maintenance margin taken on the entry value, which does not move with the mark.
 *   linear   entry - s x (initial margin - maintenance + extra) / size
 *   inverse  size / (size / entry + s x (initial margin - maintenance + extra))
 * The closing fee is part of both margins and cancels. Bybit, isolated, unified account (older help page):
 * https://www.bybit.com/en/help-center/article/Liquidation-Price-Calculation-under-Isolated-Mode-Unified-Trading-Account
 */
export function entryValueLiquidationPrice(position: EntryValuePosition): LiquidationPrice {
  checkEntryValue(position);
  const { contract, size, entryPrice, maintenanceRate, deduction = 0, extraMargin = 0 } = position;
  const value = notionalAt(position, entryPrice);
  const spare = isolatedMargin(position, position.leverage) - (value * maintenanceRate - deduction) + extraMargin;
  const sign = sideSign(position.side);
  return priceOrWithout(
    contract === 'linear' ? entryPrice - (sign * spare) / size : size / (value + sign * spare),
    position,
  );
}

/**
 * Inverse liquidation price of Bybit's page of 2026-05-27; without extra margin identical to the general inverse form.
 *   long   size x (1 + rate) / (size / entry + margin + extra / (1 + fee) + deduction)
 *   short  size x (1 - rate) / (size / entry - margin - extra / (1 - fee) - deduction)
 * https://www.bybit.com/en/help-center/article/Liquidation-Price-Calculation-under-Isolated-Mode-Unified-Trading-Account
 */
export function inverseLiquidationPriceOf2026(position: Omit<EntryValuePosition, 'contract'>): LiquidationPrice {
  const inverse = { ...position, contract: 'inverse' } as const;
  checkEntryValue(inverse);
  const { size, maintenanceRate, deduction = 0, extraMargin = 0, closingFeeRate = 0 } = position;
  const sign = sideSign(position.side);
  const cushion = isolatedMargin(inverse, position.leverage) + extraMargin / (1 + sign * closingFeeRate) + deduction;
  return priceOrWithout(
    (size * (1 + sign * maintenanceRate)) / (notionalAt(inverse, position.entryPrice) + sign * cushion),
    inverse,
  );
}

/** A whole-wallet inverse position under Bybit's rules before the unified account. */
export interface LegacyCrossPosition extends Pick<
  EntryValuePosition,
  'side' | 'size' | 'entryPrice' | 'maintenanceRate'
> {
  /** Coin that backs the position. */
  readonly balance: number;
  readonly closingFeeRate: number;
}

/**
 * Bankruptcy and liquidation price of an inverse cross position under Bybit's rules before the unified account. The fee to
 * close at the bankruptcy price counts as a loss, so it enters the requirement too.
 *   bankruptcy   size x (1 + s x fee) / (size / entry + s x balance)
 *   liquidation  size / (size / entry + s x (balance - rate x size / entry - fee x size / bankruptcy))
 * Bybit help center, inverse contracts, cross margin; the page is not linked any more.
 */
export function legacyCrossPrices(position: LegacyCrossPosition): {
  readonly bankruptcy: LiquidationPrice;
  readonly liquidation: LiquidationPrice;
} {
  const { side, size, entryPrice, maintenanceRate, balance, closingFeeRate } = position;
  requirePositive('Size', size);
  requirePositive('Entry price', entryPrice);
  requireAtLeast('Balance', balance, 0);
  requireRate('Maintenance rate', maintenanceRate);
  requireRate('Closing fee rate', closingFeeRate);
  const inverse = { contract: 'inverse', side } as const;
  const sign = sideSign(side);
  const value = size / entryPrice;
  const bankruptcy = priceOrWithout((size * (1 + sign * closingFeeRate)) / (value + sign * balance), inverse);
  if (bankruptcy.kind !== 'price') return { bankruptcy, liquidation: bankruptcy };
  const closingFee = (closingFeeRate * size) / bankruptcy.price;
  const liquidation = priceOrWithout(size / (value + sign * (balance - maintenanceRate * value - closingFee)), inverse);
  return { bankruptcy, liquidation };
}

function checkEntryValue(position: EntryValuePosition): void {
  requireRate('Maintenance rate', position.maintenanceRate);
  requireRate('Closing fee rate', position.closingFeeRate ?? 0);
  requireAtLeast('Extra margin', position.extraMargin ?? 0, 0);
  requireAtLeast('Deduction', position.deduction ?? 0, 0);
}
