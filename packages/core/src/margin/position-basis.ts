import type { BracketTable, TableAge } from '../model/margin-bracket.js';
import type { ContractKind } from '../model/instrument.js';
import type { VenueId } from '../model/venue.js';
import { dayOf } from '../numeric/calendar-day.js';
import { bracketsOn, KRAKEN_BRACKETS } from './bracket-tables.js';
import { deribitSizedRate, type DatedSizedRate } from './deribit-maintenance.js';
import { ownSymbolOf } from './own-symbols.js';
import type { PositionQuery } from './position-query.js';
import { tableAge } from './table-age.js';
import { usdLevelsInCoin } from './usd-levels.js';
import { venueMarginRule, type VenueMarginRule } from './venue-margin-rule.js';

/** Why there is no number: what would have to be known first. */
export type UnknownReason =
  /** Core knows no contract of this venue for the canonical symbol. */
  | 'unknown-instrument'
  /** No bracket table of the contract ships with core and the host gave none. */
  | 'no-bracket-table'
  /** The position is larger than the last row known. */
  | 'beyond-table'
  /** The venue has linear and inverse contracts, and which this is was not said. */
  | 'unknown-contract-kind'
  /** The venue counts the fee to close, and no fee was given. */
  | 'unknown-fee'
  /** The venue has no isolated margin. */
  | 'cross-only';

/** Age and origin of what a requirement rests on. */
export interface BasisOrigin extends TableAge {
  readonly source: string;
  /** True when the host gave it. */
  readonly isFromHost: boolean;
}

/** What the requirement of a position is computed from. */
export type RequirementBasis =
  | (BasisOrigin & { readonly kind: 'brackets'; readonly table: BracketTable })
  | (BasisOrigin & { readonly kind: 'sized-rate'; readonly base: number; readonly slope: number });

/** Rule and table of a position, as far as they are known. */
export interface ResolvedBasis {
  readonly ownSymbol: string;
  readonly rule: VenueMarginRule;
  /** False where no source states the venue's rule and the general form stands in. */
  readonly isRuleKnown: boolean;
  readonly basis: RequirementBasis;
}

/** Source of the rule where there is none. */
const UNCONFIRMED = 'general form, not confirmed for this venue';

/** A margin rule of Kraken: levels count part by part, on the value at entry. */
const KRAKEN_RULE: VenueMarginRule = {
  contract: 'inverse',
  closingFee: 'none',
  requirementOn: 'entry-price',
  extraMargin: 'whole',
  trigger: 'mark',
  source:
    'https://support.kraken.com/hc/en-us/articles/15579128794772-Inverse-Futures-Margin-Schedule-Maximum-Leverage; https://support.kraken.com/hc/en-us/articles/360022632452-Multi-Collateral-Futures-Margin-Schedule-Maximum-Leverage',
};

/** Finds rule and table of a position, or says which of them is missing. */
export function resolveBasis(query: PositionQuery, hostTables: readonly BracketTable[]): ResolvedBasis | UnknownReason {
  const ownSymbol = query.ownSymbol ?? ownSymbolOf(query.venue, query.symbol ?? '');
  if (ownSymbol === undefined) return 'unknown-instrument';
  const basis = basisOf(query, ownSymbol, hostTables);
  if (basis === undefined) return 'no-bracket-table';
  const known = basis.kind === 'sized-rate' ? generalRule('inverse', basis.source) : knownRule(query, ownSymbol);
  if (known !== undefined) return { ownSymbol, rule: known, isRuleKnown: true, basis };
  if (query.contract === undefined) return 'unknown-contract-kind';
  return { ownSymbol, rule: generalRule(query.contract, UNCONFIRMED), isRuleKnown: false, basis };
}

function basisOf(
  query: PositionQuery,
  ownSymbol: string,
  hostTables: readonly BracketTable[],
): RequirementBasis | undefined {
  const { venue, now } = query;
  const ofHost = bracketsOn(venue, ownSymbol, dayOf(now), hostTables)?.table;
  if (ofHost !== undefined) return bracketBasis(ofHost, true, now);
  const sized = venue === 'deribit' ? deribitSizedRate(ownSymbol) : undefined;
  if (sized !== undefined) return sizedBasis(sized, now);
  const shipped = shippedTable(query, ownSymbol);
  return shipped && bracketBasis(shipped, false, now);
}

function shippedTable(query: PositionQuery, ownSymbol: string): BracketTable | undefined {
  const day = dayOf(query.now);
  if (query.venue !== 'kraken') return bracketsOn(query.venue, ownSymbol, day)?.table;
  const levels = bracketsOn('kraken', ownSymbol, day, KRAKEN_BRACKETS)?.table;
  return levels && usdLevelsInCoin(levels, query.entryPrice);
}

function knownRule(query: PositionQuery, ownSymbol: string): VenueMarginRule | undefined {
  if (query.venue !== 'kraken') return venueMarginRule(query.venue);
  const isListed = KRAKEN_BRACKETS.some((table) => table.ownSymbol === ownSymbol);
  const contract = isListed ? 'inverse' : query.contract;
  return contract && { ...KRAKEN_RULE, contract };
}

function generalRule(contract: ContractKind, source: string): VenueMarginRule {
  return {
    contract,
    closingFee: 'none',
    requirementOn: 'liquidation-price',
    extraMargin: 'whole',
    trigger: 'mark',
    source,
  };
}

function bracketBasis(table: BracketTable, isFromHost: boolean, now: number): RequirementBasis {
  return { kind: 'brackets', table, ...originOf(table, isFromHost, now) };
}

function sizedBasis(rate: DatedSizedRate, now: number): RequirementBasis {
  return { kind: 'sized-rate', base: rate.base, slope: rate.slope, ...originOf(rate, false, now) };
}

function originOf(
  { asOf, source }: { readonly asOf: string; readonly source: string },
  isFromHost: boolean,
  now: number,
): BasisOrigin {
  return { source, ...tableAge(asOf, now), isFromHost };
}

/** Dated taker fees that are known from a venue's own reply; elsewhere the caller has to say. */
const TAKER_FEES: Partial<Record<VenueId, { readonly rate: number; readonly asOf: string }>> = {
  // taker_fee_rate of every USDT contract in the reply that the bracket table of that day comes from.
  gate: { rate: 0.000_75, asOf: '2023-05-24' },
};

/** The taker fee core knows of a venue, with its day. */
export function knownTakerFee(venue: VenueId): { readonly rate: number; readonly asOf: string } | undefined {
  return TAKER_FEES[venue];
}
