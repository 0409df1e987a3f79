import {
  checkBrackets,
  nextDeduction,
  parsed,
  type BracketTable,
  type Fraction,
  type MarginBracket,
  type Parsed,
} from '@liquidation-heatmap/core';
import { listField } from '../../frame-shape.js';
import { broken, decimalOf, isObject } from '../../wire-fields.js';
import { VENUE } from './instruments.js';
import { assetRows } from './parse-rest.js';
import type { WireAsset, WireMarginTier } from './wire.js';

/** Numbers below this name no table: the number is the highest leverage of a single tier. */
const FIRST_TABLE = 50;

interface Tier {
  readonly floor: number;
  readonly maxLeverage: number;
}

/**
 * Margin table of a contract in `meta`. Maintenance is half the initial margin at the tier's highest leverage, rate = 1 / (2 x highest
 * leverage), and continuous where a tier begins: https://hyperliquid.gitbook.io/hyperliquid-docs/trading/margin-tiers. Floors and
 * deductions are in USDC. `asOf` is the day it was fetched, `YYYY-MM-DD`.
 */
export function parseBrackets(meta: unknown, ownSymbol: string, asOf: string): Parsed<BracketTable> {
  const rows = assetRows(meta);
  if (!rows.ok) return rows;
  const asset = rows.value.find(({ name }) => name === ownSymbol);
  if (asset === undefined) return broken('bad-symbol', 'meta.universe', `a list with ${ownSymbol}`, undefined);
  const tiers = tiersOf(meta, asset, `meta.${ownSymbol}`);
  if (!tiers.ok) return tiers;
  let previous: MarginBracket | undefined;
  const brackets = tiers.value.map(({ floor, maxLeverage }, index): MarginBracket => {
    const rate = 1 / (2 * maxLeverage);
    previous = {
      floor,
      cap: tiers.value[index + 1]?.floor ?? Number.POSITIVE_INFINITY,
      maintenanceRate: rate as Fraction,
      maxLeverage,
      deduction: previous === undefined ? 0 : nextDeduction(previous, floor, rate),
    };
    return previous;
  });
  return checkBrackets({ venue: VENUE, ownSymbol, asOf, source: 'POST /info meta', brackets });
}

function tiersOf(meta: unknown, { marginTableId: id, maxLeverage }: WireAsset, field: string): Parsed<readonly Tier[]> {
  if (typeof id !== 'number') return broken('bad-id', `${field}.marginTableId`, 'a number', id);
  if (id >= FIRST_TABLE) return tableOf(meta, id);
  return typeof maxLeverage === 'number' && maxLeverage >= 1
    ? parsed([{ floor: 0, maxLeverage }])
    : broken('bad-number', `${field}.maxLeverage`, 'a leverage', maxLeverage);
}

function tableOf(meta: unknown, id: number): Parsed<readonly Tier[]> {
  const tables = isObject(meta) ? meta['marginTables'] : undefined;
  const pairs = Array.isArray(tables) ? (tables as readonly unknown[]) : [];
  const pair = pairs.find((entry) => Array.isArray(entry) && entry[0] === id) as readonly unknown[] | undefined;
  const field = `meta.marginTables.${String(id)}`;
  const table = pair?.[1];
  const list = listField(field, isObject(table) ? table['marginTiers'] : table);
  if (!list.ok) return list;
  const tiers: Tier[] = [];
  for (const item of list.value) {
    const { lowerBound, maxLeverage } = item as unknown as WireMarginTier;
    const floor = decimalOf(lowerBound);
    if (!(floor >= 0 && typeof maxLeverage === 'number' && maxLeverage >= 1))
      return broken('bad-number', field, 'bounds and leverages', item);
    tiers.push({ floor, maxLeverage });
  }
  // The order of the list is not promised.
  return parsed(tiers.sort((a, b) => a.floor - b.floor));
}
