import type { BracketTable, MarginBracket } from '../model/margin-bracket.js';
import type { ContractKind } from '../model/instrument.js';
import { parsed, type Parsed } from '../model/parsed.js';
import type { Fraction, Price } from '../model/units.js';
import type { VenueId } from '../model/venue.js';
import { bankruptcyPrice } from './bankruptcy-price.js';
import { bracketFor } from './brackets.js';
import { sizedRateLiquidationPrice } from './deribit-price.js';
import { liquidationPrice, liquidationPriceInBrackets, type LiquidationPrice } from './liquidation-price.js';
import { notionalAt, sideSign, type MarginPosition } from './margin-position.js';
import { parseBracketTables } from './parse-bracket-table.js';
import { knownTakerFee, resolveBasis, type RequirementBasis, type ResolvedBasis } from './position-basis.js';
import type { UnknownReason } from './position-basis.js';
import { checkPositionQuery, type PositionQuery } from './position-query.js';
import { warningsOf, type PositionWarning } from './position-warnings.js';
import { roundAgainstTrader } from './round-against-trader.js';

/** What is known about a position whatever its price. */
export interface PositionFacts {
  readonly venue: VenueId;
  readonly ownSymbol: string;
  readonly contract: ContractKind;
  /** Base coins for linear contracts, USD for inverse ones. */
  readonly size: number;
  /** Price at which the margin is used up; never rounded. */
  readonly bankruptcy: LiquidationPrice;
  /** Fee to close counted into the requirement, as a fraction. */
  readonly closingFeeRate: Fraction;
  /** Where the venue's rule is written. */
  readonly ruleSource: string;
  readonly basis: RequirementBasis;
  readonly warnings: readonly PositionWarning[];
}

/** The answer of the calculator: a price with its reasons, the statement that there is none, or what is missing. */
export type PositionLiquidation =
  | (PositionFacts & {
      readonly kind: 'price';
      /** Mark price that liquidates, rounded against the trader when a tick size was given. */
      readonly price: Price;
      /** The same before rounding. */
      readonly exactPrice: Price;
      /** Maintenance rate in force at that price. */
      readonly maintenanceRate: Fraction;
      /** Deduction in force at that price: USD for linear contracts, coin for inverse ones. */
      readonly deduction: number;
      /** Move from the entry against the position, as a fraction of the entry; negative when already passed. */
      readonly distanceFromEntry: Fraction;
      /** The same from the mark price, where one was given. */
      readonly distanceFromMark: Fraction | undefined;
    })
  /** `none`: no price liquidates the position; `always`: its margin meets the requirement at no price. */
  | (PositionFacts & { readonly kind: 'none' | 'always' })
  | { readonly kind: 'unknown'; readonly reason: UnknownReason };

/** Notionals this close above a table's end, relatively, still belong to it. */
const END_TOLERANCE = 1e-9;

interface InForce {
  readonly found: LiquidationPrice;
  readonly rate: number;
  readonly deduction: number;
}

/**
 * Liquidation price of "my position" by the venue's own rule and a dated table. A query or host table that breaks a rule is
 * refused with place and rule; what is not known gives `unknown` and a reason, never an assumed number. Funding is left out.
 */
export function positionLiquidationPrice(query: PositionQuery): Parsed<PositionLiquidation> {
  const checked = checkPositionQuery(query);
  if (!checked.ok) return checked;
  const tables = parseBracketTables(query.tables ?? []);
  if (!tables.ok) return tables;
  const resolved = resolveBasis(query, tables.value);
  if (typeof resolved === 'string') return unknown(resolved);
  if (resolved.basis.kind === 'sized-rate' && query.backing.mode === 'isolated') return unknown('cross-only');
  const closingFeeRate = closingFee(query, resolved);
  if (closingFeeRate === undefined) return unknown('unknown-fee');
  return answer(query, resolved, closingFeeRate);
}

