import { rulesOf } from '../../families/bybit/rules.js';
import { liveVenueOf } from '../../live/live-venue-of.js';
import { bybit } from './index.js';
import { LINE } from './instruments.js';
import { bybitSpot } from './spot.js';

/** Bybit linear contracts in USDT, live. */
export const bybitLive = liveVenueOf({ ...rulesOf(LINE, bybit), spot: bybitSpot });
