import type { BracketTable } from '../../model/margin-bracket.js';
import { tableFromCaps } from './table-from-caps.js';

const AS_OF = '2023-05-24';
const SOURCE =
  'Reply of https://api.gateio.ws/api/v4/futures/usdt/contracts recorded on that day: risk_limit_base, maintenance_rate, leverage_max';

/**
 * First risk limit of Gate's USDT contracts, from the venue's own reply. It names base, step and top of the limits but not the
 * rates in between, so only the first row stands here. A row: cap in USD, maintenance rate, highest leverage, deduction in USD.
 */
export const GATE_2023_05_24: readonly BracketTable[] = [
  firstRow('BTC_USDT', 1_000_000, 0.005, 100),
  firstRow('ETH_USDT', 1_000_000, 0.005, 100),
  firstRow('SOL_USDT', 500_000, 0.025, 20),
  firstRow('XRP_USDT', 500_000, 0.025, 20),
  firstRow('DOGE_USDT', 500_000, 0.025, 20),
];

function firstRow(ownSymbol: string, cap: number, rate: number, maxLeverage: number): BracketTable {
  return tableFromCaps({ venue: 'gate', ownSymbol, asOf: AS_OF, source: SOURCE }, [[cap, rate, maxLeverage, 0]]);
}
