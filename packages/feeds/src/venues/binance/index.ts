import type { VenueAdapter } from '../../feed.js';
import { BinanceSession } from './session.js';

/** Binance USDS-M futures: linear contracts in USDT, sized in coin. */
export const binance: VenueAdapter = {
  venue: 'binance',
  ownsUrl: (url) => /^(?:wss|https):\/\/f(?:stream|api)\.binance\.com\//.test(url),
  createSession: (options) => new BinanceSession(options),
};
