import type { LongShortRatio } from '@liquidation-heatmap/core';
import type { TimeSpan } from '../../live/venue-rules.js';
import type { LineAddress } from './line.js';

/** Classes of streams: since 2026-04-23 each flows on its own path only; older recordings use a path without a class. */
export type StreamClass = 'public' | 'market';

/** Whether a recorded address belongs to a line. */
export function ownsUrl({ restBase, socketBase }: LineAddress, url: string): boolean {
  return url.startsWith(`${restBase}/`) || url.startsWith(`${socketBase}/`);
}

/** The class in a socket's address; undefined for the address without one that older recordings and other lines have. */
export function streamClassOfUrl(url: string): StreamClass | undefined {
  const path = /^wss:\/\/[^/]+\/(public|market)\//.exec(url)?.[1];
  return path as StreamClass | undefined;
}

/** Stream names in a socket's address: `.../stream?streams=a/b` or `.../ws/a`. */
export function streamsOfUrl(url: string): readonly string[] {
  const combined = /[?&]streams=([^&]+)/.exec(url)?.[1];
  if (combined !== undefined) return combined.split('/');
  const single = /\/ws\/(.+)$/.exec(url)?.[1];
  return single === undefined ? [] : single.split('/');
}

/** Address of a call: `ping` and `time` cost 1, `exchangeInfo` lists contracts, `openInterest` the present value. */
export function callUrl({ restBase, path }: LineAddress, call: string, query = ''): string {
  return `${restBase}${path}/${call}${query === '' ? '' : `?${query}`}`;
}

/** Address of a book snapshot: 1000 levels a side, weight 20. */
export function depthUrl(line: LineAddress, ownSymbol: string): string {
  return callUrl(line, 'depth', `symbol=${ownSymbol}&limit=1000`);
}

/** Address of the present open interest, weight 1. */
export function openInterestUrl(line: LineAddress, ownSymbol: string): string {
  return callUrl(line, 'openInterest', `symbol=${ownSymbol}`);
}

/**
 * Address of up to `limit` (500) open-interest values of a period such as `5m`; the venue keeps about 30 days. Contracts in coin are
 * asked for by their pair and type (documentation).
 */
export function openInterestHistoryUrl(
  { restBase, kind }: LineAddress,
  ownSymbol: string,
  period: string,
  limit: number,
  span: TimeSpan,
): string {
  const contract =
    kind === 'linear' ? `symbol=${ownSymbol}` : `pair=${ownSymbol.replace(/_PERP$/, '')}&contractType=PERPETUAL`;
  return `${restBase}/futures/data/openInterestHist?${contract}&period=${period}&limit=${String(limit)}${spanQuery(span)}`;
}

/** What the venue calls its statistics of longs and shorts. */
const RATIO_CALLS: Readonly<Record<LongShortRatio['population'], string>> = {
  'all-accounts': 'globalLongShortAccountRatio',
  'top-accounts': 'topLongShortAccountRatio',
  'top-positions': 'topLongShortPositionRatio',
};

/** Address of a statistic of longs and shorts without its query. */
export function ratioPath(
  { restBase }: Pick<LineAddress, 'restBase'>,
  population: LongShortRatio['population'],
): string {
  return `${restBase}/futures/data/${RATIO_CALLS[population]}`;
}

/** Query of up to `limit` (500) ratios of linear contracts of a period such as `5m`: the newest, or those of a span. */
export function ratioQuery(ownSymbol: string, period: string, limit: number, span?: TimeSpan): string {
  return `symbol=${ownSymbol}&period=${period}&limit=${String(limit)}${span === undefined ? '' : spanQuery(span)}`;
}

/** Address of up to `limit` (1500) candles: `klines` of last prices, `markPriceKlines` of marks. */
export function candlesUrl(
  line: LineAddress,
  call: 'klines' | 'markPriceKlines',
  ownSymbol: string,
  interval: string,
  limit: number,
  span: TimeSpan,
): string {
  return callUrl(line, call, `symbol=${ownSymbol}&interval=${interval}&limit=${String(limit)}${spanQuery(span)}`);
}

/** Address of up to `limit` (1000) aggregated trades from an id on, or of a span of at most an hour; weight 20. */
export function aggTradesUrl(
  line: LineAddress,
  ownSymbol: string,
  limit: number,
  from: { readonly fromId: number } | TimeSpan,
): string {
  const start = 'fromId' in from ? `&fromId=${String(from.fromId)}` : spanQuery(from);
  return callUrl(line, 'aggTrades', `symbol=${ownSymbol}&limit=${String(limit)}${start}`);
}

/** Last part of a REST address's path and its `symbol` parameter, e.g. `depth` and `BTCUSDT`. */
export function restCallOf(url: string): { readonly call: string; readonly ownSymbol: string | undefined } {
  const [path = '', query = ''] = url.split('?');
  const ownSymbol = /(?:^|&)symbol=([A-Z0-9_]+)/.exec(query)?.[1];
  return { call: path.slice(path.lastIndexOf('/') + 1), ownSymbol };
}

function spanQuery({ from, to }: TimeSpan): string {
  return `&startTime=${String(from)}&endTime=${String(to)}`;
}
