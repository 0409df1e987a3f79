import type { Fault } from '@liquidation-heatmap/core';
import { readJson, timed } from '../../connection/json-rest.js';
import { budgetOf } from '../../connection/rate-limit.js';
import { RestClient } from '../../connection/rest-client.js';
import { INTERVALS, type VenueRest } from '../../live/venue-rules.js';
import { pastRatios, ratioBodyAt } from '../../ratio-call.js';
import type { Runtime } from '../../runtime/runtime.js';
import { INSTRUMENTS_URL, REST_BASE, TIME_URL, candlesUrl, tradesUrl } from './endpoints.js';
import { parseBars, parseInstruments, parseMarkBars, parseMissedTrades, parseTime } from './parse-rest.js';
import { BITGET_RATIOS } from './ratios.js';

/** The venue allows 20 requests a second and address (documentation); a quarter of it is used. */
const REQUESTS_PER_MINUTE = 300;
/** Candles of one answer: the generation of the interface that gives the fewest. */
const CANDLES_PAGE = 100;
const RECENT_TRADES = 100;

/** Bitget's REST interface for contracts in USDT. It tells no open interest of the past. */
export function bitgetRest(runtime: Runtime, onTrouble: (fault: Fault) => void): VenueRest {
  const budget = budgetOf(runtime, REST_BASE, REQUESTS_PER_MINUTE);
  const client = new RestClient({ runtime, budget, onTrouble });
  const aside = new RestClient({ runtime, budget, onTrouble, isAside: true });
  return {
    ping: (signal) => timed(runtime, () => client.get(TIME_URL, 1, signal)),
    time: async (signal) => readJson(await client.get(TIME_URL, 1, signal), parseTime),
    instruments: async (signal) => readJson(await client.get(INSTRUMENTS_URL, 1, signal), parseInstruments),
    body: (url, signal) => (ratioBodyAt(BITGET_RATIOS, url) === undefined ? client : aside).get(url, 1, signal),
    bars: {
      page: CANDLES_PAGE,
      read: async (spec, interval, span, now, signal) => {
        const url = candlesUrl('MARKET', spec.ownSymbol, interval, CANDLES_PAGE, span);
        return readJson(await client.get(url, 1, signal), (raw) => parseBars(raw, spec.id, INTERVALS[interval], now));
      },
    },
    markBars: {
      page: CANDLES_PAGE,
      read: async (spec, interval, span, now, signal) => {
        const url = candlesUrl('MARK', spec.ownSymbol, interval, CANDLES_PAGE, span);
        const answer = await client.get(url, 1, signal);
        return readJson(answer, (raw) => parseMarkBars(raw, spec.id, INTERVALS[interval], now));
      },
    },
    ratios: pastRatios(BITGET_RATIOS, aside),
    missedTrades: async (spec, hole, signal) => {
      const answer = await client.get(tradesUrl(spec.ownSymbol, RECENT_TRADES), 1, signal);
      const trades = readJson(answer, (raw) => parseMissedTrades(raw, spec.ownSymbol, hole.from));
      return trades.ok ? trades.value : { frames: [], from: Number.NaN };
    },
  };
}
