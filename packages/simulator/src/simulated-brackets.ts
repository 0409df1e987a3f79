import { bracketsOn, type BracketTable, type Fraction, type MarginBracket } from '@liquidation-heatmap/core';
import type { VenueOptions } from './market-options.js';

/** Day of Binance's public table that the simulated ones are cut from; of Hyperliquid's the earliest known is used. */
const AS_OF = '2024-10-24';
const QUOTE = 'USDT';

/** The table a venue published for a canonical symbol; undefined where none is known. */
export function publishedBrackets(source: 'binance' | 'hyperliquid', symbol: string): BracketTable | undefined {
  // Hyperliquid names a contract by its coin alone.
  const ownSymbol = source === 'hyperliquid' ? symbol.slice(0, -QUOTE.length) : symbol;
  return bracketsOn(source, ownSymbol, AS_OF)?.table;
}

/**
 * Brackets of a simulated venue: a public table of the asset, with no row above the venue's highest leverage.
 * A stand-in, also for venues whose own tables differ.
 */
export function simulatedBrackets(venue: VenueOptions, symbol: string): BracketTable {
  const published = publishedBrackets(venue.brackets ?? 'binance', symbol);
  if (published === undefined) throw new RangeError(`Brackets must be known for the simulated symbol, was ${symbol}`);
  const brackets = published.brackets.map((bracket): MarginBracket => ({
    ...bracket,
    maintenanceRate: bracket.maintenanceRate as Fraction,
    maxLeverage: Math.min(bracket.maxLeverage, venue.maxLeverage),
  }));
  const source = `Simulated: cut at ${venue.maxLeverage}x from ${published.source}`;
  return { venue: venue.id, ownSymbol: symbol, asOf: published.asOf, source, brackets };
}
