import type { MarketEvent, UnixMs } from '@liquidation-heatmap/core';
import type { VenueMarket } from '../venue-market.js';

/** What has to be known of every venue before its first number: the contract and its brackets. */
export function listingEvents(venues: readonly VenueMarket[], time: number): MarketEvent[] {
  const at = { eventTime: time as UnixMs, seenTime: time as UnixMs };
  return venues.flatMap(({ spec, table }): MarketEvent[] => [
    { kind: 'instrument', instrument: spec.id, ...at, spec },
    { kind: 'brackets', instrument: spec.id, ...at, table },
  ]);
}
