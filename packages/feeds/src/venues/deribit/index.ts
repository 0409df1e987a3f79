import type { VenueAdapter } from '../../feed.js';
import { ownsUrl } from './endpoints.js';
import { VENUE } from './instruments.js';
import { DeribitSession } from './session.js';

/** Deribit's perpetuals: inverse ones sized in USD and linear ones sized in coin, side by side on one socket. */
export const deribit: VenueAdapter = {
  venue: VENUE,
  ownsUrl,
  createSession: (options) => new DeribitSession(options),
};
