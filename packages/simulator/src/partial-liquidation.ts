import { bracketFor, maintenanceMargin, type BracketTable } from '@liquidation-heatmap/core';
import { liquidationPriceOf } from './liquidation-price-of.js';
import type { NewPosition } from './positions.js';
import type { PartialLiquidation } from './worlds/world.js';

/** What a venue needs to know to close a position piece by piece. */
export interface PartialSetting {
  readonly rule: PartialLiquidation | undefined;
  readonly table: BracketTable;
  readonly stepsPerUnit: number;
}

/**
 * Whole size steps the venue closes at once of a position the mark has reached.
 *   share          above a notional 20 % first; within the cooldown after it, whole
 *                  (https://hyperliquid.gitbook.io/hyperliquid-docs/trading/liquidations: above 100k USDC 20 %, 30 s)
 *   lower-bracket  as much as brings the notional below the floor of its row
 */
export function firstPiece(position: NewPosition, mark: number, now: number, setting: PartialSetting): number {
  const { rule, table, stepsPerUnit } = setting;
  const { size } = position;
  const notional = (size / stepsPerUnit) * mark;
  if (rule === undefined || notional < rule.fromNotional) return size;
  if (rule.rule === 'share') {
    const isCoolingDown = now - position.cutAt < rule.cooldownMs;
    return isCoolingDown ? size : Math.min(size, Math.max(1, Math.round(size * rule.firstShare)));
  }
  const kept = Math.ceil((bracketFor(table, notional).floor / mark) * stepsPerUnit) - 1;
  return kept > 0 ? Math.max(1, size - kept) : size;
}

/**
 * What is left after a piece was closed at the mark: the piece's loss is taken from the margin, so equity stays and the
 * requirement falls. Undefined when the rest could not be kept: nothing is left, or equity does not meet the requirement.
 */
export function restAfter(
  position: NewPosition,
  piece: number,
  mark: number,
  now: number,
  setting: PartialSetting,
): NewPosition | undefined {
  const { table, stepsPerUnit } = setting;
  const size = position.size - piece;
  if (size <= 0) return undefined;
  const gainPerCoin = (position.side === 'long' ? 1 : -1) * (mark - position.entryPrice);
  const margin = position.margin + (piece / stepsPerUnit) * gainPerCoin;
  const units = size / stepsPerUnit;
  if (!(margin + units * gainPerCoin > maintenanceMargin(table, units * mark))) return undefined;
  const liquidationPrice = liquidationPriceOf({ ...position, margin }, units, table);
  return { ...position, size, margin, liquidationPrice, cutAt: now };
}

/** A size that would be closed by force, and the mark that would close it. */
export interface ForcedPiece {
  /** Whole size steps. */
  readonly size: number;
  readonly price: number;
}

/** Every piece of a position at the mark that would close it if the mark came there without a pause, nearest first. */
export function piecesOf(position: NewPosition, now: number, setting: PartialSetting): ForcedPiece[] {
  const pieces: ForcedPiece[] = [];
  let left: NewPosition | undefined = position;
  while (left !== undefined && left.liquidationPrice > 0) {
    const price: number = left.liquidationPrice;
    const piece = firstPiece(left, price, now, setting);
    const rest: NewPosition | undefined = restAfter(left, piece, price, now, setting);
    pieces.push({ size: rest === undefined ? left.size : piece, price });
    left = rest;
  }
  return pieces;
}