function answer(query: PositionQuery, resolved: ResolvedBasis, feeRate: number): Parsed<PositionLiquidation> {
  const { rule, basis, ownSymbol } = resolved;
  const position = positionOf(query, rule.contract, rule.extraMargin === 'less-fee' ? feeRate : 0);
  const closingFeeRate = (rule.closingFee === 'taker' ? feeRate : 0) as Fraction;
  const inForce =
    basis.kind === 'sized-rate' ? bySize(position, basis) : byTable(query, resolved, position, closingFeeRate);
  const { found } = inForce;
  if (basis.kind === 'brackets' && isBeyond(basis.table, position, found)) return unknown('beyond-table');
  const facts: PositionFacts = {
    venue: query.venue,
    ownSymbol,
    contract: rule.contract,
    size: position.size,
    bankruptcy: bankruptcyPrice(position),
    closingFeeRate,
    ruleSource: rule.source,
    basis,
    warnings: warningsOf(query, resolved, position, found),
  };
  if (found.kind !== 'price') return parsed({ ...facts, kind: found.kind });
  const { price: exactPrice } = found;
  const price = query.tickSize === undefined ? exactPrice : roundAgainstTrader(exactPrice, query.side, query.tickSize);
  return parsed({
    ...facts,
    kind: 'price',
    price,
    exactPrice,
    maintenanceRate: inForce.rate as Fraction,
    deduction: inForce.deduction,
    distanceFromEntry: distance(query.entryPrice, price, query),
    distanceFromMark: query.markPrice === undefined ? undefined : distance(query.markPrice, price, query),
  });
}

function bySize(position: MarginPosition, basis: { readonly base: number; readonly slope: number }): InForce {
  const found = sizedRateLiquidationPrice(position, basis);
  const coins = found.kind === 'price' ? notionalAt(position, found.price) : 0;
  return { found, rate: basis.base + basis.slope * coins, deduction: 0 };
}

function byTable(
  query: PositionQuery,
  { rule, basis }: ResolvedBasis,
  position: MarginPosition,
  closingFeeRate: number,
): InForce {
  const table = (basis as { readonly table: BracketTable }).table;
  // A venue's help page states the requirement on the entry value for isolated margin; Kraken states it for every position.
  const isOnEntry =
    rule.requirementOn === 'entry-price' && (query.venue === 'kraken' || query.backing.mode === 'isolated');
  if (!isOnEntry) {
    const found = liquidationPriceInBrackets(position, table, closingFeeRate);
    return found.kind === 'price' ? inForceOf(found, found.bracket) : { found, rate: 0, deduction: 0 };
  }
  const value = notionalAt(position, position.entryPrice);
  const row = bracketFor(table, value);
  // A requirement that does not move with the price is a rate of 0 and a deduction of its negative.
  const fixed = { maintenanceRate: 0, deduction: row.deduction - row.maintenanceRate * value };
  return inForceOf(liquidationPrice(position, fixed), row);
}

function inForceOf(found: LiquidationPrice, row: MarginBracket): InForce {
  return { found, rate: row.maintenanceRate, deduction: row.deduction };
}

function positionOf(query: PositionQuery, contract: ContractKind, feeOfExtra: number): MarginPosition {
  const { side, entryPrice, backing } = query;
  const size = query.size ?? sizeOf(query.notional ?? 0, entryPrice, contract);
  const shape = { contract, side, size, entryPrice };
  if (backing.mode === 'cross') {
    const { walletBalance, otherMaintenance = 0, otherProfit = 0 } = backing;
    return { ...shape, margin: walletBalance, otherMaintenance, otherProfit };
  }
  const initial = backing.margin ?? notionalAt(shape, entryPrice) / (backing.leverage ?? 1);
  return { ...shape, margin: initial + (backing.extraMargin ?? 0) / (1 + sideSign(side) * feeOfExtra) };
}

function sizeOf(notional: number, entryPrice: number, contract: ContractKind): number {
  return contract === 'linear' ? notional / entryPrice : notional;
}

/** The fee where it counts; undefined where it counts and nobody knows it. */
function closingFee(query: PositionQuery, { rule, isRuleKnown }: ResolvedBasis): number | undefined {
  const { takerFeeRate, backing } = query;
  const hasPaidExtra = rule.extraMargin === 'less-fee' && backing.mode === 'isolated' && (backing.extraMargin ?? 0) > 0;
  const counts = rule.closingFee === 'taker' || hasPaidExtra;
  if (!counts || !isRuleKnown) return takerFeeRate ?? 0;
  return takerFeeRate ?? knownTakerFee(query.venue)?.rate;
}

function isBeyond(table: BracketTable, position: MarginPosition, found: LiquidationPrice): boolean {
  const end = (table.brackets.at(-1)?.cap ?? 0) * (1 + END_TOLERANCE);
  if (notionalAt(position, position.entryPrice) > end) return true;
  return found.kind === 'price' && notionalAt(position, found.price) > end;
}

function distance(from: number, price: number, { side }: PositionQuery): Fraction {
  return ((sideSign(side) * (from - price)) / from) as Fraction;
}

function unknown(reason: UnknownReason): Parsed<PositionLiquidation> {
  return parsed({ kind: 'unknown', reason });
}
