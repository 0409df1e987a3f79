/** Every venue the project knows, by id; inverse contracts of one exchange are a venue of their own. */
export const VENUE_IDS = [
  'binance',
  'binance-coinm',
  'bybit',
  'bybit-inverse',
  'okx',
  'okx-inverse',
  'hyperliquid',
  'bitget',
  'gate',
  'deribit',
  'kraken',
  'htx',
  'aster',
] as const;

/** An exchange (or one product line of it), named by an id of `VENUE_IDS`, or `simulated`. */
export type VenueId = (typeof VENUE_IDS)[number] | 'simulated';

/** True when the text names a venue. */
export function isVenueId(text: string): text is VenueId {
  return text === 'simulated' || (VENUE_IDS as readonly string[]).includes(text);
}
