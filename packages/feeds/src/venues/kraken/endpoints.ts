import type { TimeSpan } from '../../live/venue-rules.js';

/** REST origin; whether it answers a page with CORS headers is not known. */
export const REST_BASE = 'https://futures.kraken.com';
/** Origin of the sockets. */
export const SOCKET_BASE = 'wss://futures.kraken.com';

/** Address of the public socket: every feed of every product. */
export const SOCKET_URL = `${SOCKET_BASE}/ws/v1`;
/** Address of the list of contracts, margin levels included; its body also tells the venue's time. */
export const INSTRUMENTS_URL = `${REST_BASE}/derivatives/api/v3/instruments`;

/** Whether a recorded address belongs to the venue. */
export function ownsUrl(url: string): boolean {
  return url.startsWith(`${REST_BASE}/`) || url.startsWith(`${SOCKET_BASE}/`);
}

/** Address of the newest 100 trades of a product. */
export function tradesUrl(ownSymbol: string): string {
  return `${REST_BASE}/derivatives/api/v3/history?symbol=${encodeURIComponent(ownSymbol)}`;
}

/** Address of candles that start in a span: of trades or of mark prices. Their parameters are whole seconds. */
export function candlesUrl(
  prices: 'trade' | 'mark',
  ownSymbol: string,
  interval: '1m' | '5m',
  { from, to }: TimeSpan,
): string {
  const span = `from=${String(Math.floor(from / 1_000))}&to=${String(Math.ceil(to / 1_000))}`;
  return `${REST_BASE}/api/charts/v1/${prices}/${encodeURIComponent(ownSymbol)}/${interval}?${span}`;
}
