import { MS_PER_MINUTE, MS_PER_SECOND } from '@liquidation-heatmap/core';
import type { InstrumentMarket } from '../../market/instrument-market.js';
import { isSymbolName } from '../../market/venue-name.js';
import { countOf, intervalMs, timeOf } from '../intervals.js';
import { longShareOf } from '../long-share.js';
import { ownEntry } from '../own-entry.js';
import { RequestBudget } from '../request-budget.js';
import { jsonAnswer, type RestAnswer, type RestRequest, type VenueDesk } from '../venue-server.js';
import { exchangeInfo } from './exchange-info.js';
import { FIRST_AGGREGATE_ID, aggTradeRow, klineRow, levelRows, sizeText } from './frames.js';

/** Weight a minute and address, venues.md 3.3; `/futures/data` has a budget of its own that is not counted here. */
const WEIGHT_PER_MINUTE = 2_400;
/** Requests after the first refusal that turn 429 into 418. Invented; the venue does not say. */
const PATIENCE = 20;
/** Shortest ban of a 418. */
const BAN_S = 120;
const DEPTH_WEIGHTS: ReadonlyMap<number, number> = new Map([
  [5, 2],
  [10, 2],
  [20, 2],
  [50, 2],
  [100, 5],
  [500, 10],
  [1_000, 20],
]);
const MOST_KLINES = 1_500;
const MOST_AGGREGATES = 1_000;
const MOST_POSITION_ROWS = 500;
/** Statistics of longs and shorts: of accounts, of large accounts and of their positions, which here are all the same. */
const RATIOS = ['globalLongShortAccountRatio', 'topLongShortAccountRatio', 'topLongShortPositionRatio'] as const;

type Route = (query: URLSearchParams) => { readonly weight: number; readonly answer: () => RestAnswer };
type SymbolAnswer = (market: InstrumentMarket, query: URLSearchParams) => RestAnswer;

/** REST of Binance USDS-M: routes, weights and refusals. */
export class BinanceRest {
  readonly #desk: VenueDesk;
  readonly #budget = new RequestBudget(WEIGHT_PER_MINUTE, MS_PER_MINUTE);
  #refusals = 0;
  readonly #routes: Readonly<Record<string, Route>>;

