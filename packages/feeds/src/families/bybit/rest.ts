import {
  parsed,
  type Fault,
  type Instrument,
  type InstrumentEvent,
  type Parsed,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { readJson, timed } from '../../connection/json-rest.js';
import { budgetOf } from '../../connection/rate-limit.js';
import { RestClient } from '../../connection/rest-client.js';
import { INTERVALS, type MissedTrades, type Paged, type VenueRest } from '../../live/venue-rules.js';
import { pastRatios, ratioBodyAt } from '../../ratio-call.js';
import type { Runtime } from '../../runtime/runtime.js';
import { broken, isObject, isPlausibleTime, type JsonObject } from '../../wire-fields.js';
import { REST_BASE, TIME_URL, marketUrl, spanQuery } from './endpoints.js';
import type { BybitLine } from './line.js';
import { bybitRatios } from './ratios.js';
import {
  listOf,
  parseInstruments,
  parseKlines,
  parseMarkKlines,
  parseOpenInterestHistory,
  resultOf,
} from './parse-rest.js';

/** The venue allows 600 requests in 5 s and address; a page needs far fewer, and other tabs share the address. */
const REQUESTS_PER_MINUTE = 600;
const KLINES_PAGE = 1_000;
const OPEN_INTEREST_PAGE = 200;
const RECENT_TRADES = 1_000;
/** `interval` of candles, in minutes as a text. */
const MINUTES = { '1m': '1', '5m': '5' } as const;

/** Bybit's REST interface for one product line, within its limits. */
export function bybitRest(line: BybitLine, runtime: Runtime, onTrouble: (fault: Fault) => void): VenueRest {
  const budget = budgetOf(runtime, REST_BASE, REQUESTS_PER_MINUTE);
  const client = new RestClient({ runtime, budget, onTrouble, refusalIn });
  const aside = new RestClient({ runtime, budget, onTrouble, refusalIn, isAside: true });
  const get = (url: string, signal: AbortSignal) => client.get(url, 1, signal);
  const ratios = bybitRatios(line);
  return {
    ping: (signal) => timed(runtime, () => get(TIME_URL, signal)),
    time: async (signal) => readJson(await get(TIME_URL, signal), parseTime),
    instruments: async (signal) => {
      const url = marketUrl('instruments-info', line.category, { limit: 1_000 });
      return readJson(await get(url, signal), (raw) => parseInstruments(raw, line));
    },
    body: (url, signal) => (ratioBodyAt(ratios, url) === undefined ? client : aside).get(url, 1, signal),
    bars: candles(client, line, 'kline', parseKlines),
    markBars: candles(client, line, 'mark-price-kline', parseMarkKlines),
    openInterest: {
      page: OPEN_INTEREST_PAGE,
      read: async (spec, interval, { from, to }, _now, signal) => {
        const query = { symbol: spec.ownSymbol, intervalTime: `${MINUTES[interval]}min`, startTime: from, endTime: to };
        const url = marketUrl('open-interest', line.category, { ...query, limit: OPEN_INTEREST_PAGE });
        return readJson(await get(url, signal), (raw) => parseOpenInterestHistory(raw, spec.id));
      },
    },
    ratios: pastRatios(ratios, aside),
    missedTrades: async (spec, hole, signal) => {
      const url = marketUrl('recent-trade', line.category, { symbol: spec.ownSymbol, limit: RECENT_TRADES });
      const trades = readJson(await get(url, signal), (raw) => parseRecentTrades(raw, spec, hole.from));
      return trades.ok ? trades.value : { frames: [], from: Number.NaN };
    },
  };
}

function candles<Row extends InstrumentEvent>(
  client: RestClient,
  line: BybitLine,
  call: string,
  parse: (raw: unknown, id: Instrument['id'], durationMs: number, now: UnixMs) => Parsed<readonly Row[]>,
): Paged<Row> {
  return {
    page: KLINES_PAGE,
    read: async (spec, interval, span, now, signal) => {
      const query = { symbol: spec.ownSymbol, interval: MINUTES[interval], ...spanQuery(span), limit: KLINES_PAGE };
      const answer = await client.get(marketUrl(call, line.category, query), 1, signal);
      return readJson(answer, (raw) => parse(raw, spec.id, INTERVALS[interval], now));
    },
  };
}

/**
 * The newest trades as one frame in the stream's shape, oldest first. They are complete back to the oldest of them: a hole that began
 * earlier stays open before it.
 */
function parseRecentTrades(raw: unknown, spec: Instrument, from: UnixMs): Parsed<MissedTrades> {
  const list = listOf(raw);
  if (!list.ok) return list;
  const rows = list.value.filter(isObject).map((row) => ({ row, time: Number(row['time']) }));
  const data = rows.filter(({ time }) => time >= from).map(({ row, time }) => tradeOf(row, time, spec));
  const oldest = rows[0]?.time;
  if (oldest === undefined) return parsed({ frames: [], from: Number.NaN });
  const ts = rows.at(-1)!.time;
  const frame = JSON.stringify({ topic: `publicTrade.${spec.ownSymbol}`, type: 'snapshot', ts, data });
  return parsed({ frames: data.length === 0 ? [] : [frame], from: Math.max(oldest, from) });
}

function tradeOf(row: JsonObject, time: number, spec: Instrument): JsonObject {
  const { execId, price, size, side, isBlockTrade } = row;
  return { T: time, s: spec.ownSymbol, S: side, v: size, p: price, i: execId, BT: isBlockTrade };
}

function parseTime(raw: unknown): Parsed<UnixMs> {
  const result = resultOf(raw);
  if (!result.ok) return result;
  const time = isObject(raw) ? raw['time'] : undefined;
  return isPlausibleTime(time) ? parsed(time as UnixMs) : broken('bad-time', 'time', 'a time in milliseconds', time);
}

/** Codes that ask for patience: 10006 too many visits, 10016 server busy; "access too frequent" comes as HTTP 403. */
function refusalIn(body: string): { readonly code: 'rate-limited' | 'rejected'; readonly words: string } | undefined {
  if (/access too frequent/i.test(body.slice(0, 200))) return { code: 'rate-limited', words: 'access too frequent' };
  const [, code, words = ''] = /^\s*\{"retCode":(\d+),"retMsg":"([^"]*)"/.exec(body) ?? [];
  if (code === undefined || code === '0') return undefined;
  return { code: code === '10006' || code === '10016' ? 'rate-limited' : 'rejected', words };
}
