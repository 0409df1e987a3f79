import type { VenueAdapter } from './feed.js';
import { binance } from './venues/binance/index.js';
import { bybit } from './venues/bybit/index.js';

/** Every venue whose recordings can be read. */
export const venueAdapters: readonly VenueAdapter[] = [binance, bybit];
