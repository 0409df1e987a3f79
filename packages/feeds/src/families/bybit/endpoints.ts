import type { TimeSpan } from '../../live/venue-rules.js';
import type { BybitLine } from './line.js';

/** REST host; `kline` and `time` are known to answer a page with CORS headers. */
export const REST_BASE = 'https://api.bybit.com';
/** Socket host. */
export const SOCKET_BASE = 'wss://stream.bybit.com';

/** Address that answers the venue's time. */
export const TIME_URL = `${REST_BASE}/v5/market/time`;

/** Address of a line's public socket. */
export function socketUrl({ category }: Pick<BybitLine, 'category'>): string {
  return `${SOCKET_BASE}/v5/public/${category}`;
}

/** Whether a recorded address belongs to a line: its socket, or a body that names its category. */
export function ownsUrl({ category }: Pick<BybitLine, 'category'>, url: string): boolean {
  if (url.startsWith(socketUrl({ category }))) return true;
  return url.startsWith(`${REST_BASE}/v5/market/`) && new RegExp(`[?&]category=${category}(?:&|$)`).test(url);
}

/** Address of a body of `/v5/market/<call>`. */
export function marketUrl(call: string, category: string, query: Readonly<Record<string, string | number>>): string {
  const rest = Object.entries(query).map(([name, value]) => `&${name}=${encodeURIComponent(value)}`);
  return `${REST_BASE}/v5/market/${call}?category=${category}${rest.join('')}`;
}

/** A span as the venue's `start` and `end`, both ends included. */
export function spanQuery({ from, to }: TimeSpan): { readonly start: number; readonly end: number } {
  return { start: from, end: to };
}
