import { rulesOf } from '../../families/binance/rules.js';
import { liveVenueOf } from '../../live/live-venue-of.js';
import type { VenueRules } from '../../live/venue-rules.js';
import { binance } from './index.js';
import { LINE } from './instruments.js';
import { binanceSpot } from './spot.js';

/** How Binance USDS-M is read live. */
export const binanceRules: VenueRules = { ...rulesOf(LINE, binance), spot: binanceSpot };

/** Binance USDS-M, live. */
export const binanceLive = liveVenueOf(binanceRules);
