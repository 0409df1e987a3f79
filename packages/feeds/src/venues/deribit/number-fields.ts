import { parsed, type DepthLevels, type Parsed } from '@liquidation-heatmap/core';
import { contractSizeOf } from '../../contract-size.js';
import { broken, levelTicksOf, numberOf } from '../../wire-fields.js';
import type { Contract } from '../../wire-levels.js';

/** What a row says has become of its level. */
const ACTIONS: readonly unknown[] = ['new', 'change', 'delete'];

/** Rows `[action, price, amount]` as two columns in the order sent; a deleted level has size 0. One bad row spoils all of them. */
export function parseRows(raw: unknown, field: string, contract: Contract): Parsed<DepthLevels> {
  if (!Array.isArray(raw)) return broken('bad-levels', field, 'a list of rows', raw);
  const rows = raw as readonly unknown[];
  const ticks = new Float64Array(rows.length);
  const sizes = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const place = `${field}[${String(i)}]`;
    if (!Array.isArray(row)) return broken('bad-levels', place, 'a row [action, price, amount]', row);
    const [action, price, amount] = row as readonly unknown[];
    if (!ACTIONS.includes(action)) return broken('bad-action', `${place}[0]`, 'new, change or delete', action);
    if (!(numberOf(price) > 0)) return broken('bad-number', `${place}[1]`, 'a positive number', price);
    if (!(numberOf(amount) >= 0)) return broken('bad-number', `${place}[2]`, 'a number of at least 0', amount);
    ticks[i] = levelTicksOf(numberOf(price), contract.scale);
    sizes[i] = action === 'delete' ? 0 : contractSizeOf(numberOf(amount), contract.multiplier);
  }
  return parsed({ ticks, sizes });
}
