import type { VenueAdapter } from '../../feed.js';
import { ownsUrl } from './endpoints.js';
import { VENUE } from './instruments.js';
import { HyperliquidSession } from './session.js';

/** Hyperliquid's perpetuals: linear, sized in coin, priced in USDC. */
export const hyperliquid: VenueAdapter = {
  venue: VENUE,
  ownsUrl,
  createSession: (options) => new HyperliquidSession(options),
};
