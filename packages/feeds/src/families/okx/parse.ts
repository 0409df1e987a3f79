import {
  parsed,
  type ContractSize,
  type Fraction,
  type Funding,
  type Index,
  type InstrumentId,
  type Liquidation,
  type Mark,
  type OpenInterest,
  type Parsed,
  type Price,
  type Trade,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { contractSizeOf } from '../../contract-size.js';
import { broken, decimalOf, isPlausibleTime, isSequence, ticksOf, type JsonObject } from '../../wire-fields.js';
import { parseLevels, type Contract } from '../../wire-levels.js';
import type { DepthLevels } from '@liquidation-heatmap/core';
import type { WireBook, WireLiquidation, WireTrade } from './wire.js';

/** A book or a change of one, not yet chained. */
export interface BookPart {
  readonly eventTime: UnixMs;
  readonly bids: DepthLevels;
  readonly asks: DepthLevels;
  /** A whole book, which replaces what was known; else a change of it. */
  readonly isWhole: boolean;
  /** 0 where the venue sends none. */
  readonly checksum: number;
  readonly sequence: number | undefined;
  /** -1 in a snapshot; undefined where the venue does not say. */
  readonly previous: number | undefined;
}

/** Time on this wire: milliseconds as a text. */
export function timeOf(raw: unknown): number {
  const time = typeof raw === 'string' ? decimalOf(raw) : Number.NaN;
  return isPlausibleTime(time) ? time : Number.NaN;
}

/** One trade; its size is contracts times what one holds. */
export function parseTrade(raw: WireTrade, contract: Contract, seenTime: UnixMs): Parsed<Trade> {
  const price = decimalOf(raw.px);
  const size = contractSizeOf(decimalOf(raw.sz), contract.multiplier);
  const time = timeOf(raw.ts);
  if (typeof raw.tradeId !== 'string' || raw.tradeId === '')
    return broken('bad-id', 'trades.tradeId', 'a text', raw.tradeId);
  if (!(price > 0)) return broken('bad-number', 'trades.px', 'a positive decimal', raw.px);
  if (!(size > 0)) return broken('bad-number', 'trades.sz', 'a positive decimal', raw.sz);
  if (Number.isNaN(time)) return broken('bad-time', 'trades.ts', 'a time in milliseconds', raw.ts);
  if (raw.side !== 'buy' && raw.side !== 'sell') return broken('bad-side', 'trades.side', 'buy or sell', raw.side);
  const priceTicks = ticksOf(price, contract.scale);
  if (Number.isNaN(priceTicks))
    return broken('off-tick', 'trades.px', `a multiple of the tick size ${contract.scale.tickSize}`, raw.px);
  return parsed({
    kind: 'trade',
    instrument: contract.id,
    eventTime: time as UnixMs,
    seenTime,
    id: raw.tradeId,
    priceTicks,
    size: size as ContractSize,
    takerSide: raw.side,
  });
}

/** A whole book or a change of one: one bad level spoils all of it, since a book with a hole is a wrong book. */
export function parseBook(raw: WireBook, action: unknown, contract: Contract): Parsed<BookPart> {
  if (action !== 'snapshot' && action !== 'update')
    return broken('bad-action', 'books.action', 'snapshot or update', action);
  const time = timeOf(raw.ts);
  if (Number.isNaN(time)) return broken('bad-time', 'books.ts', 'a time in milliseconds', raw.ts);
  const { seqId, prevSeqId, checksum = 0 } = raw;
  if (seqId !== undefined && !isSequence(seqId))
    return broken('bad-id', 'books.seqId', 'a non-negative integer', seqId);
  if (prevSeqId !== undefined && prevSeqId !== -1 && !isSequence(prevSeqId))
    return broken('bad-id', 'books.prevSeqId', 'an integer of at least -1', prevSeqId);
  if (!Number.isInteger(checksum)) return broken('bad-number', 'books.checksum', 'an integer', checksum);
  const bids = parseLevels(raw.bids, 'books.bids', contract);
  if (!bids.ok) return bids;
  const asks = parseLevels(raw.asks, 'books.asks', contract);
  if (!asks.ok) return asks;
  return parsed({
    eventTime: time as UnixMs,
    bids: bids.value,
    asks: asks.value,
    isWhole: action === 'snapshot',
    checksum: checksum as number,
    sequence: seqId,
    previous: prevSeqId as number | undefined,
  });
}

/** Mark price. */
export function parseMark(raw: JsonObject, instrument: InstrumentId, seenTime: UnixMs): Parsed<Mark> {
  const [price, time] = [decimalOf(raw['markPx']), timeOf(raw['ts'])];
  if (!(price > 0)) return broken('bad-number', 'mark-price.markPx', 'a positive decimal', raw['markPx']);
  if (Number.isNaN(time)) return broken('bad-time', 'mark-price.ts', 'a time in milliseconds', raw['ts']);
  return parsed({ kind: 'mark', instrument, eventTime: time as UnixMs, seenTime, price: price as Price });
}

/** Index price. */
export function parseIndex(raw: JsonObject, instrument: InstrumentId, seenTime: UnixMs): Parsed<Index> {
  const [price, time] = [decimalOf(raw['idxPx']), timeOf(raw['ts'])];
  if (!(price > 0)) return broken('bad-number', 'index-tickers.idxPx', 'a positive decimal', raw['idxPx']);
  if (Number.isNaN(time)) return broken('bad-time', 'index-tickers.ts', 'a time in milliseconds', raw['ts']);
  return parsed({ kind: 'index', instrument, eventTime: time as UnixMs, seenTime, price: price as Price });
}

/** Open interest of one side, from contracts. */
export function parseOpenInterest(raw: JsonObject, contract: Contract, seenTime: UnixMs): Parsed<OpenInterest> {
  const size = contractSizeOf(decimalOf(raw['oi']), contract.multiplier);
  const time = timeOf(raw['ts']);
  if (!(size >= 0)) return broken('bad-number', 'open-interest.oi', 'a decimal of at least 0', raw['oi']);
  if (Number.isNaN(time)) return broken('bad-time', 'open-interest.ts', 'a time in milliseconds', raw['ts']);
  const eventTime = time as UnixMs;
  return parsed({ kind: 'open-interest', instrument: contract.id, eventTime, seenTime, size: size as ContractSize });
}

/** Funding of the running interval, which ends at `fundingTime`. */
export function parseFunding(raw: JsonObject, instrument: InstrumentId, seenTime: UnixMs): Parsed<Funding> {
  const [rate, next, time] = [decimalOf(raw['fundingRate']), timeOf(raw['fundingTime']), timeOf(raw['ts'])];
  if (Number.isNaN(rate)) return broken('bad-number', 'funding-rate.fundingRate', 'a decimal', raw['fundingRate']);
  if (Number.isNaN(next))
    return broken('bad-time', 'funding-rate.fundingTime', 'a time in milliseconds', raw['fundingTime']);
  if (Number.isNaN(time)) return broken('bad-time', 'funding-rate.ts', 'a time in milliseconds', raw['ts']);
  const at = { instrument, eventTime: time as UnixMs, seenTime };
  return parsed({ kind: 'funding', ...at, rate: rate as Fraction, nextTime: next as UnixMs });
}

/** One forced order. In net mode only the order's side tells: who sells by force was long. */
export function parseLiquidation(raw: WireLiquidation, contract: Contract, seenTime: UnixMs): Parsed<Liquidation> {
  const price = decimalOf(raw.bkPx);
  const size = contractSizeOf(decimalOf(raw.sz), contract.multiplier);
  const time = timeOf(raw.ts);
  const positionSide = positionSideOf(raw);
  if (!(price > 0)) return broken('bad-number', 'liquidation-orders.bkPx', 'a positive decimal', raw.bkPx);
  if (!(size > 0)) return broken('bad-number', 'liquidation-orders.sz', 'a positive decimal', raw.sz);
  if (Number.isNaN(time)) return broken('bad-time', 'liquidation-orders.ts', 'a time in milliseconds', raw.ts);
  if (positionSide === undefined)
    return broken('bad-side', 'liquidation-orders.posSide', 'long, short, or net with a side', raw.posSide);
  return parsed({
    kind: 'liquidation',
    instrument: contract.id,
    eventTime: time as UnixMs,
    seenTime,
    positionSide,
    price: price as Price,
    priceKind: 'bankruptcy',
    size: size as ContractSize,
    completeness: 'throttled',
  });
}

function positionSideOf({ posSide, side }: WireLiquidation): 'long' | 'short' | undefined {
  if (posSide === 'long' || posSide === 'short') return posSide;
  if (posSide !== 'net') return undefined;
  if (side === 'sell') return 'long';
  return side === 'buy' ? 'short' : undefined;
}
