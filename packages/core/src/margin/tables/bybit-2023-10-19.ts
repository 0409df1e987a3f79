import type { BracketTable } from '../../model/margin-bracket.js';
import { tableFromCaps } from './table-from-caps.js';

const SOURCE =
  "Rate and leverage: sample reply of Bybit's risk-limit endpoint in https://github.com/carpenstar/bybitapi-sdk-derivatives (undated); the same first risk limit stands in the sample position message of 2023-10-19 on https://bybit-exchange.github.io/docs/v5/websocket/private/position";

/**
 * First row of Bybit's older BTCUSDT risk limits. Only that row: the rows above came without the deduction that the venue
 * introduced later. Bybit has since lowered its limits, so a host that can should pass the rows of v5/market/risk-limit.
 */
export const BYBIT_2023_10_19: readonly BracketTable[] = [
  tableFromCaps({ venue: 'bybit', ownSymbol: 'BTCUSDT', asOf: '2023-10-19', source: SOURCE }, [
    [2_000_000, 0.005, 100, 0],
  ]),
];
