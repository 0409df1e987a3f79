import { ownsUrl } from '../../families/bybit/endpoints.js';
import { BybitSession } from '../../families/bybit/session.js';
import type { VenueAdapter } from '../../feed.js';
import { LINE } from './instruments.js';

/** Bybit v5 linear contracts in USDT, sized in coin. */
export const bybit: VenueAdapter = {
  venue: 'bybit',
  ownsUrl: (url) => ownsUrl(LINE, url),
  createSession: (options) => new BybitSession(LINE, options),
};
