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
import { broken, numberOf } from '../../wire-fields.js';
import { VENUE } from './instruments.js';

import { instrumentRows } from './parse-instruments.js';
import type { WireMarginLevel } from './wire.js';

interface Level {
  readonly floor: number;
  readonly initial: number;
  readonly maintenance: number;
}

/**
 * Margin table of a contract in `instruments`. Floors, caps and deductions are in USD for both kinds, since an inverse contract is
 * one of USD: core makes them coin at an entry price. Each rate counts for its own part of the position, which is what the deductions
 * say; the venue names no cap of the last level. `asOf` is the day the list was fetched, `YYYY-MM-DD`.
 */
export function parseBrackets(raw: unknown, ownSymbol: string, asOf: string): Parsed<BracketTable> {
  const rows = instrumentRows(raw);
  if (!rows.ok) return rows;
  const row = rows.value.find(({ symbol }) => typeof symbol === 'string' && symbol.toUpperCase() === ownSymbol);
  if (row === undefined) return broken('bad-symbol', 'instruments', `a list with ${ownSymbol}`, undefined);
  const levels = parseLevels(`instruments.${ownSymbol}.marginLevels`, row.marginLevels, numberOf(row.contractSize));
  if (!levels.ok) return levels;
  let previous: Pick<MarginBracket, 'maintenanceRate' | 'deduction'> | undefined;
  const brackets = levels.value.map(({ floor, initial, maintenance }, index): MarginBracket => {
    const deduction = previous === undefined ? 0 : nextDeduction(previous, floor, maintenance);
    const maintenanceRate = maintenance as Fraction;
    previous = { maintenanceRate, deduction };
    const cap = levels.value[index + 1]?.floor ?? Number.POSITIVE_INFINITY;
    return { floor, cap, maintenanceRate, maxLeverage: 1 / initial, deduction };
  });
  return checkBrackets({ venue: VENUE, ownSymbol, asOf, source: 'derivatives/api/v3/instruments', brackets });
}

function parseLevels(field: string, raw: unknown, contractSize: number): Parsed<readonly Level[]> {
  const list = listField(field, raw);
  if (!list.ok) return list;
  const levels: Level[] = [];
  for (const item of list.value) {
    const level = item as unknown as WireMarginLevel;
    const floor =
      level.contracts === undefined ? numberOf(level.numNonContractUnits) : numberOf(level.contracts) * contractSize;
    const [initial, maintenance] = [numberOf(level.initialMargin), numberOf(level.maintenanceMargin)];
    if (!(floor >= 0 && initial > 0 && initial <= 1))
      return broken('bad-number', field, 'sizes and shares of margin', item);
    levels.push({ floor, initial, maintenance });
  }
  // The order of the list is not promised.
  return parsed(levels.sort((a, b) => a.floor - b.floor));
}
