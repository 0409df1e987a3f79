import { rulesOf } from '../../families/bybit/rules.js';
import { liveVenueOf } from '../../live/live-venue-of.js';
import { bybitInverse } from './index.js';
import { LINE } from './instruments.js';

/** Bybit inverse contracts, live. */
export const bybitInverseLive = liveVenueOf(rulesOf(LINE, bybitInverse));
