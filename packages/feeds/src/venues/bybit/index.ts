import type { VenueAdapter } from '../../feed.js';
import { BybitSession } from './session.js';

/** Bybit v5 linear contracts in USDT, sized in coin. */
export const bybit: VenueAdapter = {
  venue: 'bybit',
  ownsUrl: (url) => /^wss:\/\/stream\.bybit\.com\/v5\/public\/linear|^https:\/\/api\.bybit\.com\/v5\//.test(url),
  createSession: (options) => new BybitSession(options),
};
