import {
  parsed,
  type ContractSize,
  type Fraction,
  type Funding,
  type Index,
  type Liquidation,
  type Mark,
  type Parsed,
  type Price,
  type Trade,
  type UnixMs,
} from '@liquidation-heatmap/core';
import type { SequencedSnapshot } from '../../book/sequenced.js';
import { broken, decimalOf, isPlausibleTime, isSequence, ticksOf, numberOf } from '../../wire-fields.js';
import type { Contract } from '../../wire-levels.js';
import { oneSided, parseNumberLevels } from './number-fields.js';
import type { WireDepth, WireFunding, WireLiquidation, WirePriceCandle, WireTrade } from './wire.js';

/** `depth.step0`: the whole book. */
export function parseDepth(raw: WireDepth, contract: Contract, seenTime: UnixMs): Parsed<SequencedSnapshot> {
  const { mrid, ts } = raw;
  if (!isSequence(mrid)) return broken('bad-id', 'depth.mrid', 'a non-negative integer', mrid);
  if (!isPlausibleTime(ts)) return broken('bad-time', 'depth.ts', 'a time in milliseconds', ts);
  const bids = parseNumberLevels(raw.bids, 'depth.bids', contract);
  if (!bids.ok) return bids;
  const asks = parseNumberLevels(raw.asks, 'depth.asks', contract);
  if (!asks.ok) return asks;
  const at = { instrument: contract.id, eventTime: ts as UnixMs, seenTime };
  return parsed({ lastSequence: mrid, snapshot: { kind: 'book-snapshot', ...at, bids: bids.value, asks: asks.value } });
}

/** One trade. Its size in coin needs no contract size: the venue sends coins, of both sides. */
export function parseTrade(raw: WireTrade, contract: Contract, seenTime: UnixMs): Parsed<Trade> {
  const { direction, ts } = raw;
  const id = idOf(raw.id);
  const [price, quantity] = [numberOf(raw.price), numberOf(raw.quantity)];
  if (id === undefined) return broken('bad-id', 'trade.id', 'a whole number', raw.id);
  if (!(price > 0)) return broken('bad-number', 'trade.price', 'a positive number', raw.price);
  if (!(quantity > 0)) return broken('bad-number', 'trade.quantity', 'a positive number', raw.quantity);
  if (!isPlausibleTime(ts)) return broken('bad-time', 'trade.ts', 'a time in milliseconds', ts);
  if (direction !== 'buy' && direction !== 'sell')
    return broken('bad-side', 'trade.direction', 'buy or sell', direction);
  const priceTicks = ticksOf(price, contract.scale);
  if (Number.isNaN(priceTicks))
    return broken('off-tick', 'trade.price', `a multiple of the tick size ${contract.scale.tickSize}`, raw.price);
  const at = { instrument: contract.id, eventTime: ts as UnixMs, seenTime };
  const size = oneSided(quantity) as ContractSize;
  return parsed({ kind: 'trade', ...at, id, priceTicks, size, takerSide: direction });
}

/** The present mark or index: the close of the running candle. `eventTime` is when the venue sent it. */
export function parsePrice<Kind extends 'mark' | 'index'>(
  kind: Kind,
  raw: WirePriceCandle,
  eventTime: UnixMs,
  contract: Contract,
  seenTime: UnixMs,
): Parsed<(Mark | Index) & { readonly kind: Kind }> {
  const price = decimalOf(raw.close);
  if (!(price > 0)) return broken('bad-number', `${kind}.close`, 'a positive decimal', raw.close);
  const event = { kind, instrument: contract.id, eventTime, seenTime, price: price as Price };
  return parsed(event as (Mark | Index) & { readonly kind: Kind });
}

/**
 * A liquidation. The direction is that of the order that closed the position, so `buy` closed a short. Sizes are in coin and of one
 * side. The venue does not say that it sends all of them, so that they count as a lower bound.
 */
export function parseLiquidation(raw: WireLiquidation, contract: Contract, seenTime: UnixMs): Parsed<Liquidation> {
  const { direction, created_at: time } = raw;
  const [price, size] = [numberOf(raw.price), numberOf(raw.amount)];
  if (!(price > 0)) return broken('bad-number', 'liquidation_orders.price', 'a positive number', raw.price);
  if (!(size > 0)) return broken('bad-number', 'liquidation_orders.amount', 'a positive number', raw.amount);
  if (direction !== 'buy' && direction !== 'sell')
    return broken('bad-side', 'liquidation_orders.direction', 'buy or sell', direction);
  if (!isPlausibleTime(time))
    return broken('bad-time', 'liquidation_orders.created_at', 'a time in milliseconds', time);
  return parsed({
    kind: 'liquidation',
    instrument: contract.id,
    eventTime: time as UnixMs,
    seenTime,
    positionSide: direction === 'buy' ? 'short' : 'long',
    price: price as Price,
    priceKind: 'fill',
    size: size as ContractSize,
    completeness: 'partial',
  });
}

/** Funding of the running interval. `eventTime` is when the venue sent it. */
export function parseFunding(
  raw: WireFunding,
  eventTime: UnixMs,
  contract: Contract,
  seenTime: UnixMs,
): Parsed<Funding> {
  const rate = rateOf(raw.funding_rate);
  if (Number.isNaN(rate)) return broken('bad-number', 'funding_rate.funding_rate', 'a decimal', raw.funding_rate);
  const time = decimalOf(raw.settlement_time);
  if (!isPlausibleTime(time))
    return broken('bad-time', 'funding_rate.settlement_time', 'a time in milliseconds as text', raw.settlement_time);
  const at = { instrument: contract.id, eventTime, seenTime };
  return parsed({ kind: 'funding', ...at, rate: rate as Fraction, nextTime: time as UnixMs });
}

/** Ids are whole numbers, or texts where they were too long for one. */
function idOf(raw: unknown): string | undefined {
  if (isSequence(raw)) return String(raw);
  return typeof raw === 'string' && /^\d+$/.test(raw) ? raw : undefined;
}

/** Rates may come in scientific notation. */
function rateOf(raw: unknown): number {
  return typeof raw === 'string' && /^-?\d+(?:\.\d+)?(?:E[+-]?\d+)?$/i.test(raw) ? Number(raw) : Number.NaN;
}
