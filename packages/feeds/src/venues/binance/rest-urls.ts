import { REST_BASE, klinesUrl, markPriceKlinesUrl, openInterestHistoryUrl } from './endpoints.js';

/** Start times asked for, in ms since 1970, both ends included. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** Answers `{}` with weight 1: the cheapest way to learn whether the venue answers here. */
export const PING_URL = `${REST_BASE}/fapi/v1/ping`;
/** Answers the venue's time with weight 1. */
export const TIME_URL = `${REST_BASE}/fapi/v1/time`;

/** Candles of last prices that start in the span. */
export function klinesSpanUrl(ownSymbol: string, interval: string, limit: number, span: TimeSpan): string {
  return klinesUrl(ownSymbol, interval, limit) + spanQuery(span);
}

/** Candles of mark prices that start in the span. */
export function markPriceKlinesSpanUrl(ownSymbol: string, interval: string, limit: number, span: TimeSpan): string {
  return markPriceKlinesUrl(ownSymbol, interval, limit) + spanQuery(span);
}

/** Open-interest values in the span. */
export function openInterestSpanUrl(ownSymbol: string, period: string, limit: number, span: TimeSpan): string {
  return openInterestHistoryUrl(ownSymbol, period, limit) + spanQuery(span);
}

/** Aggregated trades from an id on, or in a span of less than an hour; weight 20. */
export function aggTradesUrl(ownSymbol: string, limit: number, from: { readonly fromId: number } | TimeSpan): string {
  const start = 'fromId' in from ? `&fromId=${String(from.fromId)}` : spanQuery(from);
  return `${REST_BASE}/fapi/v1/aggTrades?symbol=${ownSymbol}&limit=${String(limit)}${start}`;
}

function spanQuery(span: TimeSpan): string {
  return `&startTime=${String(span.from)}&endTime=${String(span.to)}`;
}
