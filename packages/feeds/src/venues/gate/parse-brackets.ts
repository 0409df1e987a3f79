import {
  checkBrackets,
  parsed,
  type BracketTable,
  type Fraction,
  type MarginBracket,
  type Parsed,
} from '@liquidation-heatmap/core';
import { broken, decimalOf } from '../../wire-fields.js';
import { VENUE } from './instruments.js';
import { rowsOf } from './parse-rest.js';
import type { WireMarginTier } from './wire.js';

interface Tier {
  readonly cap: number;
  readonly rate: number;
  readonly maxLeverage: number;
  readonly deduction: number;
}

/**
 * Margin table of a contract in `risk_limit_tiers`, asked for by its name. Caps and deductions are in USDT and the venue's own; a table
 * whose requirement jumps between tiers is refused. `asOf` is the day it was fetched, `YYYY-MM-DD`.
 */
export function parseBrackets(raw: unknown, ownSymbol: string, asOf: string): Parsed<BracketTable> {
  const tiers = parseTiers(raw, ownSymbol);
  if (!tiers.ok) return tiers;
  const brackets = tiers.value.map(({ cap, rate, maxLeverage, deduction }, index): MarginBracket => {
    const floor = tiers.value[index - 1]?.cap ?? 0;
    return { floor, cap, maintenanceRate: rate as Fraction, maxLeverage, deduction };
  });
  return checkBrackets({ venue: VENUE, ownSymbol, asOf, source: 'futures/usdt/risk_limit_tiers', brackets });
}

function parseTiers(raw: unknown, ownSymbol: string): Parsed<readonly Tier[]> {
  const rows = rowsOf(raw, 'risk_limit_tiers');
  if (!rows.ok) return rows;
  const tiers: Tier[] = [];
  for (const item of rows.value) {
    const row = item as unknown as WireMarginTier;
    const fields = [row.risk_limit, row.maintenance_rate, row.leverage_max, row.deduction];
    const [cap, rate, maxLeverage, deduction] = fields.map(decimalOf) as [number, number, number, number];
    if (!(cap > 0 && rate > 0 && maxLeverage >= 1 && deduction >= 0))
      return broken('bad-number', `risk_limit_tiers.${ownSymbol}`, 'limits, rates and leverages', item);
    tiers.push({ cap, rate, maxLeverage, deduction });
  }
  // The order of the list is not promised.
  return parsed(tiers.sort((a, b) => a.cap - b.cap));
}
