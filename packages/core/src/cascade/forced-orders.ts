import type { BracketTable } from '../model/margin-bracket.js';
import type { PositionSide } from '../model/market-event.js';
import type { Fraction, Price, Usd } from '../model/units.js';
import type { VenueId } from '../model/venue.js';
import { bracketFor } from '../margin/brackets.js';
import { requirePositive, requireRate } from '../margin/margin-input.js';
import { forcedTakerSide, priceDirection } from './forced-taker.js';
import { liquidationRule, type Execution } from './liquidation-rules.js';

/** Pieces of large positions lie between the liquidation price and this far beyond it: docs/cascades.md#pieces. */
export const SPREAD_DISTANCE = 0.005;
/** Equal orders that stand for an even spread over that distance; chosen, not measured. */
const SPREAD_PIECES = 5;

/** A position that has reached its liquidation price. */
export interface LiquidatedPosition {
  readonly venue: VenueId;
  readonly side: PositionSide;
  /** USD at the liquidation price. */
  readonly notional: Usd;
  readonly liquidationPrice: Price;
  /** Requirement as a share of notional; taken from `brackets` where they are given. */
  readonly maintenanceRate?: Fraction;
  /** The venue's table in USD: coin tables of inverse contracts are converted by the caller. */
  readonly brackets?: BracketTable;
  /** From which notional on a position counts as large where neither rate nor brackets say more: the largest tenth. */
  readonly largeFrom?: Usd;
}

/** One order of a liquidation. */
export interface ForcedOrder {
  /** Valued at the liquidation price. */
  readonly notional: Usd;
  /** Mark at which it is sent. */
  readonly price: Price;
  /** How far beyond the liquidation price that is, as a fraction of it. */
  readonly distance: Fraction;
}

/** What a liquidated position sends into the book if price keeps going; the orders add up to its notional. */
export interface ForcedOrders {
  readonly orders: readonly ForcedOrder[];
  /**
   * `rule`: the venue's rule and a known requirement; `spread`: the rule says pieces, where they lie is the stated spread;
   * `assumed-whole`: no rule is known, or nothing says that the position is large.
   */
  readonly basis: 'rule' | 'spread' | 'assumed-whole';
}

/** A part of a position and how far beyond the liquidation price it is sent; shares of all pieces sum to 1. */
export interface Piece {
  readonly distance: Fraction;
  readonly share: Fraction;
}

/**
 * Orders by a venue's rule. After a part c of notional N is closed, the rest N' = N - c is liquidated again where its equity
 * meets its requirement, at the distance x = (E - (m' N' - d')) / (N' (1 -+ m')), - for longs, with E = m N - d before.
 * Orders are taken to fill at the mark. Inverse contracts differ in second order of x.
 */
export function forcedOrders(position: LiquidatedPosition): ForcedOrders {
  requirePositive('Notional', position.notional);
  requirePositive('Liquidation price', position.liquidationPrice);
  if (position.maintenanceRate !== undefined) requireRate('Maintenance rate', position.maintenanceRate);
  const execution = liquidationRule(position.venue)?.execution;
  if (execution === undefined) return whole(position, 'assumed-whole');
  switch (execution.kind) {
    case 'whole':
      return whole(position, 'rule');
    case 'first-share':
      return firstShare(position, execution);
    case 'lower-bracket':
      return lowerBracket(position, execution);
    case 'incremental':
      return incremental(position, execution);
  }
}

/** Where the orders of a large position lie when nothing but its venue is known; one piece at 0 where the venue sends it whole. */
export function largePositionPieces(venue: VenueId): readonly Piece[] {
  const execution = liquidationRule(venue)?.execution;
  if (execution === undefined || execution.kind === 'whole') return piecesFrom([[0, 1]]);
  return execution.kind === 'first-share' ? evenSpread(execution.share) : evenSpread(0);
}

function firstShare(position: LiquidatedPosition, rule: Execution & { kind: 'first-share' }): ForcedOrders {
  if (position.notional <= rule.above) return whole(position, 'rule');
  const rate = requirementOf(position, position.notional)?.rate;
  if (rate === undefined) return { orders: ordersOf(position, evenSpread(rule.share)), basis: 'spread' };
  const closed = position.notional * rule.share;
  const distance = nextDistance(position, position.notional, closed);
  const pieces = piecesFrom([
    [0, rule.share],
    [distance ?? 0, 1 - rule.share],
  ]);
  return { orders: ordersOf(position, pieces), basis: 'rule' };
}

