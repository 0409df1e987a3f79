import type { LongShortRatio } from '@liquidation-heatmap/core';
import type { TimeSpan } from '../../live/venue-rules.js';

/** REST host; `instruments`, `history-candles` and `time` are known to answer a page with CORS headers. */
export const REST_BASE = 'https://www.okx.com';
/** Socket host. */
export const SOCKET_BASE = 'wss://ws.okx.com:8443';
/** Address of the socket for books, trades, prices, open interest and liquidations. */
export const PUBLIC_SOCKET_URL = `${SOCKET_BASE}/ws/v5/public`;

/** Address that answers the venue's time. */
export const TIME_URL = `${REST_BASE}/api/v5/public/time`;
/** Address of every swap the venue lists. */
export const INSTRUMENTS_URL = `${REST_BASE}/api/v5/public/instruments?instType=SWAP`;

/** Whether a recorded address is one of the venue's; both lines share them all. */
export function ownsUrl(url: string): boolean {
  return url.startsWith(`${SOCKET_BASE}/`) || url.startsWith(`${REST_BASE}/api/v5/`);
}

/** Address of up to `limit` (100) candles: `history-candles` of last prices, `history-mark-price-candles` of marks. */
export function candlesUrl(call: string, ownSymbol: string, bar: string, limit: number, span: TimeSpan): string {
  // `after` and `before` leave their own moment out.
  const query = `instId=${ownSymbol}&bar=${bar}&after=${String(span.to + 1)}&before=${String(span.from - 1)}`;
  return `${REST_BASE}/api/v5/market/${call}?${query}&limit=${String(limit)}`;
}

/** Address of up to `limit` (100) values of open interest of a period such as `5m`. */
export function openInterestHistoryUrl(ownSymbol: string, period: string, limit: number, span: TimeSpan): string {
  const query = `instId=${ownSymbol}&period=${period}&begin=${String(span.from)}&end=${String(span.to)}`;
  return `${REST_BASE}/api/v5/rubik/stat/contracts/open-interest-history?${query}&limit=${String(limit)}`;
}

/** What the venue calls its statistics of longs and shorts. */
const RATIO_CALLS: Readonly<Record<LongShortRatio['population'], string>> = {
  'all-accounts': 'long-short-account-ratio-contract',
  'top-accounts': 'long-short-account-ratio-contract-top-trader',
  'top-positions': 'long-short-position-ratio-contract-top-trader',
};

/** Address of a statistic of longs and shorts without its query. */
export function ratioPath(population: LongShortRatio['population']): string {
  return `${REST_BASE}/api/v5/rubik/stat/contracts/${RATIO_CALLS[population]}`;
}

/** Address of up to `limit` (100) ratios of longs to shorts of a period such as `5m`: the newest, or those of a span. */
export function longShortRatioUrl(
  population: LongShortRatio['population'],
  ownSymbol: string,
  period: string,
  limit: number,
  span?: TimeSpan,
): string {
  const times = span === undefined ? '' : `&begin=${String(span.from)}&end=${String(span.to)}`;
  return `${ratioPath(population)}?instId=${ownSymbol}&period=${period}${times}&limit=${String(limit)}`;
}

/** Address of the newest trades, at most 500. */
export function tradesUrl(ownSymbol: string, limit: number): string {
  return `${REST_BASE}/api/v5/market/trades?instId=${ownSymbol}&limit=${String(limit)}`;
}
