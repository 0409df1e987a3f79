import type { VenueAdapter } from '../../feed.js';
import { ownsUrl } from './endpoints.js';
import { VENUE } from './instruments.js';
import { GateSession } from './session.js';

/** Gate's perpetuals settled in USDT, counted in contracts of so many coins. */
export const gate: VenueAdapter = {
  venue: VENUE,
  ownsUrl,
  createSession: (options) => new GateSession(options),
};
