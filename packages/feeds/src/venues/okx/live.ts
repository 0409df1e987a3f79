import { rulesOf } from '../../families/okx/rules.js';
import { liveVenueOf } from '../../live/live-venue-of.js';
import { okx } from './index.js';
import { LINE } from './instruments.js';
import { okxSpot } from './spot.js';

/** OKX swaps settled in USDT, counted in contracts of coin, live. */
export const okxLive = liveVenueOf({ ...rulesOf(LINE, okx), spot: okxSpot });
