import type { TimeSpan } from '../../live/venue-rules.js';

/** REST origin; whether it answers a page with CORS headers is not known. */
export const REST_BASE = 'https://api.gateio.ws';
/** Origin of the sockets. */
export const SOCKET_BASE = 'wss://fx-ws.gateio.ws';
/** Address of the socket for contracts settled in USDT. */
export const SOCKET_URL = `${SOCKET_BASE}/v4/ws/usdt`;

const FUTURES = `${REST_BASE}/api/v4/futures/usdt`;

/** Address that answers the venue's time. */
export const TIME_URL = `${REST_BASE}/api/v4/spot/time`;
/** Address of every contract settled in USDT. */
export const INSTRUMENTS_URL = `${FUTURES}/contracts`;

/** Levels a side of a book snapshot, as many as the stream of changes covers. */
export const SNAPSHOT_LEVELS = 100;

/** Whether a recorded address belongs to the contracts settled in USDT. */
export function ownsUrl(url: string): boolean {
  return url === SOCKET_URL || url.startsWith(`${FUTURES}/`);
}

/** Address of a book snapshot with the id it is true at. */
export function orderBookUrl(ownSymbol: string): string {
  return `${FUTURES}/order_book?contract=${encodeURIComponent(ownSymbol)}&limit=${String(SNAPSHOT_LEVELS)}&with_id=true`;
}

/** Address of candles that start in a span, up to 2000: of trades or of mark prices. Times are whole seconds. */
export function candlesUrl(
  prices: 'trade' | 'mark',
  ownSymbol: string,
  interval: '1m' | '5m',
  { from, to }: TimeSpan,
): string {
  const contract = prices === 'mark' ? `mark_${ownSymbol}` : ownSymbol;
  const span = `from=${String(Math.ceil(from / 1_000))}&to=${String(Math.floor(to / 1_000))}`;
  return `${FUTURES}/candlesticks?contract=${encodeURIComponent(contract)}&interval=${interval}&${span}`;
}

/** Address of up to `limit` (1000) newest trades. */
export function tradesUrl(ownSymbol: string, limit: number): string {
  return `${FUTURES}/trades?contract=${encodeURIComponent(ownSymbol)}&limit=${String(limit)}`;
}

/** Address of open interest and ratios without its query. */
export const STATS_PATH = `${FUTURES}/contract_stats`;

/** Address of up to `limit` values of open interest and ratios: from a time on, ms, or the newest. */
export function statsUrl(ownSymbol: string, interval: '5m' | '1h', from: number | undefined, limit: number): string {
  const start = from === undefined ? '' : `&from=${String(Math.ceil(from / 1_000))}`;
  const query = `contract=${encodeURIComponent(ownSymbol)}&interval=${interval}${start}&limit=${String(limit)}`;
  return `${STATS_PATH}?${query}`;
}

/** Address of the liquidations of a span of at most one hour. */
export function liquidationsUrl(ownSymbol: string, { from, to }: TimeSpan): string {
  const span = `from=${String(Math.floor(from / 1_000))}&to=${String(Math.ceil(to / 1_000))}`;
  return `${FUTURES}/liq_orders?contract=${encodeURIComponent(ownSymbol)}&${span}`;
}

/** Address of the margin tiers of a contract. */
export function marginTiersUrl(ownSymbol: string): string {
  return `${FUTURES}/risk_limit_tiers?contract=${encodeURIComponent(ownSymbol)}`;
}

/** Last part of a REST address's path and its contract, e.g. `order_book` and `BTC_USDT`. */
export function restCallOf(url: string): { readonly call: string; readonly ownSymbol: string | undefined } {
  const { pathname, searchParams } = new URL(url);
  return {
    call: pathname.slice(pathname.lastIndexOf('/') + 1),
    ownSymbol: searchParams.get('contract') ?? undefined,
  };
}
