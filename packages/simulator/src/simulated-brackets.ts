import { bracketsOn, type BracketTable, type Fraction, type MarginBracket } from '@liquidation-heatmap/core';
import type { VenueOptions } from './market-options.js';

/** Day of the public table the simulated ones are cut from. */
const AS_OF = '2024-10-24';

/**
 * Brackets of a simulated venue: Binance's public table of the asset, with no row above the venue's highest leverage.
 * A stand-in, also for venues whose own tables differ.
 */
export function simulatedBrackets(venue: VenueOptions, symbol: string): BracketTable {
  const published = bracketsOn('binance', symbol, AS_OF);
  if (published === undefined) throw new RangeError(`Brackets must be known for the simulated symbol, was ${symbol}`);
  const brackets = published.table.brackets.map((bracket): MarginBracket => ({
    ...bracket,
    maintenanceRate: bracket.maintenanceRate as Fraction,
    maxLeverage: Math.min(bracket.maxLeverage, venue.maxLeverage),
  }));
  const source = `Simulated: cut at ${venue.maxLeverage}x from ${published.table.source}`;
  return { venue: venue.id, ownSymbol: symbol, asOf: published.usedDate, source, brackets };
}
