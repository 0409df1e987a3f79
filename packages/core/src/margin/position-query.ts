import type { ContractKind } from '../model/instrument.js';
import type { PositionSide } from '../model/market-event.js';
import type { UnixMs } from '../model/units.js';
import type { VenueId } from '../model/venue.js';
import { malformed, parsed, type Parsed } from '../model/parsed.js';
import { isVenueId } from '../model/venue.js';
import type { HostBracketTable } from './parse-bracket-table.js';

/** Margin that backs a position: its own, or the wallet it shares. Money is USD for linear contracts and coin for inverse ones. */
export type PositionBacking =
  | {
      readonly mode: 'isolated';
      /** Either this or `margin`. */
      readonly leverage?: number;
      /** Margin the position was opened with; either this or `leverage`. */
      readonly margin?: number;
      /** Margin added by hand; 0 when absent. */
      readonly extraMargin?: number;
    }
  | {
      readonly mode: 'cross';
      /** Wallet balance without unrealized profit; it may not be below 0. */
      readonly walletBalance: number;
      /** Maintenance margin of the wallet's other positions; 0 when absent. */
      readonly otherMaintenance?: number;
      /** Unrealized profit of the wallet's other positions, negative for a loss; 0 when absent. */
      readonly otherProfit?: number;
      /** Leverage set at the venue; it does not move the price and is only held against the venue's highest. */
      readonly leverage?: number;
    };

/** "My position", as a trader describes it, and what is needed to answer. */
export interface PositionQuery {
  readonly venue: VenueId;
  /** The venue's own name of the contract; either this or `symbol`. */
  readonly ownSymbol?: string;
  /** Canonical pair such as `BTCUSDT`, for contracts whose brackets ship with core; either this or `ownSymbol`. */
  readonly symbol?: string;
  /** Needed only on venues whose rule does not say, e.g. with a host's table for `htx`. */
  readonly contract?: ContractKind;
  readonly side: PositionSide;
  readonly entryPrice: number;
  /** Base coins for linear contracts, USD for inverse ones; either this or `notional`. */
  readonly size?: number;
  /** Quote value in USD at entry; either this or `size`. */
  readonly notional?: number;
  readonly backing: PositionBacking;
  /** Taker fee as a fraction; counts only where the venue counts the fee to close. */
  readonly takerFeeRate?: number;
  /** Tick size of the contract: when given, the price is rounded to it against the trader. */
  readonly tickSize?: number;
  /** The venue's present mark price: when given, the distance from it is stated too. */
  readonly markPrice?: number;
  /** Present time: it selects the table in force and says how old it is. */
  readonly now: UnixMs;
  /** A host's own dated tables; those of the contract stand in the place of the shipped ones. */
  readonly tables?: readonly HostBracketTable[];
}

type Rule = readonly [field: string, value: number | undefined, isMet: (value: number) => boolean, rule: string];

const isPositive = (value: number) => value > 0 && Number.isFinite(value);
const isAtLeastZero = (value: number) => value >= 0 && Number.isFinite(value);
const isLeverage = (value: number) => value >= 1 && Number.isFinite(value);
/** Days are written with four digits of a year. */
const LAST_TIME = 253_402_300_799_999;
const isTime = (value: number) => value >= 0 && value <= LAST_TIME;
const isRate = (value: number) => value >= 0 && value < 1;

/** Checks a query as a person may have typed it; the fault names the field and its rule, e.g. `backing.leverage`. */
export function checkPositionQuery(query: PositionQuery): Parsed<PositionQuery> {
  if (!isVenueId(query.venue)) return refused('venue', 'be a venue id', query.venue);
  if (query.side !== 'long' && query.side !== 'short') return refused('side', 'be long or short', query.side);
  const pair = brokenPair(query);
  if (pair !== undefined) return refused('query', `have ${pair}`, 'neither or both');
  for (const [field, value, isMet, rule] of rulesOf(query)) {
    if (value !== undefined && !isMet(value)) return refused(field, rule, value);
  }
  return parsed(query);
}

function rulesOf({ backing, ...query }: PositionQuery): readonly Rule[] {
  const shared: readonly Rule[] = [
    ['entryPrice', query.entryPrice, isPositive, 'be above 0'],
    ['size', query.size, isPositive, 'be above 0'],
    ['notional', query.notional, isPositive, 'be above 0'],
    ['takerFeeRate', query.takerFeeRate, isRate, 'be a fraction of at least 0 and below 1'],
    ['tickSize', query.tickSize, isPositive, 'be above 0'],
    ['markPrice', query.markPrice, isPositive, 'be above 0'],
    ['now', query.now, isTime, 'be a time from 1970 to 9999'],
    ['backing.leverage', backing.leverage, isLeverage, 'be at least 1'],
  ];
  if (backing.mode === 'isolated') {
    return [
      ...shared,
      ['backing.margin', backing.margin, isPositive, 'be above 0'],
      ['backing.extraMargin', backing.extraMargin, isAtLeastZero, 'be at least 0'],
    ];
  }
  return [
    ...shared,
    ['backing.walletBalance', backing.walletBalance, isAtLeastZero, 'be at least 0'],
    ['backing.otherMaintenance', backing.otherMaintenance, isAtLeastZero, 'be at least 0'],
    ['backing.otherProfit', backing.otherProfit, Number.isFinite, 'be a finite number'],
  ];
}

function brokenPair({ ownSymbol, symbol, size, notional, backing }: PositionQuery): string | undefined {
  if ((ownSymbol === undefined) === (symbol === undefined)) return 'either ownSymbol or symbol';
  if ((size === undefined) === (notional === undefined)) return 'either size or notional';
  if (backing.mode === 'cross') return undefined;
  return (backing.leverage === undefined) === (backing.margin === undefined)
    ? 'either backing.leverage or backing.margin'
    : undefined;
}

function refused(field: string, rule: string, was: unknown): Parsed<never> {
  return malformed('malformed-position', field, `${field} must ${rule}, was ${String(was)}`);
}
