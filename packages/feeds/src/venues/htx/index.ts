import type { VenueAdapter } from '../../feed.js';
import { ownsUrl } from './endpoints.js';
import { VENUE } from './instruments.js';
import { HtxSession } from './session.js';

/** HTX's linear contracts in USDT, counted in contracts of so many coins. Every frame is gzip. */
export const htx: VenueAdapter = {
  venue: VENUE,
  ownsUrl,
  createSession: (options) => new HtxSession(options),
  isGzipped: true,
};
