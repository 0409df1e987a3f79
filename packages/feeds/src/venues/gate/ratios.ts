import type { RatioCall } from '../../ratio-call.js';
import { STATS_PATH, statsUrl } from './endpoints.js';
import { parseRatios } from './parse-rest.js';

/** Shares of longs among all users, large users, and the positions of large users, in one answer. */
export const GATE_RATIOS: readonly RatioCall[] = [
  {
    path: STATS_PATH,
    symbolName: 'contract',
    spanName: 'from',
    page: 100,
    url: (ownSymbol, limit, span) => statsUrl(ownSymbol, '5m', span?.from, limit),
    parse: parseRatios,
  },
];
