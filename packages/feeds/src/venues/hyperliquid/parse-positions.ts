import {
  parsed,
  type ContractSize,
  type InstrumentId,
  type Parsed,
  type PositionSide,
  type Price,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { listField, objectFault } from '../../frame-shape.js';
import { broken, decimalOf, isObject, isPlausibleTime } from '../../wire-fields.js';
import { VENUE } from './instruments.js';
import type { WirePosition } from './wire.js';

/** What secures a position: the whole account, or an amount of its own. */
export type MarginMode = 'cross' | 'isolated';

/** A position that an address was seen to hold. Known from documentation alone: no captured body was at hand. */
export interface ObservedPosition {
  readonly instrument: InstrumentId;
  readonly side: PositionSide;
  /** In coin. */
  readonly size: ContractSize;
  readonly entryPrice: Price;
  /** As the venue computes it, for a cross account with all its other positions; undefined where no price would liquidate it. */
  readonly liquidationPrice: Price | undefined;
  /** As the trader has set it. */
  readonly leverage: number;
  readonly marginMode: MarginMode;
}

/** Positions of one address at one time. */
export interface ObservedPositions {
  readonly time: UnixMs;
  readonly positions: readonly ObservedPosition[];
}

/** `clearinghouseState` of an address; closed positions are left out. */
export function parsePositions(raw: unknown): Parsed<ObservedPositions> {
  if (!isObject(raw)) return objectFault('clearinghouseState', raw);
  const { time } = raw;
  if (!isPlausibleTime(time)) return broken('bad-time', 'clearinghouseState.time', 'a time in milliseconds', time);
  const list = listField('clearinghouseState.assetPositions', raw['assetPositions']);
  if (!list.ok) return list;
  const positions: ObservedPosition[] = [];
  for (const { position } of list.value) {
    if (!isObject(position)) return objectFault('assetPositions.position', position);
    const held = parsePosition(position as unknown as WirePosition);
    if (!held.ok) return held;
    if (held.value.size > 0) positions.push(held.value);
  }
  return parsed({ time: time as UnixMs, positions });
}

function parsePosition({ coin, szi, entryPx, liquidationPx, leverage }: WirePosition): Parsed<ObservedPosition> {
  if (typeof coin !== 'string' || coin === '') return broken('bad-symbol', 'position.coin', 'a text', coin);
  const [size, entry] = [decimalOf(szi), decimalOf(entryPx)];
  if (Number.isNaN(size)) return broken('bad-number', `position.${coin}.szi`, 'a decimal', szi);
  if (!(entry > 0)) return broken('bad-number', `position.${coin}.entryPx`, 'a positive decimal', entryPx);
  // A long whose account is worth more than the position is liquidated at no price: null, and 0 or less where the venue computed one.
  const liquidation = liquidationPx === null ? 0 : decimalOf(liquidationPx);
  if (Number.isNaN(liquidation))
    return broken('bad-number', `position.${coin}.liquidationPx`, 'a decimal or null', liquidationPx);
  const terms = parseLeverage(leverage, `position.${coin}.leverage`);
  if (!terms.ok) return terms;
  return parsed({
    instrument: `${VENUE}:${coin}`,
    side: size < 0 ? 'short' : 'long',
    size: Math.abs(size) as ContractSize,
    entryPrice: entry as Price,
    liquidationPrice: liquidation > 0 ? (liquidation as Price) : undefined,
    ...terms.value,
  });
}

function parseLeverage(raw: unknown, field: string): Parsed<Pick<ObservedPosition, 'leverage' | 'marginMode'>> {
  if (!isObject(raw)) return objectFault(field, raw);
  const { type, value } = raw;
  if (type !== 'cross' && type !== 'isolated') return broken('bad-mode', `${field}.type`, 'cross or isolated', type);
  return typeof value === 'number' && value >= 1
    ? parsed({ leverage: value, marginMode: type })
    : broken('bad-number', `${field}.value`, 'at least 1', value);
}
