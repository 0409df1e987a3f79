import { parsed, type DepthLevels, type Parsed } from '@liquidation-heatmap/core';
import { contractSizeOf } from '../../contract-size.js';
import { broken, decimalOf, isObject, levelTicksOf, numberOf } from '../../wire-fields.js';
import type { Contract } from '../../wire-levels.js';
import type { WireLevel } from './wire.js';

/** A number of contracts, signed, sent as JSON number or as decimal text; NaN for anything else. */
export function contractsOf(raw: unknown): number {
  return typeof raw === 'number' ? numberOf(raw) : decimalOf(raw);
}

/** Milliseconds of a time sent in seconds, whole or with decimals; NaN for anything that is no number. */
export function msOfSeconds(raw: unknown): number {
  return Math.round(numberOf(raw) * 1_000);
}

/** Levels `[{p, s}, ...]` as two columns in the order sent. One bad level spoils all of them. */
export function parseObjectLevels(raw: unknown, field: string, contract: Contract): Parsed<DepthLevels> {
  if (!Array.isArray(raw)) return broken('bad-levels', field, 'a list of levels', raw);
  const levels = raw as readonly unknown[];
  const ticks = new Float64Array(levels.length);
  const sizes = new Float64Array(levels.length);
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i];
    const place = `${field}[${String(i)}]`;
    if (!isObject(level)) return broken('bad-levels', place, 'an object', level);
    const { p, s } = level as unknown as WireLevel;
    const [price, contracts] = [decimalOf(p), contractsOf(s)];
    if (!(price > 0)) return broken('bad-number', `${place}.p`, 'a positive decimal', p);
    if (!(contracts >= 0)) return broken('bad-number', `${place}.s`, 'a number of at least 0', s);
    ticks[i] = levelTicksOf(price, contract.scale);
    sizes[i] = contractSizeOf(contracts, contract.multiplier);
  }
  return parsed({ ticks, sizes });
}
