import type { VenueName } from '../market/venue-name.js';
import { ownEntry } from '../venues/own-entry.js';

/** Hosts that are spoken for, and by whom. */
export const VENUE_HOSTS: Readonly<Record<string, VenueName>> = {
  'fstream.binance.com': 'binance',
  'fapi.binance.com': 'binance',
  'stream.bybit.com': 'bybit',
  'api.bybit.com': 'bybit',
  'ws.okx.com': 'okx',
  'www.okx.com': 'okx',
  'api.hyperliquid.xyz': 'hyperliquid',
};

/** Where a client wants to go. */
export interface VenueAddress {
  readonly venue: VenueName;
  readonly host: string;
  /** Below the host, begins with a slash. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/**
 * Reads an address: the original (`wss://ws.okx.com:8443/ws/v5/public`) or the local one, whose first segment is the host
 * (`ws://127.0.0.1:8900/ws.okx.com/ws/v5/public`). Undefined where nobody speaks for the host.
 */
export function addressOf(url: string): VenueAddress | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname, pathname, searchParams: query } = new URL(url);
  const [, first = '', ...rest] = pathname.split('/');
  const isOriginal = ownEntry(VENUE_HOSTS, hostname) !== undefined;
  const host = isOriginal ? hostname : first;
  const venue = ownEntry(VENUE_HOSTS, host);
  if (venue === undefined) return undefined;
  return { venue, host, path: isOriginal ? pathname : `/${rest.join('/')}`, query };
}

/** The local address of an original one: the only thing that differs for a client. */
export function localAddress(url: string, base: string): string {
  const { hostname, pathname, search, protocol } = new URL(url);
  const isSocket = protocol === 'ws:' || protocol === 'wss:';
  return `${isSocket ? base.replace(/^http/, 'ws') : base}/${hostname}${pathname}${search}`;
}

/** Paths that a page can read, as of 2026-10 (venues.md 8); all others answer without the header, so that a browser hides them. */
const READABLE: readonly (readonly [host: string, path: RegExp])[] = [
  ['fapi.binance.com', /^\/fapi\/v1\/(depth|klines|openInterest|ping)$/],
  ['fapi.binance.com', /^\/futures\/data\/openInterestHist$/],
  ['api.bybit.com', /^\/v5\/market\/(kline|time)$/],
  ['www.okx.com', /^\/api\/v5\/public\/(instruments|time)$/],
  ['www.okx.com', /^\/api\/v5\/market\/history-candles$/],
  ['api.hyperliquid.xyz', /^\/info$/],
];
/** The only path whose POST of JSON a browser asks leave for. */
const PREFLIGHT_HOST = 'api.hyperliquid.xyz';

/** True where the venue lets any page read the answer. */
export function isReadableByPages({ host, path }: VenueAddress): boolean {
  return READABLE.some(([known, pattern]) => known === host && pattern.test(path));
}

/** True where the venue answers a preflight. */
export function answersPreflight(address: VenueAddress): boolean {
  return address.host === PREFLIGHT_HOST && isReadableByPages(address);
}
