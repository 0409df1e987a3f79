import type { Channel } from '@liquidation-heatmap/core';

/** REST origin; whether it answers a page with CORS headers is not known. */
export const REST_BASE = 'https://api.hbdm.com';
/** Origin of the sockets. */
export const SOCKET_BASE = 'wss://api.hbdm.com';

/** The venue's sockets: books and trades, liquidations and funding, marks and indices. */
export type SocketName = 'market' | 'notification' | 'index';

/** Addresses of the sockets. The index socket serves other product lines too. */
export const SOCKET_URLS: Readonly<Record<SocketName, string>> = {
  market: `${SOCKET_BASE}/linear-swap-ws`,
  notification: `${SOCKET_BASE}/linear-swap-notification`,
  index: `${SOCKET_BASE}/ws_index`,
};

/** On which socket a channel flows; open interest is polled, and the others do not come. */
const SOCKET_OF: Partial<Record<Channel, SocketName>> = {
  trades: 'market',
  book: 'market',
  liquidations: 'notification',
  funding: 'notification',
  mark: 'index',
  index: 'index',
};

/** The socket a channel flows on. */
export function socketOf(channel: Channel): SocketName | undefined {
  return SOCKET_OF[channel];
}

/** The socket at an address; undefined for any other. */
export function socketAt(url: string): SocketName | undefined {
  const names: readonly SocketName[] = ['market', 'notification', 'index'];
  return names.find((name) => SOCKET_URLS[name] === url);
}

/** Whether a recorded address is one of the linear contracts' own: a socket, or a body of their REST paths. */
export function ownsUrl(url: string): boolean {
  if (socketAt(url) !== undefined) return true;
  const paths = ['/linear-swap-api/', '/linear-swap-ex/', '/index/market/history/linear_swap_'];
  return paths.some((path) => url.startsWith(`${REST_BASE}${path}`));
}

/** Address that answers the venue's time. */
export const TIME_URL = `${REST_BASE}/api/v1/timestamp`;
/** Address of the list of perpetuals. */
export const INSTRUMENTS_URL = `${REST_BASE}/linear-swap-api/v1/swap_contract_info?business_type=swap`;

/** Address of the present open interest of a contract. */
export function openInterestUrl(ownSymbol: string): string {
  return apiUrl('swap_open_interest', ownSymbol);
}

/** Address of hourly open interest of the past in coin, up to 200 values; the venue has no finer ones. */
export function openInterestHistoryUrl(ownSymbol: string, size: number): string {
  return `${apiUrl('swap_his_open_interest', ownSymbol)}&period=60min&amount_type=2&size=${String(size)}`;
}

/** Address of the long and short shares of large accounts or of their positions, without its query. */
export function eliteRatioPath(of: 'account' | 'position'): string {
  return `${REST_BASE}/linear-swap-api/v1/swap_elite_${of}_ratio`;
}

/** Address of the newest long and short shares of large accounts or of their positions, which cannot be asked for by time. */
export function eliteRatioUrl(ownSymbol: string, of: 'account' | 'position', period: '5min' | '60min'): string {
  return `${eliteRatioPath(of)}?${contract(ownSymbol)}&period=${period}`;
}

/** Address of candles of trades that start in a span, up to 2000; times in whole seconds. */
export function candlesUrl(
  ownSymbol: string,
  period: '1min' | '5min',
  { from, to }: { readonly from: number; readonly to: number },
): string {
  const span = `&from=${String(Math.floor(from / 1_000))}&to=${String(Math.floor(to / 1_000))}`;
  return `${REST_BASE}/linear-swap-ex/market/history/kline?${contract(ownSymbol)}&period=${period}${span}`;
}

/** Address of the newest candles of mark prices, up to 2000; they cannot be asked for by time. */
export function markCandlesUrl(ownSymbol: string, period: '1min' | '5min', size: number): string {
  const query = `${contract(ownSymbol)}&period=${period}&size=${String(size)}`;
  return `${REST_BASE}/index/market/history/linear_swap_mark_price_kline?${query}`;
}

/** Address of the newest trades, up to 2000. */
export function tradesUrl(ownSymbol: string, size: number): string {
  return `${REST_BASE}/linear-swap-ex/market/history/trade?${contract(ownSymbol)}&size=${String(size)}`;
}

/** Last part of a REST address's path and its contract, e.g. `swap_open_interest` and `BTC-USDT`. */
export function restCallOf(url: string): { readonly call: string; readonly ownSymbol: string | undefined } {
  const [path = '', query = ''] = url.split('?');
  const ownSymbol = /(?:^|&)contract_code=([^&]+)/.exec(query)?.[1];
  return {
    call: path.slice(path.lastIndexOf('/') + 1),
    ownSymbol: ownSymbol === undefined ? undefined : decodeURIComponent(ownSymbol),
  };
}

function apiUrl(call: string, ownSymbol: string): string {
  return `${REST_BASE}/linear-swap-api/v1/${call}?${contract(ownSymbol)}`;
}

// Some contracts have Chinese names.
function contract(ownSymbol: string): string {
  return `contract_code=${encodeURIComponent(ownSymbol)}`;
}
