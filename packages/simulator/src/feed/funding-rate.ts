import { MS_PER_HOUR, type Fraction } from '@liquidation-heatmap/core';
import type { VenueMarket } from '../venue-market.js';

/** Funding is settled at multiples of this, counted from 1970. */
export const FUNDING_INTERVAL_MS = 8 * MS_PER_HOUR;
const USUAL_RATE = 0.0001;
const MAX_RATE = 0.003;
/** Rate added when all agents stand on one side. Invented. */
const CROWDING_RATE = 0.002;

/** Funding of the running interval: the usual rate, tilted to the side the crowd is on. Nobody's margin is charged with it. */
export function fundingRate(venue: VenueMarket): Fraction {
  const { long, short } = venue.ledger.agents;
  const crowding = long + short > 0 ? (long - short) / (long + short) : 0;
  const rate = USUAL_RATE + CROWDING_RATE * crowding;
  return (Math.round(Math.min(MAX_RATE, Math.max(-MAX_RATE, rate)) * 1e8) / 1e8) as Fraction;
}

/** The first settlement after `time`. */
export function nextFunding(time: number): number {
  return (Math.floor(time / FUNDING_INTERVAL_MS) + 1) * FUNDING_INTERVAL_MS;
}
