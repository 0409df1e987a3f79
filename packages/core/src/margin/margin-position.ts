import type { ContractKind } from '../model/instrument.js';
import type { PositionSide } from '../model/market-event.js';
import { requireAtLeast, requireFinite, requirePositive, requireRate } from './margin-input.js';

/** A position as the margin formulas take it. Money is USD for linear contracts and coin for inverse ones. */
export interface MarginPosition {
  readonly contract: ContractKind;
  readonly side: PositionSide;
  /** Base coins for linear contracts, USD for inverse ones. */
  readonly size: number;
  readonly entryPrice: number;
  /** Isolated margin, or the wallet balance in cross margin. */
  readonly margin: number;
  /** Cross margin only: maintenance margin of the wallet's other positions. */
  readonly otherMaintenance?: number;
  /** Cross margin only: unrealized profit of the wallet's other positions. */
  readonly otherProfit?: number;
}

/** What the venue wants to see: rate x notional - deduction, plus the fee to close where the venue counts it in. */
export interface MarginRequirement {
  readonly maintenanceRate: number;
  /** In the notional's unit; 0 when absent. */
  readonly deduction?: number;
  /** Taker fee counted into the requirement, as a fraction; 0 when absent. */
  readonly closingFeeRate?: number;
}

/** +1 for long, -1 for short. */
export function sideSign(side: PositionSide): 1 | -1 {
  return side === 'long' ? 1 : -1;
}

/** Notional at a price: USD (size x price) for linear contracts, coin (size / price) for inverse ones. */
export function notionalAt(position: Pick<MarginPosition, 'contract' | 'size'>, price: number): number {
  return position.contract === 'linear' ? position.size * price : position.size / price;
}

/** Margin an isolated position opens with: notional at entry / leverage. */
export function isolatedMargin(
  position: Pick<MarginPosition, 'contract' | 'size' | 'entryPrice'>,
  leverage: number,
): number {
  requireAtLeast('Leverage', leverage, 1);
  requirePositive('Size', position.size);
  requirePositive('Entry price', position.entryPrice);
  return notionalAt(position, position.entryPrice) / leverage;
}

/** Margin that is free for this position: own or wallet margin less what the other positions need, plus what they have earned. */
export function freeMargin(position: MarginPosition): number {
  return position.margin - (position.otherMaintenance ?? 0) + (position.otherProfit ?? 0);
}

/** Equity at a price: free margin plus profit, size x (price - entry) linear or size x (1/entry - 1/price) inverse, times the side's sign. */
export function equityAt(position: MarginPosition, price: number): number {
  const gain = notionalAt(position, price) - notionalAt(position, position.entryPrice);
  const direction = position.contract === 'linear' ? sideSign(position.side) : -sideSign(position.side);
  return freeMargin(position) + direction * gain;
}

/** Requirement at a price: (rate + closing fee) x notional at that price - deduction. */
export function requirementAt(position: MarginPosition, requirement: MarginRequirement, price: number): number {
  const rate = requirement.maintenanceRate + (requirement.closingFeeRate ?? 0);
  return rate * notionalAt(position, price) - (requirement.deduction ?? 0);
}

/** Throws a `MarginInputError` that names the first field without meaning. */
export function checkPosition(position: MarginPosition): void {
  requirePositive('Size', position.size);
  requirePositive('Entry price', position.entryPrice);
  requireFinite('Margin', position.margin);
  requireFinite('Maintenance margin of other positions', position.otherMaintenance ?? 0);
  requireFinite('Profit of other positions', position.otherProfit ?? 0);
}

/** Throws a `MarginInputError` that names the first field without meaning. */
export function checkRequirement(requirement: MarginRequirement): void {
  requireRate('Maintenance rate', requirement.maintenanceRate);
  requireRate('Closing fee rate', requirement.closingFeeRate ?? 0);
  requireRate(
    'Maintenance rate plus closing fee rate',
    requirement.maintenanceRate + (requirement.closingFeeRate ?? 0),
  );
  requireFinite('Deduction', requirement.deduction ?? 0);
}
