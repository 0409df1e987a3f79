import type { RatioCall } from '../../ratio-call.js';
import { eliteRatioPath, eliteRatioUrl } from './endpoints.js';
import { parseEliteRatio } from './parse-rest.js';

/** Shares of longs among large accounts and among their positions. Only the newest rows can be had. */
export const HTX_RATIOS: readonly RatioCall[] = (['account', 'position'] as const).map((of) => ({
  path: eliteRatioPath(of),
  symbolName: 'contract_code',
  page: 1_000,
  url: (ownSymbol) => eliteRatioUrl(ownSymbol, of, '5min'),
  parse: (raw, id) => parseEliteRatio(raw, id, of === 'account' ? 'top-accounts' : 'top-positions'),
}));
