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
import { isObject, type JsonObject } from '../../wire-fields.js';
import { contractOf, type Contract } from '../../wire-levels.js';
import { INSTRUMENTS_URL, REST_BASE, TIME_URL, candlesUrl, openInterestHistoryUrl, tradesUrl } from './endpoints.js';
import type { OkxLine } from './line.js';
import { timeOf } from './parse.js';
import {
  oldestFirst,
  parseCandles,
  parseInstruments,
  parseMarkCandles,
  parseOpenInterestHistory,
  parseTime,
} from './parse-rest.js';
import { OKX_RATIOS } from './ratios.js';

/** The venue allows 20 requests in 2 s for candles, fewer elsewhere; half of the least of them is used. */
const REQUESTS_PER_MINUTE = 300;
/** Statistics count apart: 5 requests in 2 s. */
const STATISTICS_PER_MINUTE = 75;
const CANDLES_PAGE = 100;
const OPEN_INTEREST_PAGE = 100;
const RECENT_TRADES = 500;

/** OKX's REST interface for one line, within its limits. */
export function okxRest(line: OkxLine, runtime: Runtime, onTrouble: (fault: Fault) => void): VenueRest {
  const budget = budgetOf(runtime, REST_BASE, REQUESTS_PER_MINUTE);
  const client = new RestClient({ runtime, budget, onTrouble, refusalIn });
  const statisticsBudget = budgetOf(runtime, `${REST_BASE}/api/v5/rubik`, STATISTICS_PER_MINUTE);
  const statistics = new RestClient({ runtime, budget: statisticsBudget, onTrouble, refusalIn });
  const aside = new RestClient({ runtime, budget: statisticsBudget, onTrouble, refusalIn, isAside: true });
  return {
    ping: (signal) => timed(runtime, () => client.get(TIME_URL, 1, signal)),
    time: async (signal) => readJson(await client.get(TIME_URL, 1, signal), parseTime),
    instruments: async (signal) =>
      readJson(await client.get(INSTRUMENTS_URL, 1, signal), (raw) => parseInstruments(raw, line)),
    body: (url, signal) => (ratioBodyAt(OKX_RATIOS, url) === undefined ? client : aside).get(url, 1, signal),
    bars: candles(client, 'history-candles', parseCandles),
    markBars: candles(client, 'history-mark-price-candles', parseMarkCandles),
    openInterest: {
      page: OPEN_INTEREST_PAGE,
      read: async (spec, interval, span, _now, signal) => {
        const url = openInterestHistoryUrl(spec.ownSymbol, interval, OPEN_INTEREST_PAGE, span);
        const answer = await statistics.get(url, 1, signal);
        return readJson(answer, (raw) => parseOpenInterestHistory(raw, contractOf(spec)));
      },
    },
    ratios: pastRatios(OKX_RATIOS, aside),
    missedTrades: async (spec, hole, signal) => {
      const answer = await client.get(tradesUrl(spec.ownSymbol, RECENT_TRADES), 1, signal);
      const trades = readJson(answer, (raw) => parseRecentTrades(raw, spec, hole.from));
      return trades.ok ? trades.value : { frames: [], from: Number.NaN };
    },
  };
}

function candles<Row extends InstrumentEvent>(
  client: RestClient,
  call: string,
  parse: (raw: unknown, contract: Contract, durationMs: number, now: UnixMs) => Parsed<readonly Row[]>,
): Paged<Row> {
  return {
    page: CANDLES_PAGE,
    read: async (spec, interval, span, now, signal) => {
      const answer = await client.get(candlesUrl(call, spec.ownSymbol, interval, CANDLES_PAGE, span), 1, signal);
      return readJson(answer, (raw) => parse(raw, contractOf(spec), INTERVALS[interval], now));
    },
  };
}

/**
 * The newest trades as one frame in the stream's shape, oldest first. They are complete back to the oldest of them: a hole that began
 * earlier stays open before it.
 */
function parseRecentTrades(raw: unknown, { ownSymbol }: Instrument, from: UnixMs): Parsed<MissedTrades> {
  const list = oldestFirst(raw);
  if (!list.ok) return list;
  const rows = list.value.filter(isObject);
  const oldest = timeOf(rows[0]?.['ts']);
  const data: readonly JsonObject[] = rows.filter(({ ts }) => timeOf(ts) >= from);
  const frame = JSON.stringify({ arg: { channel: 'trades', instId: ownSymbol }, data });
  return parsed({ frames: data.length === 0 ? [] : [frame], from: Math.max(oldest, from) });
}

/** Codes that ask for patience: 50011 too many requests, 50013 systems busy. */
function refusalIn(body: string): { readonly code: 'rate-limited' | 'rejected'; readonly words: string } | undefined {
  const [, code] = /"code"\s*:\s*"(\d+)"/.exec(body.slice(0, 300)) ?? [];
  if (code === undefined || code === '0') return undefined;
  const words = /"msg"\s*:\s*"([^"]*)"/.exec(body)?.[1] ?? `code ${code}`;
  return { code: code === '50011' || code === '50013' ? 'rate-limited' : 'rejected', words };
}
