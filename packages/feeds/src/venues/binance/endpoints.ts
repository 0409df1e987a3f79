import type { TimeSpan } from '../../live/venue-rules.js';

/** REST host of USDS-M futures; answers with CORS headers for the paths below except, perhaps, exchangeInfo. */
export const REST_BASE = 'https://fapi.binance.com';
/** Socket host of USDS-M futures. */
export const SOCKET_BASE = 'wss://fstream.binance.com';

/** Classes of streams: since 2026-04-23 each flows on its own path only; older recordings use a path without a class. */
export type StreamClass = 'public' | 'market';

/** The class in a socket's address; undefined for the address without one that older recordings hold. */
export function streamClassOfUrl(url: string): StreamClass | undefined {
  const path = /^wss:\/\/[^/]+\/(public|market)\//.exec(url)?.[1];
  return path as StreamClass | undefined;
}

/** Stream names in a socket's address: `.../stream?streams=a/b` or `.../ws/a`. */
export function streamsOfUrl(url: string): readonly string[] {
  const combined = /[?&]streams=([^&]+)/.exec(url)?.[1];
  if (combined !== undefined) return combined.split('/');
  const single = /\/ws\/(.+)$/.exec(url)?.[1];
  return single === undefined ? [] : single.split('/');
}

/** Address of a book snapshot: 1000 levels a side, weight 20. */
export function depthUrl(ownSymbol: string): string {
  return `${REST_BASE}/fapi/v1/depth?symbol=${ownSymbol}&limit=1000`;
}

/** Address of the present open interest, weight 1. */
export function openInterestUrl(ownSymbol: string): string {
  return `${REST_BASE}/fapi/v1/openInterest?symbol=${ownSymbol}`;
}

/** Address of up to `limit` (500) open-interest values of a period such as `5m`; the venue keeps about 30 days. */
export function openInterestHistoryUrl(ownSymbol: string, period: string, limit: number, span?: TimeSpan): string {
  return `${REST_BASE}/futures/data/openInterestHist?symbol=${ownSymbol}&period=${period}&limit=${limit}${spanQuery(span)}`;
}

/** Address of up to `limit` (1500) candles of last prices. */
export function klinesUrl(ownSymbol: string, interval: string, limit: number, span?: TimeSpan): string {
  return `${REST_BASE}/fapi/v1/klines?symbol=${ownSymbol}&interval=${interval}&limit=${limit}${spanQuery(span)}`;
}

/** Address of up to `limit` (1500) candles of mark prices. */
export function markPriceKlinesUrl(ownSymbol: string, interval: string, limit: number, span?: TimeSpan): string {
  return `${REST_BASE}/fapi/v1/markPriceKlines?symbol=${ownSymbol}&interval=${interval}&limit=${limit}${spanQuery(span)}`;
}

/** Address of up to `limit` (1000) aggregated trades from an id on, or of a span of at most an hour; weight 20. */
export function aggTradesUrl(ownSymbol: string, limit: number, from: { readonly fromId: number } | TimeSpan): string {
  const start = 'fromId' in from ? `&fromId=${from.fromId}` : spanQuery(from);
  return `${REST_BASE}/fapi/v1/aggTrades?symbol=${ownSymbol}&limit=${limit}${start}`;
}

/** Address that answers `{}` at once, weight 1. */
export const PING_URL = `${REST_BASE}/fapi/v1/ping`;

/** Address that answers the venue's time, weight 1. */
export const TIME_URL = `${REST_BASE}/fapi/v1/time`;

/** Address of the contract list with tick sizes and size steps. */
export const EXCHANGE_INFO_URL = `${REST_BASE}/fapi/v1/exchangeInfo`;

/** Last part of a REST address's path and its `symbol` parameter, e.g. `depth` and `BTCUSDT`. */
export function restCallOf(url: string): { readonly call: string; readonly ownSymbol: string | undefined } {
  const [path = '', query = ''] = url.split('?');
  const ownSymbol = /(?:^|&)symbol=([A-Z0-9_]+)/.exec(query)?.[1];
  return { call: path.slice(path.lastIndexOf('/') + 1), ownSymbol };
}

function spanQuery(span: TimeSpan | undefined): string {
  return span === undefined ? '' : `&startTime=${span.from}&endTime=${span.to}`;
}
