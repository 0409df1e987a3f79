import type { MarketEvent, Parsed, UnixMs } from '@liquidation-heatmap/core';
import { faultOf, isObject, shown, type JsonObject } from '../../wire-fields.js';
import type { Reading } from '../../reading-session.js';
import { contractOf } from '../../wire-levels.js';
import type { InstrumentFeed } from './instrument-feed.js';
import { parseKlines, parseMarkPriceKlines, parseOpenInterest, parseOpenInterestHistory } from './parse-rest.js';
import type {
  WireAggTrade,
  WireBookTicker,
  WireDepthSnapshot,
  WireDepthUpdate,
  WireForceOrder,
  WireKline,
  WireMarkPrice,
  WireOpenInterest,
  WireTrade,
} from './wire.js';

/** Hands a stream payload to the reader of its event type; undefined for types that are not used. */
export function readPayload(feed: InstrumentFeed, payload: JsonObject, seenTime: UnixMs): Reading | undefined {
  switch (payload['e']) {
    case 'bookTicker':
      return feed.onBookTicker(payload as unknown as WireBookTicker);
    case 'depthUpdate':
      return feed.onDepth(payload as unknown as WireDepthUpdate, seenTime);
    case 'aggTrade':
      return feed.onTrade('aggTrade', payload as unknown as WireAggTrade, seenTime);
    case 'trade':
      return feed.onTrade('trade', payload as unknown as WireTrade, seenTime);
    case 'markPriceUpdate':
      return feed.onMarkPrice(payload as unknown as WireMarkPrice, seenTime);
    case 'forceOrder':
      return feed.onForceOrder(payload as unknown as WireForceOrder, seenTime);
    case 'kline':
      return isObject(payload['k'])
        ? feed.onKline(payload as unknown as WireKline, seenTime)
        : noObject('kline.k', payload['k']);
    default:
      return undefined;
  }
}

/** Hands a REST body to the reader of its call; undefined for calls that are not used. */
export function readBody(
  feed: InstrumentFeed,
  call: string,
  value: unknown,
  seenTime: UnixMs,
  generation: number | undefined,
): Reading | undefined {
  const contract = contractOf(feed.spec);
  switch (call) {
    case 'depth':
      return isObject(value)
        ? feed.onDepthSnapshot(value as unknown as WireDepthSnapshot, seenTime, generation)
        : noObject('depth', value);
    case 'openInterest':
      return isObject(value)
        ? eventsOf(parseOpenInterest(value as unknown as WireOpenInterest, contract, seenTime))
        : noObject('openInterest', value);
    case 'openInterestHist':
      return eventsOf(parseOpenInterestHistory(value, contract));
    case 'klines':
      return eventsOf(parseKlines(value, contract, seenTime));
    case 'markPriceKlines':
      return eventsOf(parseMarkPriceKlines(value, contract, seenTime));
    default:
      return undefined;
  }
}

function eventsOf(reading: Parsed<MarketEvent | readonly MarketEvent[]>): Reading {
  if (!reading.ok) return reading;
  return {
    ok: true,
    events: Array.isArray(reading.value) ? (reading.value as readonly MarketEvent[]) : [reading.value as MarketEvent],
  };
}

function noObject(field: string, raw: unknown): Reading {
  return { ok: false, fault: faultOf('bad-payload', field, `${field} must be an object, was ${shown(raw)}`) };
}
