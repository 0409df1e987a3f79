import {
  KRAKEN_BRACKETS,
  PUBLISHED_BRACKETS,
  bracketsOn,
  ownSymbolOf,
  type BracketTable,
  type VenueId,
} from '@liquidation-heatmap/core';
import { PUBLIC_BRACKET_VENUES, publicBracketContract } from '@liquidation-heatmap/feeds';
import { ToolFault } from '../tool-fault.js';

/** A contract whose published table is looked at. */
export interface CheckedContract {
  readonly venue: VenueId;
  readonly ownSymbol: string;
  /** The newest table that ships; undefined where none does. */
  readonly shipped: BracketTable | undefined;
}

/** Every table that ships with core. */
export const SHIPPED_TABLES: readonly BracketTable[] = [...PUBLISHED_BRACKETS, ...KRAKEN_BRACKETS];

/** Looked at where no symbol is named. */
const WELL_KNOWN = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'XRPUSDT', 'DOGEUSDT'];

const NEEDS_KEY = 'its tables need an API key, so that a dated capture ships';
const JUMPS =
  'the whole position pays the rate of its tier, so that the requirement jumps where a tier begins; a bracket table cannot hold that';

/** Why a venue's tables are not compared, in words. */
export const NOT_COMPARED: Partial<Record<VenueId, string>> = {
  'binance': NEEDS_KEY,
  'binance-coinm': 'its tables need an API key, and none ships',
  'aster': 'copies the interface of Binance, whose tables need an API key (not verified); none ships',
  'okx': JUMPS,
  'okx-inverse': JUMPS,
  'deribit': 'has no table: the rate is a formula of the size',
  'htx': 'publishes adjustment factors (not verified), which nothing here reads',
};

/**
 * Contracts of a venue on a day (`YYYY-MM-DD`), those whose table ships first; none where its tables are not public. `symbols` are
 * canonical; undefined for all that ship and the five best known.
 */
export function contractsOf(venue: VenueId, symbols: readonly string[] | undefined, day: string): CheckedContract[] {
  if (!PUBLIC_BRACKET_VENUES.includes(venue)) return [];
  const shipped = SHIPPED_TABLES.filter((table) => table.venue === venue).map((table) => table.ownSymbol);
  const isAsked = (ownSymbol: string): boolean =>
    symbols === undefined || symbols.some((symbol) => namesOf(venue, symbol).includes(ownSymbol));
  const listed = (symbols ?? WELL_KNOWN).flatMap((symbol) => publicBracketContract(venue, symbol) ?? []);
  return [...new Set([...shipped.filter(isAsked), ...listed])].map((ownSymbol) => ({
    venue,
    ownSymbol,
    shipped: bracketsOn(venue, ownSymbol, day, SHIPPED_TABLES)?.table,
  }));
}

/** The same, of several venues; a symbol that none of them lists is a ToolFault. */
export function contractsOfAll(
  venues: readonly VenueId[],
  symbols: readonly string[] | undefined,
  day: string,
): readonly CheckedContract[] {
  const unknown = symbols?.find((symbol) => venues.every((venue) => contractsOf(venue, [symbol], day).length === 0));
  if (unknown === undefined) return venues.flatMap((venue) => contractsOf(venue, symbols, day));
  throw new ToolFault(
    '--symbols',
    `--symbols must be known on one of ${venues.join(', ')}, like ${WELL_KNOWN.join(', ')}, was "${unknown}".`,
  );
}

/** Own names of an asset whose tables ship: that of its pair in USDT and that of its pair in USD. */
function namesOf(venue: VenueId, symbol: string): readonly string[] {
  const pairs = symbol.endsWith('USDT') ? [symbol, symbol.slice(0, -1)] : [symbol];
  return pairs.flatMap((pair) => ownSymbolOf(venue, pair) ?? []);
}
