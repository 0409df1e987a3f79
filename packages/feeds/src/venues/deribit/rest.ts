import type { Fault } from '@liquidation-heatmap/core';
import { readJson, timed } from '../../connection/json-rest.js';
import { budgetOf } from '../../connection/rate-limit.js';
import { RestClient } from '../../connection/rest-client.js';
import { INTERVALS, type VenueRest } from '../../live/venue-rules.js';
import type { Runtime } from '../../runtime/runtime.js';
import { INSTRUMENTS_URL, REST_BASE, TIME_URL, candlesUrl, tradesUrl } from './endpoints.js';
import { parseBars, parseInstruments, parseMissedTrades, parseServerTime } from './parse-rest.js';

/** The venue refills 20 requests a second for those without a login (documentation); a page needs far fewer. */
const REQUESTS_PER_MINUTE = 300;
const CANDLES_PAGE = 1_000;

/** Deribit's REST interface within its limits. Its candles answer no page, which then has no past of this venue. */
export function deribitRest(runtime: Runtime, onTrouble: (fault: Fault) => void): VenueRest {
  const client = new RestClient({ runtime, budget: budgetOf(runtime, REST_BASE, REQUESTS_PER_MINUTE), onTrouble });
  return {
    ping: (signal) => timed(runtime, () => client.get(TIME_URL, 1, signal)),
    time: async (signal) => readJson(await client.get(TIME_URL, 1, signal), parseServerTime),
    instruments: async (signal) => readJson(await client.get(INSTRUMENTS_URL, 1, signal), parseInstruments),
    body: (url, signal) => client.get(url, 1, signal),
    bars: {
      page: CANDLES_PAGE,
      read: async (spec, interval, span, now, signal) => {
        const answer = await client.get(candlesUrl(spec.ownSymbol, interval, span), 1, signal);
        return readJson(answer, (raw) => parseBars(raw, spec, INTERVALS[interval], now));
      },
    },
    missedTrades: async (spec, hole, signal) => {
      const answer = await client.get(tradesUrl(spec.ownSymbol, hole), 1, signal);
      const trades = readJson(answer, (raw) => parseMissedTrades(raw, spec.ownSymbol, hole.from));
      return trades.ok ? trades.value : { frames: [], from: Number.NaN };
    },
  };
}
