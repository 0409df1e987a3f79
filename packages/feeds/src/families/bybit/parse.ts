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
import type { SequencedDelta, SequencedSnapshot } from '../../book/sequenced.js';
import { broken, decimalOf, isPlausibleTime, isSequence, ticksOf } from '../../wire-fields.js';
import { parseLevels, type Contract } from '../../wire-levels.js';
import type { WireLiquidation, WireOrderBook, WireTicker, WireTrade } from './wire.js';

/** One trade; undefined for a block trade, which did not trade in the book and moves no price. */
export function parseTrade(raw: WireTrade, contract: Contract, seenTime: UnixMs): Parsed<Trade | undefined> {
  if (raw.BT === true) return parsed(undefined);
  const price = decimalOf(raw.p);
  const size = decimalOf(raw.v);
  if (typeof raw.i !== 'string' || raw.i === '') return broken('bad-id', 'publicTrade.i', 'a text', raw.i);
  if (!(price > 0)) return broken('bad-number', 'publicTrade.p', 'a positive decimal', raw.p);
  if (!(size > 0)) return broken('bad-number', 'publicTrade.v', 'a positive decimal', raw.v);
  if (!isPlausibleTime(raw.T)) return broken('bad-time', 'publicTrade.T', 'a time in milliseconds', raw.T);
  if (raw.S !== 'Buy' && raw.S !== 'Sell') return broken('bad-side', 'publicTrade.S', 'Buy or Sell', raw.S);
  const priceTicks = ticksOf(price, contract.scale);
  if (Number.isNaN(priceTicks)) {
    return broken('off-tick', 'publicTrade.p', `a multiple of the tick size ${contract.scale.tickSize}`, raw.p);
  }
  return parsed({
    kind: 'trade',
    instrument: contract.id,
    eventTime: raw.T as UnixMs,
    seenTime,
    id: raw.i,
    priceTicks,
    size: size as ContractSize,
    takerSide: raw.S === 'Buy' ? 'buy' : 'sell',
  });
}

/** A whole book or a change of one: one bad level spoils all of it, since a book with a hole is a wrong book. */
export function parseOrderBook(
  raw: WireOrderBook,
  isSnapshot: boolean,
  eventTime: UnixMs,
  contract: Contract,
  seenTime: UnixMs,
): Parsed<SequencedSnapshot | SequencedDelta> {
  const { u } = raw;
  if (!isSequence(u)) return broken('bad-id', 'orderbook.u', 'a non-negative integer', u);
  const bids = parseLevels(raw.b, 'orderbook.b', contract);
  if (!bids.ok) return bids;
  const asks = parseLevels(raw.a, 'orderbook.a', contract);
  if (!asks.ok) return asks;
  const book = { instrument: contract.id, eventTime, seenTime, bids: bids.value, asks: asks.value };
  return isSnapshot
    ? parsed({ lastSequence: u, snapshot: { kind: 'book-snapshot', ...book } })
    : parsed({ first: u, last: u, previous: undefined, delta: { kind: 'book-delta', ...book } });
}

/** What a ticker frame says of mark, index, open interest and funding; fields that did not change are absent and say nothing. */
export function parseTicker(
  raw: WireTicker,
  merged: WireTicker,
  eventTime: UnixMs,
  instrument: InstrumentId,
  seenTime: UnixMs,
): Parsed<readonly (Mark | Index | OpenInterest | Funding)[]> {
  const at = { instrument, eventTime, seenTime };
  const events: (Mark | Index | OpenInterest | Funding)[] = [];
  if (raw.markPrice !== undefined) {
    const price = decimalOf(raw.markPrice);
    if (!(price > 0)) return broken('bad-number', 'tickers.markPrice', 'a positive decimal', raw.markPrice);
    events.push({ kind: 'mark', ...at, price: price as Price });
  }
  if (raw.indexPrice !== undefined) {
    const price = decimalOf(raw.indexPrice);
    if (!(price > 0)) return broken('bad-number', 'tickers.indexPrice', 'a positive decimal', raw.indexPrice);
    events.push({ kind: 'index', ...at, price: price as Price });
  }
  if (raw.singleOpenInterest !== undefined) {
    const size = decimalOf(raw.singleOpenInterest);
    if (!(size >= 0)) {
      return broken('bad-number', 'tickers.singleOpenInterest', 'a decimal of at least 0', raw.singleOpenInterest);
    }
    events.push({ kind: 'open-interest', ...at, size: size as ContractSize });
  }
  if (raw.fundingRate === undefined && raw.nextFundingTime === undefined) return parsed(events);
  const funding = parseFunding(merged);
  if (!funding.ok) return funding;
  return parsed(funding.value === undefined ? events : [...events, { kind: 'funding', ...at, ...funding.value }]);
}

/** Funding of the merged ticker; undefined while its rate has not come, or for contracts that send an empty one. */
function parseFunding(merged: WireTicker): Parsed<Pick<Funding, 'rate' | 'nextTime'> | undefined> {
  const { fundingRate, nextFundingTime } = merged;
  if (fundingRate === undefined || fundingRate === '') return parsed(undefined);
  const rate = decimalOf(fundingRate);
  if (Number.isNaN(rate)) return broken('bad-number', 'tickers.fundingRate', 'a decimal', fundingRate);
  const time = decimalOf(nextFundingTime);
  if (nextFundingTime === undefined || time === 0) return parsed({ rate: rate as Fraction, nextTime: undefined });
  if (!isPlausibleTime(time)) {
    return broken('bad-time', 'tickers.nextFundingTime', 'a time in milliseconds as text', nextFundingTime);
  }
  return parsed({ rate: rate as Fraction, nextTime: time as UnixMs });
}

/**
 * A liquidation. The side is the position's, so `Buy` closed a long: the opposite of Binance's letter (checked against the venue's
 * own book in 46 recorded events). The price is the bankruptcy price, not where it traded.
 */
export function parseLiquidation(
  raw: WireLiquidation,
  instrument: InstrumentId,
  seenTime: UnixMs,
): Parsed<Liquidation> {
  const price = decimalOf(raw.p);
  const size = decimalOf(raw.v);
  if (!(price > 0)) return broken('bad-number', 'allLiquidation.p', 'a positive decimal', raw.p);
  if (!(size > 0)) return broken('bad-number', 'allLiquidation.v', 'a positive decimal', raw.v);
  if (raw.S !== 'Buy' && raw.S !== 'Sell') return broken('bad-side', 'allLiquidation.S', 'Buy or Sell', raw.S);
  if (!isPlausibleTime(raw.T)) return broken('bad-time', 'allLiquidation.T', 'a time in milliseconds', raw.T);
  return parsed({
    kind: 'liquidation',
    instrument,
    eventTime: raw.T as UnixMs,
    seenTime,
    positionSide: raw.S === 'Buy' ? 'long' : 'short',
    price: price as Price,
    priceKind: 'bankruptcy',
    size: size as ContractSize,
    completeness: 'complete',
  });
}
