import type { RatioCall } from '../../ratio-call.js';
import { REST_BASE, marketUrl } from './endpoints.js';
import type { BybitLine } from './line.js';
import { parseAccountRatio } from './parse-rest.js';

/** Share of long accounts among all that hold the contract. */
export function bybitRatios({ category }: Pick<BybitLine, 'category'>): readonly RatioCall[] {
  return [
    {
      path: `${REST_BASE}/v5/market/account-ratio`,
      symbolName: 'symbol',
      spanName: 'startTime',
      page: 500,
      url: (symbol, limit, span) => {
        const times = span === undefined ? {} : { startTime: span.from, endTime: span.to };
        return marketUrl('account-ratio', category, { symbol, period: '5min', ...times, limit });
      },
      parse: parseAccountRatio,
    },
  ];
}
