import type { TimeSpan } from '../../live/venue-rules.js';

/** REST origin; `candles` and `time` are known to answer a page with CORS headers. */
export const REST_BASE = 'https://api.bitget.com';
/** Origin of the sockets. */
export const SOCKET_BASE = 'wss://ws.bitget.com';
/** Address of the public socket of today's interface. */
export const SOCKET_URL = `${SOCKET_BASE}/v3/ws/public`;

const MARKET = `${REST_BASE}/api/v3/market`;
const CATEGORY = 'category=USDT-FUTURES';

/** Address that answers the venue's time. */
export const TIME_URL = `${REST_BASE}/api/v2/public/time`;
/** Address of every contract in USDT. */
export const INSTRUMENTS_URL = `${MARKET}/instruments?${CATEGORY}`;

/** Public sockets of all generations: v1 was retired, v2 is older than v3. */
const SOCKETS: readonly string[] = [`${SOCKET_BASE}/mix/v1/stream`, `${SOCKET_BASE}/v2/ws/public`, SOCKET_URL];

/** Whether a recorded address belongs to the venue's contracts. */
export function ownsUrl(url: string): boolean {
  return SOCKETS.includes(url) || url.startsWith(`${MARKET}/`) || url.startsWith(`${REST_BASE}/api/v2/mix/market/`);
}

/** Address of up to `limit` (1000) candles that start in a span: of trades or of mark prices. */
export function candlesUrl(
  type: 'MARKET' | 'MARK',
  ownSymbol: string,
  interval: '1m' | '5m',
  limit: number,
  { from, to }: TimeSpan,
): string {
  const span = `startTime=${String(from)}&endTime=${String(to)}&limit=${String(limit)}`;
  return `${MARKET}/candles?${CATEGORY}&symbol=${ownSymbol}&interval=${interval}&type=${type}&${span}`;
}

/** Address of up to `limit` (100) newest trades. */
export function tradesUrl(ownSymbol: string, limit: number): string {
  return `${MARKET}/fills?${CATEGORY}&symbol=${ownSymbol}&limit=${String(limit)}`;
}

/** Address of the margin tiers of a contract. */
export function marginTiersUrl(ownSymbol: string): string {
  return `${MARKET}/position-tier?${CATEGORY}&symbol=${ownSymbol}`;
}

/** Address of the shares of long and short accounts without its query. */
export const ACCOUNT_RATIO_PATH = `${REST_BASE}/api/v2/mix/market/account-long-short`;

/** Address of the newest shares of long and short accounts, which cannot be asked for by time; one request a second. */
export function accountRatioUrl(ownSymbol: string, period: '5m' | '1h'): string {
  return `${ACCOUNT_RATIO_PATH}?symbol=${ownSymbol}&period=${period}`;
}
