import type { Fault } from '@liquidation-heatmap/core';
import { readJson, timed } from '../../connection/json-rest.js';
import { budgetOf } from '../../connection/rate-limit.js';
import { RestClient } from '../../connection/rest-client.js';
import { INTERVALS, type VenueRest } from '../../live/venue-rules.js';
import { pastRatios, ratioBodyAt } from '../../ratio-call.js';
import type { Runtime } from '../../runtime/runtime.js';
import { contractOf } from '../../wire-levels.js';
import { INSTRUMENTS_URL, REST_BASE, TIME_URL, candlesUrl, statsUrl, tradesUrl } from './endpoints.js';
import { parseBars, parseMarkBars } from './parse-candle.js';
import { parseInstruments, parseMissedTrades, parseOpenInterestHistory, parseTime } from './parse-rest.js';
import { GATE_RATIOS } from './ratios.js';

/** The venue allows 200 public requests in 10 s and address (documentation); a quarter of it is used. */
const REQUESTS_PER_MINUTE = 300;
const CANDLES_PAGE = 1_000;
const STATS_PAGE = 100;
const RECENT_TRADES = 1_000;

/** Gate's REST interface for contracts settled in USDT. */
export function gateRest(runtime: Runtime, onTrouble: (fault: Fault) => void): VenueRest {
  const budget = budgetOf(runtime, REST_BASE, REQUESTS_PER_MINUTE);
  const client = new RestClient({ runtime, budget, onTrouble });
  const aside = new RestClient({ runtime, budget, onTrouble, isAside: true });
  return {
    ping: (signal) => timed(runtime, () => client.get(TIME_URL, 1, signal)),
    time: async (signal) => readJson(await client.get(TIME_URL, 1, signal), parseTime),
    instruments: async (signal) => readJson(await client.get(INSTRUMENTS_URL, 1, signal), parseInstruments),
    body: (url, signal) => (ratioBodyAt(GATE_RATIOS, url) === undefined ? client : aside).get(url, 1, signal),
    bars: {
      page: CANDLES_PAGE,
      read: async (spec, interval, span, now, signal) => {
        const answer = await client.get(candlesUrl('trade', spec.ownSymbol, interval, span), 1, signal);
        return readJson(answer, (raw) => parseBars(raw, contractOf(spec), INTERVALS[interval], now));
      },
    },
    markBars: {
      page: CANDLES_PAGE,
      read: async (spec, interval, span, now, signal) => {
        const answer = await client.get(candlesUrl('mark', spec.ownSymbol, interval, span), 1, signal);
        return readJson(answer, (raw) => parseMarkBars(raw, spec.id, INTERVALS[interval], now));
      },
    },
    openInterest: {
      page: STATS_PAGE,
      read: async (spec, _interval, { from }, _now, signal) => {
        const answer = await client.get(statsUrl(spec.ownSymbol, '5m', from, STATS_PAGE), 1, signal);
        return readJson(answer, (raw) => parseOpenInterestHistory(raw, contractOf(spec)));
      },
    },
    ratios: pastRatios(GATE_RATIOS, aside),
    missedTrades: async (spec, hole, signal) => {
      const answer = await client.get(tradesUrl(spec.ownSymbol, RECENT_TRADES), 1, signal);
      const trades = readJson(answer, (raw) => parseMissedTrades(raw, hole.from));
      return trades.ok ? trades.value : { frames: [], from: Number.NaN };
    },
  };
}
