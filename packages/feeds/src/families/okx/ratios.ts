import type { RatioCall } from '../../ratio-call.js';
import { longShortRatioUrl, ratioPath } from './endpoints.js';
import { parseLongShortRatio } from './parse-rest.js';

/** Share of long accounts among all that hold the contract. The shares of large traders are known from documentation alone. */
export const OKX_RATIOS: readonly RatioCall[] = [
  {
    path: ratioPath('all-accounts'),
    symbolName: 'instId',
    spanName: 'begin',
    page: 100,
    url: (ownSymbol, limit, span) => longShortRatioUrl('all-accounts', ownSymbol, '5m', limit, span),
    parse: (raw, id) => parseLongShortRatio(raw, id, 'all-accounts'),
  },
];
