import { rulesOf } from '../../families/binance/rules.js';
import { liveVenueOf } from '../../live/live-venue-of.js';
import { binanceCoinm } from './index.js';
import { LINE } from './instruments.js';

/** How Binance COIN-M is read live. */
export const binanceCoinmRules = rulesOf(LINE, binanceCoinm);

/** Binance COIN-M, live. */
export const binanceCoinmLive = liveVenueOf(binanceCoinmRules);
