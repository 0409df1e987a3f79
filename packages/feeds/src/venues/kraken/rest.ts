import type { Fault } from '@liquidation-heatmap/core';
import { readJson, timed } from '../../connection/json-rest.js';
import { budgetOf } from '../../connection/rate-limit.js';
import { RestClient } from '../../connection/rest-client.js';
import { INTERVALS, type VenueRest } from '../../live/venue-rules.js';
import type { Runtime } from '../../runtime/runtime.js';
import { contractOf } from '../../wire-levels.js';
import { INSTRUMENTS_URL, REST_BASE, candlesUrl, tradesUrl } from './endpoints.js';
import { parseInstruments } from './parse-instruments.js';
import { parseBars, parseMarkBars, parseMissedTrades, parseServerTime } from './parse-rest.js';

/** Public calls have no published limit; this is far below any that a venue sets. */
const REQUESTS_PER_MINUTE = 120;
const CANDLES_PAGE = 1_000;

/** The REST interface of Kraken Futures. */
export function krakenRest(runtime: Runtime, onTrouble: (fault: Fault) => void): VenueRest {
  const client = new RestClient({ runtime, budget: budgetOf(runtime, REST_BASE, REQUESTS_PER_MINUTE), onTrouble });
  return {
    ping: (signal) => timed(runtime, () => client.get(INSTRUMENTS_URL, 1, signal)),
    time: async (signal) => readJson(await client.get(INSTRUMENTS_URL, 1, signal), parseServerTime),
    instruments: async (signal) => readJson(await client.get(INSTRUMENTS_URL, 1, signal), parseInstruments),
    body: (url, signal) => client.get(url, 1, signal),
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
        return readJson(answer, (raw) => parseMarkBars(raw, contractOf(spec), INTERVALS[interval], now));
      },
    },
    missedTrades: async (spec, hole, signal) => {
      const answer = await client.get(tradesUrl(spec.ownSymbol), 1, signal);
      const trades = readJson(answer, (raw) => parseMissedTrades(raw, spec.ownSymbol, hole.from));
      return trades.ok ? trades.value : { frames: [], from: Number.NaN };
    },
  };
}
