import {
  checkBrackets,
  nextDeduction,
  parsed,
  type BracketTable,
  type Fraction,
  type MarginBracket,
  type Parsed,
} from '@liquidation-heatmap/core';
import { broken, decimalOf } from '../../wire-fields.js';
import { VENUE } from './instruments.js';
import { rowsOf } from './parse-rest.js';
import type { WireTier } from './wire.js';

interface Tier {
  readonly floor: number;
  readonly cap: number;
  readonly rate: number;
  readonly maxLeverage: number;
}

/**
 * Margin table of a contract in `position-tier`, asked for by its name; amounts are in USDT. The venue sends no deductions: they are those
 * that make the requirement continuous. `asOf` is the day it was fetched, `YYYY-MM-DD`.
 */
export function parseBrackets(raw: unknown, ownSymbol: string, asOf: string): Parsed<BracketTable> {
  const tiers = parseTiers(raw, ownSymbol);
  if (!tiers.ok) return tiers;
  let previous: MarginBracket | undefined;
  const brackets = tiers.value.map(({ floor, cap, rate, maxLeverage }): MarginBracket => {
    const deduction = previous === undefined ? 0 : nextDeduction(previous, floor, rate);
    previous = { floor, cap, maintenanceRate: rate as Fraction, maxLeverage, deduction };
    return previous;
  });
  return checkBrackets({ venue: VENUE, ownSymbol, asOf, source: 'v3/market/position-tier', brackets });
}

function parseTiers(raw: unknown, ownSymbol: string): Parsed<readonly Tier[]> {
  const rows = rowsOf(raw, 'position-tier');
  if (!rows.ok) return rows;
  const tiers: Tier[] = [];
  for (const item of rows.value) {
    const row = item as unknown as WireTier;
    const fields = [row.minTierValue, row.maxTierValue, row.mmr, row.leverage];
    const [floor, cap, rate, maxLeverage] = fields.map(decimalOf) as [number, number, number, number];
    if (!(floor >= 0 && cap > floor && rate > 0 && maxLeverage >= 1))
      return broken('bad-number', `position-tier.${ownSymbol}`, 'values, rates and leverages', item);
    tiers.push({ floor, cap, rate, maxLeverage });
  }
  // The order of the list is not promised.
  return parsed(tiers.sort((a, b) => a.floor - b.floor));
}
