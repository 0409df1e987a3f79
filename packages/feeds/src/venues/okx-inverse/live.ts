import { rulesOf } from '../../families/okx/rules.js';
import { liveVenueOf } from '../../live/live-venue-of.js';
import { okxInverse } from './index.js';
import { LINE } from './instruments.js';

/** OKX swaps settled in the coin, counted in contracts of USD, live. */
export const okxInverseLive = liveVenueOf(rulesOf(LINE, okxInverse));