function lowerBracket(position: LiquidatedPosition, rule: Execution & { kind: 'lower-bracket' }): ForcedOrders {
  const { brackets: table, notional, largeFrom } = position;
  if (table === undefined) {
    const isLarge = largeFrom !== undefined && notional >= largeFrom;
    return isLarge ? { orders: ordersOf(position, evenSpread(0)), basis: 'spread' } : whole(position, 'assumed-whole');
  }
  const pieces: [number, number][] = [];
  let left: number = notional;
  let distance = 0;
  let index = table.brackets.indexOf(bracketFor(table, notional));
  while (index >= rule.fromBracket) {
    index = Math.max(0, index - rule.bracketsDown);
    const target = table.brackets[index]!.cap;
    // A position at a bracket's floor is already down.
    if (!(left > target)) continue;
    pieces.push([distance, (left - target) / notional]);
    distance += nextDistance(position, left, left - target) ?? 0;
    left = target;
  }
  pieces.push([distance, left / notional]);
  return { orders: ordersOf(position, piecesFrom(pieces)), basis: 'rule' };
}

/**
 * Continuous: m dN = -N dx + fee |dN| keeps equity at the requirement, so exp(-x / (m - fee)) is left at distance x. Each
 * order stands for an equal part of the position, at the middle of that part.
 */
function incremental(position: LiquidatedPosition, rule: Execution & { kind: 'incremental' }): ForcedOrders {
  const rate = requirementOf(position, position.notional)?.rate;
  if (rate === undefined) return { orders: ordersOf(position, evenSpread(0)), basis: 'spread' };
  const reach = Math.max(0, rate - rule.feeRate);
  const pieces = Array.from({ length: SPREAD_PIECES }, (_, piece): [number, number] => [
    -reach * Math.log(1 - (piece + 0.5) / SPREAD_PIECES),
    1 / SPREAD_PIECES,
  ]);
  return { orders: ordersOf(position, piecesFrom(pieces)), basis: 'rule' };
}

function whole(position: LiquidatedPosition, basis: ForcedOrders['basis']): ForcedOrders {
  return { orders: ordersOf(position, piecesFrom([[0, 1]])), basis };
}

/** `first` at once, the rest in equal orders over the spread distance. */
function evenSpread(first: number): readonly Piece[] {
  const rest = Array.from({ length: SPREAD_PIECES }, (_, piece): [number, number] => [
    (SPREAD_DISTANCE * (piece + (first > 0 ? 1 : 0.5))) / SPREAD_PIECES,
    (1 - first) / SPREAD_PIECES,
  ]);
  return piecesFrom(first > 0 ? [[0, first], ...rest] : rest);
}

function piecesFrom(pairs: readonly (readonly [distance: number, share: number])[]): readonly Piece[] {
  return pairs.map(([distance, share]) => ({ distance: distance as Fraction, share: share as Fraction }));
}

function requirementOf(
  position: LiquidatedPosition,
  notional: number,
): { readonly rate: number; readonly deduction: number } | undefined {
  if (position.brackets !== undefined) {
    const bracket = bracketFor(position.brackets, notional);
    return { rate: bracket.maintenanceRate, deduction: bracket.deduction };
  }
  return position.maintenanceRate === undefined ? undefined : { rate: position.maintenanceRate, deduction: 0 };
}

function nextDistance(position: LiquidatedPosition, notional: number, closed: number): number | undefined {
  const before = requirementOf(position, notional);
  const left = notional - closed;
  const after = requirementOf(position, left);
  if (before === undefined || after === undefined || !(left > 0)) return undefined;
  const equity = before.rate * notional - before.deduction;
  const sign = position.side === 'long' ? -1 : 1;
  return Math.max(0, (equity - (after.rate * left - after.deduction)) / (left * (1 + sign * after.rate)));
}

function ordersOf(position: LiquidatedPosition, pieces: readonly Piece[]): readonly ForcedOrder[] {
  const direction = priceDirection(forcedTakerSide(position.side));
  return pieces.map(({ distance, share }) => ({
    notional: (position.notional * share) as Usd,
    price: (position.liquidationPrice * (1 + direction * distance)) as Price,
    distance,
  }));
}
