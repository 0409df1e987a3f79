import {
  malformed,
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
import { INTERVALS, type IntervalName, type Paged, type TimeSpan, type VenueRest } from '../../live/venue-rules.js';
import { pastRatios, ratioBodyAt } from '../../ratio-call.js';
import type { Runtime } from '../../runtime/runtime.js';
import { broken, isPlausibleTime } from '../../wire-fields.js';
import { contractOf, type Contract } from '../../wire-levels.js';
import { aggTradesUrl, callUrl, candlesUrl, openInterestHistoryUrl } from './endpoints.js';
import type { BinanceLine } from './line.js';
import { AGG_TRADES_PAGE, missedTrades } from './missed-trades.js';
import { parseExchangeInfo, parseKlines, parseMarkPriceKlines, parseOpenInterestHistory } from './parse-rest.js';
import { binanceRatios } from './ratios.js';

/** The venue allows 2400 a minute and address; half of it leaves room for other tabs and programs. */
const WEIGHT_PER_MINUTE = 1_200;
/** `/futures/data/*` counts apart, requests instead of weights: 1000 in 5 min (not verified), half of it used. */
const DATA_REQUESTS_PER_MINUTE = 100;
/** Rows of one page; 1000 candles cost weight 5, the best price a row among long pages. */
const KLINES_PAGE = 1_000;
const OPEN_INTEREST_PAGE = 500;

/** The REST interface of a line within its limits. */
export function binanceRest(line: BinanceLine, runtime: Runtime, onTrouble: (fault: Fault) => void): VenueRest {
  const { restBase } = line;
  const budget = budgetOf(runtime, restBase, WEIGHT_PER_MINUTE);
  const dataBudget = budgetOf(runtime, `${restBase}/futures/data`, DATA_REQUESTS_PER_MINUTE);
  const client = new RestClient({ runtime, budget, usedWeightHeader: 'x-mbx-used-weight-1m', onTrouble });
  const dataClient = new RestClient({ runtime, budget: dataBudget, onTrouble });
  const ratioClient = new RestClient({ runtime, budget: dataBudget, onTrouble, isAside: true });
  const ratios = binanceRatios(line);
  return {
    ping: (signal) => timed(runtime, () => client.get(callUrl(line, 'ping'), 1, signal)),
    time: async (signal) => readJson(await client.get(callUrl(line, 'time'), 1, signal), parseTime),
    instruments: async (signal) =>
      readJson(await client.get(callUrl(line, 'exchangeInfo'), 1, signal), (raw) => parseExchangeInfo(raw, line)),
    body: (url, signal) =>
      ratioBodyAt(ratios, url) === undefined ? client.get(url, weightOf(url), signal) : ratioClient.get(url, 1, signal),
    bars: candles(client, line, 'klines', parseKlines),
    markBars: candles(client, line, 'markPriceKlines', parseMarkPriceKlines),
    openInterest: {
      page: OPEN_INTEREST_PAGE,
      read: async (spec, interval, span, _now, signal) => {
        const url = openInterestHistoryUrl(line, spec.ownSymbol, interval, OPEN_INTEREST_PAGE, span);
        const answer = await dataClient.get(url, 1, signal);
        return readJson(answer, (raw) => parseOpenInterestHistory(raw, contractOf(spec)));
      },
    },
    ratios: pastRatios(ratios, ratioClient),
    missedTrades: (spec, hole, signal) =>
      missedTrades(spec, hole, (from) => aggTrades(client, line, spec, from, signal), signal),
  };
}

/** Candles that start in a span, oldest first; those still running at `now` are left out. */
function candles<Row extends InstrumentEvent>(
  client: RestClient,
  line: BinanceLine,
  call: 'klines' | 'markPriceKlines',
  parse: (raw: unknown, contract: Contract, now: UnixMs) => Parsed<readonly Row[]>,
): Paged<Row> {
  return {
    page: KLINES_PAGE,
    read: async (spec, interval, span, now, signal) => {
      const limit = limitOf(interval, span);
      const url = candlesUrl(line, call, spec.ownSymbol, interval, limit, span);
      return readJson(await client.get(url, klinesWeight(limit), signal), (raw) => parse(raw, contractOf(spec), now));
    },
  };
}

/** Aggregated trades from an id on or of a span, in the wire's own shape. */
async function aggTrades(
  client: RestClient,
  line: BinanceLine,
  spec: Instrument,
  from: { readonly fromId: number } | TimeSpan,
  signal: AbortSignal,
): Promise<Parsed<readonly object[]>> {
  const answer = await client.get(aggTradesUrl(line, spec.ownSymbol, AGG_TRADES_PAGE, from), 20, signal);
  return readJson(answer, (raw) =>
    Array.isArray(raw) && raw.every((row) => typeof row === 'object' && row !== null)
      ? parsed(raw as readonly object[])
      : malformed('bad-list', 'aggTrades', 'aggTrades must be a list of objects'),
  );
}

function parseTime(raw: unknown): Parsed<UnixMs> {
  const time = (raw as { readonly serverTime?: unknown } | null)?.serverTime;
  if (isPlausibleTime(time)) return parsed(time as UnixMs);
  return broken('bad-time', 'time.serverTime', 'a time in milliseconds', time);
}

function limitOf(interval: IntervalName, span: TimeSpan): number {
  return Math.min(KLINES_PAGE, Math.max(1, Math.ceil((span.to - span.from) / INTERVALS[interval]) + 1));
}

/** Weights of the venue: 1, 2, 5, 10 below 100, 500, up to 1000, above. */
function klinesWeight(limit: number): number {
  if (limit < 100) return 1;
  return limit < 500 ? 2 : limit <= 1_000 ? 5 : 10;
}

/** A book snapshot of 1000 levels costs 20, everything else the session reads costs 1. */
function weightOf(url: string): number {
  return url.includes('/depth?') ? 20 : 1;
}
