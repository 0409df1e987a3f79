import type { PositionSide } from '../model/market-event.js';
import { bracketFor } from './brackets.js';
import type { LiquidationPrice } from './liquidation-price.js';
import { notionalAt, sideSign, type MarginPosition } from './margin-position.js';
import { knownTakerFee, type ResolvedBasis } from './position-basis.js';
import type { PositionQuery } from './position-query.js';

/** Something the reader of a liquidation price should know, as a code with its figures. */
export type PositionWarning =
  /** The table is older than 90 days. */
  | { readonly code: 'table-outdated'; readonly asOf: string; readonly ageDays: number }
  /** No table is as old as `now`, so the earliest known stands in. */
  | { readonly code: 'table-later-than-now'; readonly asOf: string }
  /** The venue would not open this size at this leverage. */
  | { readonly code: 'leverage-above-maximum'; readonly leverage: number; readonly maxLeverage: number }
  /** The requirement is not met at the mark, or without one at the entry. */
  | { readonly code: 'already-liquidable' }
  /** No source states the venue's rule; the general form was used with the host's table. */
  | { readonly code: 'rule-not-confirmed' }
  /** The venue's source speaks of isolated margin; the general cross form was used. */
  | { readonly code: 'cross-rule-not-confirmed' }
  /** The venue closes positions of this kind in steps that begin at the price. */
  | { readonly code: 'liquidated-in-steps' }
  /** Core's dated taker fee stands in for the trader's own. */
  | { readonly code: 'fee-assumed'; readonly rate: number; readonly asOf: string };

/** Value above which Hyperliquid sends a fifth first: https://hyperliquid.gitbook.io/hyperliquid-docs/trading/liquidations. */
const HYPERLIQUID_STEP_USD = 100_000;

/** Venues whose source states the cross formula. */
const KNOWN_CROSS = new Set<string>(['binance', 'binance-coinm', 'hyperliquid', 'deribit']);

/** Everything worth a warning about a position and its answer, in a fixed order. */
export function warningsOf(
  query: PositionQuery,
  resolved: ResolvedBasis,
  position: MarginPosition,
  found: LiquidationPrice,
): readonly PositionWarning[] {
  return [
    ...aboutTable(resolved),
    ...aboutFee(query, resolved),
    ...aboutRule(query, resolved),
    ...aboutLeverage(query, resolved, position),
    ...(isLiquidable(query.markPrice ?? query.entryPrice, query.side, found)
      ? [{ code: 'already-liquidable' } as const]
      : []),
    ...(isInSteps(query, resolved, position, found) ? [{ code: 'liquidated-in-steps' } as const] : []),
  ];
}

function aboutTable({ basis }: ResolvedBasis): PositionWarning[] {
  const { asOf, ageDays } = basis;
  if (ageDays < 0) return [{ code: 'table-later-than-now', asOf }];
  return basis.isOutdated ? [{ code: 'table-outdated', asOf, ageDays }] : [];
}

function aboutFee(query: PositionQuery, { rule, isRuleKnown }: ResolvedBasis): PositionWarning[] {
  const fee = knownTakerFee(query.venue);
  const isAssumed = query.takerFeeRate === undefined && isRuleKnown && rule.closingFee === 'taker';
  return isAssumed && fee !== undefined ? [{ code: 'fee-assumed', ...fee }] : [];
}

function aboutRule(query: PositionQuery, { isRuleKnown }: ResolvedBasis): PositionWarning[] {
  if (!isRuleKnown) return [{ code: 'rule-not-confirmed' }];
  const isUnproven = query.backing.mode === 'cross' && !KNOWN_CROSS.has(query.venue);
  return isUnproven ? [{ code: 'cross-rule-not-confirmed' }] : [];
}

function aboutLeverage(query: PositionQuery, { basis }: ResolvedBasis, position: MarginPosition): PositionWarning[] {
  if (basis.kind !== 'brackets') return [];
  const value = notionalAt(position, position.entryPrice);
  const { backing } = query;
  const leverage = backing.leverage ?? (backing.mode === 'isolated' ? value / (backing.margin ?? value) : 1);
  const { maxLeverage } = bracketFor(basis.table, value);
  // A leverage that the trader's margin implies may miss a round number by a rounding error.
  return leverage > maxLeverage * (1 + 1e-9) ? [{ code: 'leverage-above-maximum', leverage, maxLeverage }] : [];
}

function isLiquidable(price: number, side: PositionSide, found: LiquidationPrice): boolean {
  if (found.kind !== 'price') return found.kind === 'always';
  return sideSign(side) * (price - found.price) <= 0;
}

/**
 * Deribit always; OKX and Bybit above their first row, stepping down to a lower one; Hyperliquid above 100,000 USD.
 * Sources as in `venueMarginRule`.
 */
function isInSteps(
  { venue }: PositionQuery,
  { basis }: ResolvedBasis,
  position: MarginPosition,
  found: LiquidationPrice,
): boolean {
  if (basis.kind === 'sized-rate') return true;
  const value = notionalAt(position, found.kind === 'price' ? found.price : position.entryPrice);
  if (venue === 'hyperliquid') return value > HYPERLIQUID_STEP_USD;
  const hasSteps = venue === 'okx' || venue === 'okx-inverse' || venue === 'bybit' || venue === 'bybit-inverse';
  return hasSteps && value > (basis.table.brackets[0]?.cap ?? Number.POSITIVE_INFINITY);
}
