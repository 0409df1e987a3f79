import { ownsUrl } from '../../families/okx/endpoints.js';
import { OkxSession } from '../../families/okx/session.js';
import type { VenueAdapter } from '../../feed.js';
import { LINE } from './instruments.js';

/** OKX swaps settled in USDT, counted in contracts of coin. */
export const okx: VenueAdapter = {
  venue: 'okx',
  ownsUrl,
  createSession: (options) => new OkxSession(LINE, options),
};
