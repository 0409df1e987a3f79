import type { Fault } from '@liquidation-heatmap/core';
import { readJson, timed } from '../../connection/json-rest.js';
import { budgetOf } from '../../connection/rate-limit.js';
import { RestClient } from '../../connection/rest-client.js';
import { INTERVALS, type VenueRest } from '../../live/venue-rules.js';
import { pastRatios, ratioBodyAt } from '../../ratio-call.js';
import type { Runtime } from '../../runtime/runtime.js';
import { INSTRUMENTS_URL, REST_BASE, TIME_URL, candlesUrl, markCandlesUrl, tradesUrl } from './endpoints.js';
import { jsonWithLongIds } from './long-numbers.js';
import { parseBars, parseMarkBars } from './parse-candle.js';
import { parseInstruments, parseMissedTrades, parseTime } from './parse-rest.js';
import { HTX_RATIOS } from './ratios.js';

/** The venue allows 120 public requests in 3 s and address (documentation); half of a tenth of it is used. */
const REQUESTS_PER_MINUTE = 120;
/** Rows of one page. */
const CANDLES_PAGE = 1_000;
/** Newest candles of marks, which cannot be asked for by time. */
const NEWEST_MARKS = 2_000;
const RECENT_TRADES = 2_000;
/** Candle lengths as the venue names them. */
const PERIODS = { '1m': '1min', '5m': '5min' } as const;

/** HTX's REST interface for linear swaps. Its open-interest history is hourly, which the warm start does not take. */
export function htxRest(runtime: Runtime, onTrouble: (fault: Fault) => void): VenueRest {
  const budget = budgetOf(runtime, REST_BASE, REQUESTS_PER_MINUTE);
  const client = new RestClient({ runtime, budget, onTrouble });
  const aside = new RestClient({ runtime, budget, onTrouble, isAside: true });
  return {
    ping: (signal) => timed(runtime, () => client.get(TIME_URL, 1, signal)),
    time: async (signal) => readJson(await client.get(TIME_URL, 1, signal), parseTime),
    instruments: async (signal) => readJson(await client.get(INSTRUMENTS_URL, 1, signal), parseInstruments),
    body: (url, signal) => (ratioBodyAt(HTX_RATIOS, url) === undefined ? client : aside).get(url, 1, signal),
    bars: {
      page: CANDLES_PAGE,
      read: async (spec, interval, span, now, signal) => {
        const answer = await client.get(candlesUrl(spec.ownSymbol, PERIODS[interval], span), 1, signal);
        return readJson(answer, (raw) => parseBars(raw, spec.id, INTERVALS[interval], now));
      },
    },
    markBars: {
      page: NEWEST_MARKS,
      read: async (spec, interval, { from, to }, now, signal) => {
        const answer = await client.get(markCandlesUrl(spec.ownSymbol, PERIODS[interval], NEWEST_MARKS), 1, signal);
        const bars = readJson(answer, (raw) => parseMarkBars(raw, spec.id, INTERVALS[interval], now));
        if (!bars.ok) return bars;
        const inside = bars.value.filter(({ eventTime, durationMs }) => {
          const start = eventTime - durationMs;
          return start >= from && start <= to;
        });
        return { ok: true, value: inside };
      },
    },
    ratios: pastRatios(HTX_RATIOS, aside),
    missedTrades: async (spec, hole, signal) => {
      const answer = await client.get(tradesUrl(spec.ownSymbol, RECENT_TRADES), 1, signal);
      const trades = answer.ok
        ? parseMissedTrades(jsonWithLongIds(answer.value.body), spec.ownSymbol, hole.from)
        : answer;
      return trades.ok ? trades.value : { frames: [], from: Number.NaN };
    },
  };
}
