import { parsed, type DepthLevels, type Instrument, type InstrumentId, type Parsed } from '@liquidation-heatmap/core';
import { contractSizeOf } from './contract-size.js';
import { broken, decimalOf, levelTicksOf, tickScaleOf, type TickScale } from './wire-fields.js';

/** What a parser has to know of a contract: its id, how its prices become ticks and its quantities sizes. */
export interface Contract {
  readonly id: InstrumentId;
  readonly scale: TickScale;
  /** Contract units per venue unit of quantity; NaN where it is unknown, so that no size can be made up. */
  readonly multiplier: number;
}

/** What parsers need of an instrument. */
export function contractOf(spec: Instrument): Contract {
  return { id: spec.id, scale: tickScaleOf(spec), multiplier: spec.contractMultiplier ?? Number.NaN };
}

/**
 * Levels `[["price","size", ...], ...]` as two columns in the order sent; what follows the size is not looked at. The ticks of old
 * orders may be fractions (`levelTicksOf`). One bad level spoils all of them, since a book with a hole is a wrong book.
 */
export function parseLevels(raw: unknown, field: string, contract: Contract): Parsed<DepthLevels> {
  if (!Array.isArray(raw)) return broken('bad-levels', field, 'a list of [price, size]', raw);
  const levels = raw as readonly unknown[];
  const ticks = new Float64Array(levels.length);
  const sizes = new Float64Array(levels.length);
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i];
    if (!Array.isArray(level)) return broken('bad-levels', `${field}[${i}]`, 'a pair [price, size]', level);
    const price = decimalOf(level[0]);
    const size = decimalOf(level[1]);
    if (!(price > 0)) return broken('bad-number', `${field}[${i}][0]`, 'a positive decimal', level[0]);
    if (!(size >= 0)) return broken('bad-number', `${field}[${i}][1]`, 'a decimal of at least 0', level[1]);
    ticks[i] = levelTicksOf(price, contract.scale);
    sizes[i] = contractSizeOf(size, contract.multiplier);
  }
  return parsed({ ticks, sizes });
}
