import type { IntervalName, TimeSpan } from '../../live/venue-rules.js';

/** REST origin. Candles answer a page without CORS headers (measured by a third party), so a page asks for them over the socket. */
export const REST_BASE = 'https://www.deribit.com';
/** Origin of the sockets. */
export const SOCKET_BASE = 'wss://www.deribit.com';

/** Address of the socket: JSON-RPC, subscriptions and questions alike. */
export const SOCKET_URL = `${SOCKET_BASE}/ws/api/v2`;
/** A second address of the same socket, for subscriptions alone. */
const STREAMS_URL = 'wss://streams.deribit.com/ws/api/v2';

/** Path of the list of contracts. */
export const INSTRUMENTS_PATH = '/api/v2/public/get_instruments';
/** Address of the list of futures and perpetuals in every currency. */
export const INSTRUMENTS_URL = restUrl('get_instruments', { currency: 'any', kind: 'future', expired: 'false' });
/** Address that answers the venue's time. */
export const TIME_URL = restUrl('get_time', {});

/** Candle lengths as the venue names them, in minutes. */
const RESOLUTIONS = { '1m': '1', '5m': '5' } as const;

type Params = Readonly<Record<string, string | number>>;

/** Whether a recorded address belongs to the venue. */
export function ownsUrl(url: string): boolean {
  return [`${REST_BASE}/`, `${SOCKET_BASE}/`, STREAMS_URL].some((own) => url.startsWith(own));
}

/** Address of the newest trades of a span, newest first, at most 1000. */
export function tradesUrl(ownSymbol: string, { from, to }: TimeSpan): string {
  const span = { start_timestamp: from, end_timestamp: to };
  const query = { instrument_name: ownSymbol, ...span, count: 1_000, sorting: 'desc' };
  return restUrl('get_last_trades_by_instrument_and_time', query);
}

/** Address of candles that start in a span. */
export function candlesUrl(ownSymbol: string, interval: IntervalName, span: TimeSpan): string {
  return restUrl('get_tradingview_chart_data', candleParams(ownSymbol, interval, span));
}

/** The question for candles that start in a span, as a frame; its answer bears the same id. */
export function candlesRequest(ownSymbol: string, interval: IntervalName, span: TimeSpan, id: number): string {
  return rpcRequest(id, 'get_tradingview_chart_data', candleParams(ownSymbol, interval, span));
}

/** A frame that calls a public method. */
export function rpcRequest(id: number, method: string, params: object): string {
  return JSON.stringify({ jsonrpc: '2.0', id, method: `public/${method}`, params });
}

function candleParams(ownSymbol: string, interval: IntervalName, { from, to }: TimeSpan): Params {
  const span = { start_timestamp: from, end_timestamp: to };
  return { instrument_name: ownSymbol, ...span, resolution: RESOLUTIONS[interval] };
}

function restUrl(method: string, query: Params): string {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${REST_BASE}/api/v2/public/${method}${pairs.length === 0 ? '' : '?'}${pairs.join('&')}`;
}
