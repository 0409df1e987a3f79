import { ownsUrl } from '../../families/bybit/endpoints.js';
import { BybitSession } from '../../families/bybit/session.js';
import type { VenueAdapter } from '../../feed.js';
import { LINE } from './instruments.js';

/** Bybit v5 inverse contracts, sized in USD and settled in coin. */
export const bybitInverse: VenueAdapter = {
  venue: 'bybit-inverse',
  ownsUrl: (url) => ownsUrl(LINE, url),
  createSession: (options) => new BybitSession(LINE, options),
};
