import type { Fault, Parsed } from '@liquidation-heatmap/core';
import { readJson, timed } from '../../connection/json-rest.js';
import { budgetOf } from '../../connection/rate-limit.js';
import { RestClient, type RestAnswer } from '../../connection/rest-client.js';
import type { VenueRest } from '../../live/venue-rules.js';
import type { Runtime } from '../../runtime/runtime.js';
import { contractOf } from '../../wire-levels.js';
import {
  META_REQUEST,
  REST_BASE,
  bookRequest,
  candlesRequest,
  recentTradesRequest,
  type InfoRequest,
} from './endpoints.js';
import { parseBars, parseInstruments, parseMissedTrades, parseServerTime } from './parse-rest.js';

/** The venue allows 1200 a minute and address; half of it leaves room for other tabs and programs. */
export const WEIGHT_PER_MINUTE = 600;
/** A book costs 2, any other question 20 (documentation). */
const BOOK_WEIGHT = 2;
const INFO_WEIGHT = 20;
/** Candles of one page: the venue gives 5000, and more of them cost more. */
const CANDLES_PAGE = 1_000;
/** Whose book tells the venue's time. */
const CLOCK = 'BTC';

/** Hyperliquid's REST interface within its limits: every question is posted to one address. */
export function hyperliquidRest(runtime: Runtime, onTrouble: (fault: Fault) => void): VenueRest {
  const client = new RestClient({ runtime, budget: budgetOf(runtime, REST_BASE, WEIGHT_PER_MINUTE), onTrouble });
  const ask = ({ url, body }: InfoRequest, weight: number, signal: AbortSignal): Promise<Parsed<RestAnswer>> =>
    client.get(url, weight, signal, body);
  return {
    ping: (signal) => timed(runtime, () => ask(bookRequest(CLOCK), BOOK_WEIGHT, signal)),
    time: async (signal) => readJson(await ask(bookRequest(CLOCK), BOOK_WEIGHT, signal), parseServerTime),
    instruments: async (signal) => readJson(await ask(META_REQUEST, INFO_WEIGHT, signal), parseInstruments),
    body: (url, signal) => client.get(url, INFO_WEIGHT, signal),
    bars: {
      page: CANDLES_PAGE,
      read: async (spec, interval, span, now, signal) => {
        const answer = await ask(candlesRequest(spec.ownSymbol, interval, span), INFO_WEIGHT, signal);
        return readJson(answer, (raw) => parseBars(raw, contractOf(spec), now));
      },
    },
    missedTrades: async (spec, hole, signal) => {
      const answer = await ask(recentTradesRequest(spec.ownSymbol), INFO_WEIGHT, signal);
      const trades = readJson(answer, (raw) => parseMissedTrades(raw, hole.from));
      return trades.ok ? trades.value : { frames: [], from: Number.NaN };
    },
  };
}
