import type { RatioCall } from '../../ratio-call.js';
import { ACCOUNT_RATIO_PATH, accountRatioUrl } from './endpoints.js';
import { parseAccountRatio } from './parse-rest.js';

/** Share of long accounts among all with a position. Only the newest rows can be had. */
export const BITGET_RATIOS: readonly RatioCall[] = [
  {
    path: ACCOUNT_RATIO_PATH,
    symbolName: 'symbol',
    page: 1_000,
    url: (ownSymbol) => accountRatioUrl(ownSymbol, '5m'),
    parse: parseAccountRatio,
  },
];
