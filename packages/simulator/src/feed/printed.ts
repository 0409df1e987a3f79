import type { ContractSize, Liquidation, Price } from '@liquidation-heatmap/core';
import type { LiquidationFeed } from '../market-options.js';
import type { VenueMarket } from '../venue-market.js';
import type { EventTimes } from './lateness.js';
import type { ForcedFill } from './step-trades.js';

/** A forced fill as the venue prints it. */
export function printed(venue: VenueMarket, fill: ForcedFill, times: EventTimes, feed: LiquidationFeed): Liquidation {
  return {
    kind: 'liquidation',
    instrument: venue.spec.id,
    ...times,
    positionSide: fill.forced.side,
    price: fill.price as Price,
    priceKind: 'fill',
    size: venue.coins(fill.forced.size) as ContractSize,
    completeness: feed === 'complete' ? 'complete' : 'throttled',
  };
}
