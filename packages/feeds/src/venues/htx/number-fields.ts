import { parsed, type DepthLevels, type Parsed } from '@liquidation-heatmap/core';
import { contractSizeOf } from '../../contract-size.js';
import { broken, levelTicksOf, numberOf } from '../../wire-fields.js';
import type { Contract } from '../../wire-levels.js';

/** The size of one side where both are counted: halving is exact. */
export function oneSided(size: number): number {
  return size / 2;
}

/** Levels `[[price, contracts], ...]` as two columns in the order sent. One bad level spoils all of them. */
export function parseNumberLevels(raw: unknown, field: string, contract: Contract): Parsed<DepthLevels> {
  if (!Array.isArray(raw)) return broken('bad-levels', field, 'a list of [price, contracts]', raw);
  const levels = raw as readonly unknown[];
  const ticks = new Float64Array(levels.length);
  const sizes = new Float64Array(levels.length);
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i];
    const place = `${field}[${String(i)}]`;
    if (!Array.isArray(level)) return broken('bad-levels', place, 'a pair [price, contracts]', level);
    const [price, contracts] = [numberOf(level[0]), numberOf(level[1])];
    if (!(price > 0)) return broken('bad-number', `${place}[0]`, 'a positive number', level[0]);
    if (!(contracts >= 0)) return broken('bad-number', `${place}[1]`, 'a number of at least 0', level[1]);
    ticks[i] = levelTicksOf(price, contract.scale);
    sizes[i] = contractSizeOf(contracts, contract.multiplier);
  }
  return parsed({ ticks, sizes });
}
