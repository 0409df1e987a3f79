import { ownsUrl } from '../../families/binance/endpoints.js';
import { BinanceSession } from '../../families/binance/session.js';
import type { VenueAdapter } from '../../feed.js';
import { LINE } from './instruments.js';

/** Binance COIN-M futures: inverse contracts counted in pieces of 10 or 100 USD. */
export const binanceCoinm: VenueAdapter = {
  venue: 'binance-coinm',
  ownsUrl: (url) => ownsUrl(LINE, url),
  createSession: (options) => new BinanceSession(LINE, options),
};
