import { parsed, type InstrumentId, type LongShortRatio, type Parsed } from '@liquidation-heatmap/core';
import { readJson } from './connection/json-rest.js';
import type { RestClient } from './connection/rest-client.js';
import type { Paged, Poll, TimeSpan } from './live/venue-rules.js';
import { POLLED_RATIOS, RATIO_PERIOD_MS, type RatioBody } from './ratio-reading.js';

/** One of a venue's statistics of longs and shorts, counted every five minutes. */
export interface RatioCall {
  /** Address without its query, by which a body is known. */
  readonly path: string;
  /** Name of the query's field that holds the venue's own symbol. */
  readonly symbolName: string;
  /** Name of the query's field that begins a span of the past; absent where only the newest rows can be had. */
  readonly spanName?: string;
  /** Most rows of one answer. */
  readonly page: number;
  /** Address of the newest `limit` rows, or of those whose times lie in a span. */
  url(ownSymbol: string, limit: number, span?: TimeSpan): string;
  /** Rows as shares of longs; the first bad row is the answer. */
  parse(raw: unknown, id: InstrumentId): Parsed<readonly LongShortRatio[]>;
}

/** What an address tells, where it is one of the calls'. */
export function ratioBodyAt(calls: readonly RatioCall[], url: string): RatioBody | undefined {
  const [path = '', query = ''] = url.split('?');
  const call = calls.find((candidate) => candidate.path === path);
  const asked = new URLSearchParams(query);
  const ownSymbol = asked.get(call?.symbolName ?? '');
  if (call === undefined || ownSymbol === null) return undefined;
  const isPast = call.spanName !== undefined && asked.has(call.spanName);
  return { ownSymbol, isPast, parse: (raw, id) => call.parse(raw, id) };
}

/** Asks for the newest rows of every call once a period. What goes wrong with them is told of ratios alone. */
export function ratioPoll(calls: readonly RatioCall[]): Poll {
  return {
    channel: 'ratios',
    everyMs: RATIO_PERIOD_MS,
    isAside: true,
    urls: ({ ownSymbol }) => calls.map((call) => call.url(ownSymbol, POLLED_RATIOS)),
  };
}

/** The past of every call, as pages that a client reads. */
export function pastRatios(calls: readonly RatioCall[], client: RestClient): readonly Paged<LongShortRatio>[] {
  return calls.map((call) => ({
    page: call.page,
    read: async ({ id, ownSymbol }, _interval, span, _now, signal) => {
      const answer = await client.get(call.url(ownSymbol, call.page, span), 1, signal);
      const rows = readJson(answer, (raw) => call.parse(raw, id));
      if (!rows.ok) return rows;
      return parsed(rows.value.filter(({ eventTime }) => eventTime >= span.from && eventTime <= span.to));
    },
  }));
}

/** The venue's own symbol in an instrument's id. */
export function ownSymbolIn(id: InstrumentId): string {
  return id.slice(id.indexOf(':') + 1);
}
