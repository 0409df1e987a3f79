import type { BracketTable } from '../model/margin-bracket.js';
import type { VenueId } from '../model/venue.js';
import { MarginInputError } from './margin-input.js';
import { BINANCE_2024_10_24 } from './tables/binance-2024-10-24.js';
import { BYBIT_2023_10_19 } from './tables/bybit-2023-10-19.js';
import { GATE_2023_05_24 } from './tables/gate-2023-05-24.js';
import { HYPERLIQUID_2026_09_27 } from './tables/hyperliquid-2026-09-27.js';
import { KRAKEN_2021_07_22 } from './tables/kraken-2021-07-22.js';

/**
 * The tables that ship with core, apart from Kraken's. Venues change them about yearly: a new one is a new file, an old one stays for
 * replays. `npm run brackets:check` holds the newest against what the venues publish.
 */
export const PUBLISHED_BRACKETS: readonly BracketTable[] = [
  ...BINANCE_2024_10_24,
  ...BYBIT_2023_10_19,
  ...GATE_2023_05_24,
  ...HYPERLIQUID_2026_09_27,
];

/** Kraken's inverse tables that ship with core: they count in USD, where other inverse tables count in coin (`usdLevelsInCoin`). */
export const KRAKEN_BRACKETS: readonly BracketTable[] = [...KRAKEN_2021_07_22];

/** The table that answers for a day, and how well it does. */
export interface DatedBrackets {
  readonly table: BracketTable;
  /** Day of the table used, `YYYY-MM-DD`. */
  readonly usedDate: string;
  /** `exact`: read on that day; `earlier`: the newest before it; `later`: none is that old, so the earliest known. */
  readonly fit: 'exact' | 'earlier' | 'later';
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Brackets of a contract as of a day (`YYYY-MM-DD`): the newest table not later than it, else the earliest; undefined where none is known. */
export function bracketsOn(
  venue: VenueId,
  ownSymbol: string,
  date: string,
  tables: readonly BracketTable[] = PUBLISHED_BRACKETS,
): DatedBrackets | undefined {
  if (!DAY.test(date)) throw new MarginInputError('Date', 'YYYY-MM-DD', date);
  const known = tables
    .filter((table) => table.venue === venue && table.ownSymbol === ownSymbol)
    .sort((a, b) => (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : 0));
  const table = known.findLast(({ asOf }) => asOf <= date) ?? known[0];
  if (table === undefined) return undefined;
  const fit = table.asOf === date ? 'exact' : table.asOf < date ? 'earlier' : 'later';
  return { table, usedDate: table.asOf, fit };
}
