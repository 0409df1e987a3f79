import type { VenueAdapter } from '../../feed.js';
import { ownsUrl } from './endpoints.js';
import { VENUE } from './instruments.js';
import { BitgetSession } from './session.js';

/** Bitget's perpetuals in USDT, sized in coin. */
export const bitget: VenueAdapter = {
  venue: VENUE,
  ownsUrl,
  createSession: (options) => new BitgetSession(options),
};