  constructor(desk: VenueDesk) {
    this.#desk = desk;
    const plain =
      (weight: number, body: () => unknown): Route =>
      () => ({ weight, answer: () => jsonAnswer(body()) });
    this.#routes = {
      '/fapi/v1/ping': plain(1, () => ({})),
      '/fapi/v1/time': plain(1, () => ({ serverTime: desk.now() })),
      '/fapi/v1/exchangeInfo': plain(1, () => exchangeInfo(desk)),
      '/fapi/v1/depth': this.#ofSymbol(
        (query) => DEPTH_WEIGHTS.get(depthLimit(query)) ?? 1,
        (market, query) => this.#depth(market, query),
      ),
      '/fapi/v1/klines': this.#ofSymbol(klineWeight, (market, query) => this.#klines(market, query, false)),
      '/fapi/v1/markPriceKlines': this.#ofSymbol(klineWeight, (market, query) => this.#klines(market, query, true)),
      '/fapi/v1/openInterest': this.#ofSymbol(
        () => 1,
        (market) => this.#openInterest(market),
      ),
      '/fapi/v1/aggTrades': this.#ofSymbol(
        () => 20,
        (market, query) => this.#aggTrades(market, query),
      ),
      '/futures/data/openInterestHist': this.#ofSymbol(
        () => 0,
        (market, query) => this.#openInterestHist(market, query),
      ),
      ...Object.fromEntries(
        RATIOS.map((name) => [
          `/futures/data/${name}`,
          this.#ofSymbol(
            () => 0,
            (...asked) => this.#ratios(...asked),
          ),
        ]),
      ),
    };
  }

  /** Answers a request to `fapi.binance.com`. */
  answer({ path, query }: RestRequest): RestAnswer {
    const route = ownEntry(this.#routes, path);
    if (route === undefined) return jsonAnswer({ code: -5000, msg: `Path ${path}, Method GET is invalid` }, 404);
    const { weight, answer } = route(query);
    const now = this.#desk.now();
    const used = this.#budget.charge(weight, now);
    if (this.#budget.isSpent) return this.#refused(now);
    this.#refusals = 0;
    const given = answer();
    return { ...given, headers: { ...given.headers, 'x-mbx-used-weight-1m': String(used) } };
  }

  #refused(now: number): RestAnswer {
    this.#refusals += 1;
    const isBanned = this.#refusals > PATIENCE;
    const seconds = isBanned ? BAN_S : Math.ceil(this.#budget.untilNext(now) / MS_PER_SECOND);
    const msg = isBanned
      ? `Way too many requests; IP banned until ${String(now + BAN_S * MS_PER_SECOND)}. Please use the websocket for live updates to avoid bans.`
      : `Too many requests; current limit is ${String(WEIGHT_PER_MINUTE)} requests per minute. Please use the websocket for live updates to avoid polling the API.`;
    return jsonAnswer({ code: -1003, msg }, isBanned ? 418 : 429, { 'retry-after': String(seconds) });
  }

  #ofSymbol(weight: (query: URLSearchParams) => number, answer: SymbolAnswer): Route {
    return (query) => ({
      weight: weight(query),
      answer: () => {
        const symbol = query.get('symbol');
        if (symbol === null)
          return mistake(-1102, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.");
        if (!isSymbolName(symbol) || !this.#desk.symbols.includes(symbol)) return mistake(-1121, 'Invalid symbol.');
        return answer(this.#desk.market(symbol), query);
      },
    });
  }

  #depth(market: InstrumentMarket, query: URLSearchParams): RestAnswer {
    const limit = depthLimit(query);
    if (!DEPTH_WEIGHTS.has(limit)) return mistake(-4021, `'${String(limit)}' is not valid depth limit.`);
    const { listing, book, updateId } = market;
    return jsonAnswer({
      lastUpdateId: updateId,
      E: this.#desk.now(),
      T: this.#desk.now(),
      bids: levelRows(listing, book.bids.levels(limit)),
      asks: levelRows(listing, book.asks.levels(limit)),
    });
  }

  /** From `startTime` on where it is given, else the newest; the last candle may be running. */
  #klines(market: InstrumentMarket, query: URLSearchParams, isMark: boolean): RestAnswer {
    const lengthMs = intervalMs(query.get('interval') ?? '');
    if (lengthMs === undefined) return mistake(-1120, 'Invalid interval.');
    const [from, to] = [timeOf(query, 'startTime'), timeOf(query, 'endTime')];
    const limit = countOf(query, 'limit', 500, MOST_KLINES);
    const series = isMark ? market.markBars : market.bars;
    const asked = from === undefined ? series.newest(lengthMs, limit, 0, to) : series.oldest(lengthMs, limit, from, to);
    return jsonAnswer(asked.map((bar) => klineRow(market.listing, bar, lengthMs, isMark)));
  }

  #openInterest({ listing, openInterest }: InstrumentMarket): RestAnswer {
    const { ownSymbol: symbol } = listing;
    return jsonAnswer({ symbol, openInterest: sizeText(listing, openInterest), time: this.#desk.now() });
  }

  #aggTrades(market: InstrumentMarket, query: URLSearchParams): RestAnswer {
    const [from, to] = [timeOf(query, 'startTime'), timeOf(query, 'endTime')];
    const first = timeOf(query, 'fromId');
    const limit = countOf(query, 'limit', 500, MOST_AGGREGATES);
    if (from !== undefined && to !== undefined && to - from > 60 * MS_PER_MINUTE)
      return mistake(-1127, 'More than 1 hours between startTime and endTime.');
    const isAsked = ({ id, time }: { readonly id: number; readonly time: number }): boolean => {
      if (first !== undefined) return FIRST_AGGREGATE_ID + id >= first;
      const seen = this.#desk.stamp(time);
      return seen >= (from ?? 0) && seen <= (to ?? Number.POSITIVE_INFINITY);
    };
    const trades = market.trades.filter(isAsked);
    const isFromStart = first !== undefined || from !== undefined;
    const asked = isFromStart ? trades.slice(0, limit) : trades.slice(-limit);
    return jsonAnswer(asked.map((trade) => aggTradeRow(market.listing, trade, this.#desk.stamp(trade.time))));
  }

  #openInterestHist(market: InstrumentMarket, query: URLSearchParams): RestAnswer {
    const asked = positionsAsked(market, query);
    if (asked === undefined) return badPeriod();
    const { listing } = market;
    return jsonAnswer(
      asked.map(({ time, openInterest }) => ({
        symbol: listing.ownSymbol,
        sumOpenInterest: openInterest.toFixed(8),
        sumOpenInterestValue: (
          openInterest * (market.bars.range(MS_PER_MINUTE, time, time)[0]?.open ?? market.last)
        ).toFixed(8),
        timestamp: time,
      })),
    );
  }

  #ratios(market: InstrumentMarket, query: URLSearchParams): RestAnswer {
    const asked = positionsAsked(market, query);
    if (asked === undefined) return badPeriod();
    return jsonAnswer(
      asked.map(({ time, fundingRate }) => {
        const share = longShareOf(fundingRate);
        return {
          symbol: market.listing.ownSymbol,
          longShortRatio: (share / (1 - share)).toFixed(4),
          longAccount: share.toFixed(4),
          shortAccount: (1 - share).toFixed(4),
          timestamp: time,
        };
      }),
    );
  }
}

/** Rows of a span from its begin on, or the newest; undefined where the period is none. */
function positionsAsked(market: InstrumentMarket, query: URLSearchParams): InstrumentMarket['positions'] | undefined {
  const periodMs = intervalMs(query.get('period') ?? '');
  if (periodMs === undefined || periodMs < 5 * MS_PER_MINUTE) return undefined;
  const [from, to] = [timeOf(query, 'startTime'), timeOf(query, 'endTime')];
  const limit = countOf(query, 'limit', 30, MOST_POSITION_ROWS);
  const rows = market.positions.filter(
    ({ time }) => time % periodMs === 0 && time >= (from ?? 0) && time <= (to ?? Number.POSITIVE_INFINITY),
  );
  return from === undefined ? rows.slice(-limit) : rows.slice(0, limit);
}

function depthLimit(query: URLSearchParams): number {
  return Number(query.get('limit') ?? 500);
}

/** Weight of `klines` by its limit, venues.md 3.3. */
function klineWeight(query: URLSearchParams): number {
  const limit = countOf(query, 'limit', 500, MOST_KLINES);
  if (limit < 100) return 1;
  if (limit < 500) return 2;
  return limit <= 1_000 ? 5 : 10;
}

function badPeriod(): RestAnswer {
  return mistake(-1130, "Data sent for parameter 'period' is not valid.");
}

function mistake(code: number, msg: string): RestAnswer {
  return jsonAnswer({ code, msg }, 400);
}
