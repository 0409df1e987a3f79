import { ownsUrl } from '../../families/okx/endpoints.js';
import { OkxSession } from '../../families/okx/session.js';
import type { VenueAdapter } from '../../feed.js';
import { LINE } from './instruments.js';

/** OKX swaps settled in the coin, counted in contracts of USD. */
export const okxInverse: VenueAdapter = {
  venue: 'okx-inverse',
  ownsUrl,
  createSession: (options) => new OkxSession(LINE, options),
};
