import type { IntervalName, TimeSpan } from '../../live/venue-rules.js';

/** REST origin; `POST /info` answers a page with CORS headers, preflight included (measured by a third party, 2026-10). */
export const REST_BASE = 'https://api.hyperliquid.xyz';
/** Origin of the sockets. */
export const SOCKET_BASE = 'wss://api.hyperliquid.xyz';

/** Address of the public socket: every subscription of every coin. */
export const SOCKET_URL = `${SOCKET_BASE}/ws`;
/** The one REST address: what is asked for is in the body. */
export const INFO_URL = `${REST_BASE}/info`;

/** A question to `POST /info`. */
export interface InfoRequest {
  readonly url: string;
  /** JSON. */
  readonly body: string;
}

/** Contracts and margin tables. */
export const META_REQUEST: InfoRequest = infoRequest({ type: 'meta' });
/** Contracts and margin tables, with mark, oracle price, open interest and funding of all of them. */
export const CONTEXTS_REQUEST: InfoRequest = infoRequest({ type: 'metaAndAssetCtxs' });

/** Whether a recorded address belongs to the venue. */
export function ownsUrl(url: string): boolean {
  return url.startsWith(`${REST_BASE}/`) || url.startsWith(`${SOCKET_BASE}/`);
}

/** Asks for candles that overlap a span; the venue keeps about 5000 of each length (not verified). */
export function candlesRequest(ownSymbol: string, interval: IntervalName, { from, to }: TimeSpan): InfoRequest {
  return infoRequest({ type: 'candleSnapshot', req: { coin: ownSymbol, interval, startTime: from, endTime: to } });
}

/** Asks for the newest few trades; older ones are not to be had. */
export function recentTradesRequest(ownSymbol: string): InfoRequest {
  return infoRequest({ type: 'recentTrades', coin: ownSymbol });
}

/** Asks for a book: it bears the venue's time, and costs the least of what does. */
export function bookRequest(ownSymbol: string): InfoRequest {
  return infoRequest({ type: 'l2Book', coin: ownSymbol });
}

/** Asks for the open positions of an address: public for whoever knows it. */
export function positionsRequest(user: string): InfoRequest {
  return infoRequest({ type: 'clearinghouseState', user });
}

function infoRequest(question: object): InfoRequest {
  return { url: INFO_URL, body: JSON.stringify(question) };
}
