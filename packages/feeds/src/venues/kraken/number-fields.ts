import { parsed, type DepthLevels, type Parsed } from '@liquidation-heatmap/core';
import { contractSizeOf } from '../../contract-size.js';
import { broken, isObject, levelTicksOf, numberOf } from '../../wire-fields.js';
import type { Contract } from '../../wire-levels.js';
import type { WireLevel } from './wire.js';

/** Levels `[{price, qty}, ...]` as two columns in the order sent. One bad level spoils all of them. */
export function parseNumberLevels(raw: unknown, field: string, contract: Contract): Parsed<DepthLevels> {
  if (!Array.isArray(raw)) return broken('bad-levels', field, 'a list of levels', raw);
  const levels = raw as readonly unknown[];
  const ticks = new Float64Array(levels.length);
  const sizes = new Float64Array(levels.length);
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i];
    const place = `${field}[${String(i)}]`;
    if (!isObject(level)) return broken('bad-levels', place, 'an object', level);
    const { price, qty } = level as unknown as WireLevel;
    if (!(numberOf(price) > 0)) return broken('bad-number', `${place}.price`, 'a positive number', price);
    if (!(numberOf(qty) >= 0)) return broken('bad-number', `${place}.qty`, 'a number of at least 0', qty);
    ticks[i] = levelTicksOf(numberOf(price), contract.scale);
    sizes[i] = contractSizeOf(numberOf(qty), contract.multiplier);
  }
  return parsed({ ticks, sizes });
}
