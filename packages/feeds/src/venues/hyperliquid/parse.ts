import {
  parsed,
  type ContractSize,
  type DepthLevels,
  type Fraction,
  type Funding,
  type Index,
  type Mark,
  type OpenInterest,
  type Parsed,
  type Price,
  type Trade,
  type UnixMs,
} from '@liquidation-heatmap/core';
import type { SequencedSnapshot } from '../../book/sequenced.js';
import { contractSizeOf } from '../../contract-size.js';
import { broken, decimalOf, isObject, isPlausibleTime, isSequence, levelTicksOf, ticksOf } from '../../wire-fields.js';
import type { Contract } from '../../wire-levels.js';
import type { WireBook, WireContext, WireLevel, WireTrade } from './wire.js';

/** `l2Book`: the whole book. The time of its block stands for the sequence number that the venue does not send. */
export function parseBook(raw: WireBook, contract: Contract, seenTime: UnixMs): Parsed<SequencedSnapshot> {
  const { time, levels } = raw;
  if (!isPlausibleTime(time)) return broken('bad-time', 'l2Book.time', 'a time in milliseconds', time);
  if (!Array.isArray(levels) || levels.length !== 2)
    return broken('bad-levels', 'l2Book.levels', 'a pair of bids and asks', levels);
  const bids = parseSide(levels[0], 'l2Book.levels[0]', contract);
  if (!bids.ok) return bids;
  const asks = parseSide(levels[1], 'l2Book.levels[1]', contract);
  if (!asks.ok) return asks;
  const at = { instrument: contract.id, eventTime: time as UnixMs, seenTime };
  return parsed({ lastSequence: time, snapshot: { kind: 'book-snapshot', ...at, bids: bids.value, asks: asks.value } });
}

/** Levels `[{px, sz, n}, ...]` as two columns in the order sent. One bad level spoils all of them. */
function parseSide(raw: unknown, field: string, contract: Contract): Parsed<DepthLevels> {
  if (!Array.isArray(raw)) return broken('bad-levels', field, 'a list of levels', raw);
  const levels = raw as readonly unknown[];
  const ticks = new Float64Array(levels.length);
  const sizes = new Float64Array(levels.length);
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i];
    const place = `${field}[${String(i)}]`;
    if (!isObject(level)) return broken('bad-levels', place, 'an object', level);
    const { px, sz } = level as unknown as WireLevel;
    const [price, size] = [decimalOf(px), decimalOf(sz)];
    if (!(price > 0)) return broken('bad-number', `${place}.px`, 'a positive decimal', px);
    if (!(size >= 0)) return broken('bad-number', `${place}.sz`, 'a decimal of at least 0', sz);
    ticks[i] = levelTicksOf(price, contract.scale);
    sizes[i] = contractSizeOf(size, contract.multiplier);
  }
  return parsed({ ticks, sizes });
}

/** One of `trades`. */
export function parseTrade(raw: WireTrade, contract: Contract, seenTime: UnixMs): Parsed<Trade> {
  const { side, time } = raw;
  const id = idOf(raw.tid);
  const [price, size] = [decimalOf(raw.px), contractSizeOf(decimalOf(raw.sz), contract.multiplier)];
  if (id === undefined) return broken('bad-id', 'trades.tid', 'an integer, as number or text', raw.tid);
  if (!(price > 0)) return broken('bad-number', 'trades.px', 'a positive decimal', raw.px);
  if (!(size > 0)) return broken('bad-number', 'trades.sz', 'a positive decimal', raw.sz);
  if (!isPlausibleTime(time)) return broken('bad-time', 'trades.time', 'a time in milliseconds', time);
  if (side !== 'B' && side !== 'A') return broken('bad-side', 'trades.side', 'B or A', side);
  const priceTicks = ticksOf(price, contract.scale);
  if (Number.isNaN(priceTicks))
    return broken('off-tick', 'trades.px', `a multiple of the tick size ${contract.scale.tickSize}`, raw.px);
  return parsed({
    kind: 'trade',
    instrument: contract.id,
    eventTime: time as UnixMs,
    seenTime,
    id,
    priceTicks,
    size: size as ContractSize,
    takerSide: side === 'B' ? 'buy' : 'sell',
  });
}

/** Mark, index, open interest and hourly funding. The venue sends no time with them: they are of the moment they were seen. */
export function parseContext(
  raw: WireContext,
  contract: Contract,
  seenTime: UnixMs,
): Parsed<readonly (Mark | Index | OpenInterest | Funding)[]> {
  const [mark, index, funding] = [decimalOf(raw.markPx), decimalOf(raw.oraclePx), decimalOf(raw.funding)];
  const interest = decimalOf(raw.openInterest);
  if (!(mark > 0)) return broken('bad-number', 'ctx.markPx', 'a positive decimal', raw.markPx);
  if (!(index > 0)) return broken('bad-number', 'ctx.oraclePx', 'a positive decimal', raw.oraclePx);
  if (!(interest >= 0)) return broken('bad-number', 'ctx.openInterest', 'a decimal of at least 0', raw.openInterest);
  if (Number.isNaN(funding)) return broken('bad-number', 'ctx.funding', 'a decimal', raw.funding);
  const at = { instrument: contract.id, eventTime: seenTime, seenTime };
  return parsed([
    { kind: 'mark', ...at, price: mark as Price },
    { kind: 'index', ...at, price: index as Price },
    { kind: 'open-interest', ...at, size: contractSizeOf(interest, contract.multiplier) as ContractSize },
    { kind: 'funding', ...at, rate: funding as Fraction, nextTime: undefined },
  ]);
}

function idOf(raw: unknown): string | undefined {
  if (isSequence(raw)) return String(raw);
  return typeof raw === 'string' && /^\d+$/.test(raw) ? raw : undefined;
}
