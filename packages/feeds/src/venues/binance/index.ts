import { ownsUrl } from '../../families/binance/endpoints.js';
import { BinanceSession } from '../../families/binance/session.js';
import type { VenueAdapter } from '../../feed.js';
import { LINE } from './instruments.js';

/** Binance USDS-M futures: linear contracts in USDT, sized in coin. */
export const binance: VenueAdapter = {
  venue: 'binance',
  ownsUrl: (url) => ownsUrl(LINE, url),
  createSession: (options) => new BinanceSession(LINE, options),
};
