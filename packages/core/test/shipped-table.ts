import type { BracketTable, VenueId } from '../src/index.js';
import { bracketsOn } from '../src/margin/bracket-tables.js';

/** A bracket table that ships with core. */
export function shippedTable(venue: VenueId, ownSymbol: string, day: string): BracketTable {
  const found = bracketsOn(venue, ownSymbol, day);
  if (found === undefined) throw new Error(`No table of ${venue}:${ownSymbol} ships with core`);
  return found.table;
}
