/** The venues this server speaks for; the names are those of core's venue ids. */
export const VENUE_NAMES = ['binance', 'bybit', 'okx', 'hyperliquid'] as const;

/** One of `VENUE_NAMES`. */
export type VenueName = (typeof VENUE_NAMES)[number];

/** True for the name of a venue this server speaks for. */
export function isVenueName(value: unknown): value is VenueName {
  return VENUE_NAMES.some((name) => name === value);
}

/** Something for each venue. */
export function ofEachVenue<Item>(make: (venue: VenueName) => Item): Readonly<Record<VenueName, Item>> {
  return Object.fromEntries(VENUE_NAMES.map((venue) => [venue, make(venue)])) as Record<VenueName, Item>;
}

/** Canonical symbols that every venue here lists. */
export const SYMBOLS = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'XRPUSDT', 'DOGEUSDT'] as const;

/** One of `SYMBOLS`. */
export type SymbolName = (typeof SYMBOLS)[number];

/** True for a symbol that is listed here. */
export function isSymbolName(value: unknown): value is SymbolName {
  return SYMBOLS.some((symbol) => symbol === value);
}
