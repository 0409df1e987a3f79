import type { VenueAdapter } from '../../feed.js';
import { ownsUrl } from './endpoints.js';
import { VENUE } from './instruments.js';
import { KrakenSession } from './session.js';

/** Kraken's futures: linear contracts sized in coin and inverse ones sized in USD, side by side on one socket. */
export const kraken: VenueAdapter = {
  venue: VENUE,
  ownsUrl,
  createSession: (options) => new KrakenSession(options),
};
