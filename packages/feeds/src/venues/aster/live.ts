import { rulesOf } from '../../families/binance/rules.js';
import { liveVenueOf } from '../../live/live-venue-of.js';
import { aster } from './index.js';
import { LINE } from './instruments.js';

/** How Aster is read live. */
export const asterRules = rulesOf(LINE, aster);

/** Aster, live. */
export const asterLive = liveVenueOf(asterRules);
