import { rulesOf } from '../../families/binance/rules.js';
import { liveVenueOf } from '../../live/live-venue-of.js';
import { binance } from './index.js';
import { LINE } from './instruments.js';

/** How Binance USDS-M is read live. */
export const binanceRules = rulesOf(LINE, binance);

/** Binance USDS-M, live. */
export const binanceLive = liveVenueOf(binanceRules);
