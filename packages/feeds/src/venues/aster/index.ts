import { ownsUrl } from '../../families/binance/endpoints.js';
import { BinanceSession } from '../../families/binance/session.js';
import type { VenueAdapter } from '../../feed.js';
import { LINE } from './instruments.js';

/** Aster: linear contracts in USDT in the protocol of Binance, on its own hosts. */
export const aster: VenueAdapter = {
  venue: 'aster',
  ownsUrl: (url) => ownsUrl(LINE, url),
  createSession: (options) => new BinanceSession(LINE, options),
};
