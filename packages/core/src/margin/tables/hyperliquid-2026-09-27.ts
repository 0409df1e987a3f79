import type { BracketTable } from '../../model/margin-bracket.js';
import { tableFromCaps } from './table-from-caps.js';

const AS_OF = '2026-09-27';
const SOURCE =
  'Hyperliquid mainnet meta (margin tiers) of that day; rule: https://hyperliquid.gitbook.io/hyperliquid-docs/trading/margin-tiers';

/**
 * Hyperliquid brackets of 2026-09-27. The maintenance rate is half the initial margin at the tier's highest leverage:
 * rate = 1 / (2 x highest leverage). A row: cap in USD, maintenance rate, highest leverage, deduction in USD.
 */
export const HYPERLIQUID_2026_09_27: readonly BracketTable[] = [
  tableFromCaps({ venue: 'hyperliquid', ownSymbol: 'BTC', asOf: AS_OF, source: SOURCE }, [
    [150_000_000, 1 / 80, 40, 0],
    [Infinity, 1 / 40, 20, 1_875_000],
  ]),
  tableFromCaps({ venue: 'hyperliquid', ownSymbol: 'ETH', asOf: AS_OF, source: SOURCE }, [
    [100_000_000, 1 / 50, 25, 0],
    [Infinity, 1 / 30, 15, 4_000_000 / 3],
  ]),
];
