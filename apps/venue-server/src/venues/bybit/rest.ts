import { MS_PER_HOUR, MS_PER_MINUTE } from '@liquidation-heatmap/core';
import type { InstrumentMarket } from '../../market/instrument-market.js';
import { isSymbolName } from '../../market/venue-name.js';
import { longShareOf } from '../long-share.js';
import { countOf, intervalMs, timeOf } from '../intervals.js';
import { ownEntry } from '../own-entry.js';
import { RequestBudget } from '../request-budget.js';
import { jsonAnswer, type RestAnswer, type RestRequest, type VenueDesk } from '../venue-server.js';
import { levelRows, recentTrade, sequenceOf, sizeText } from './frames.js';
import { instrumentRow, riskLimitRows } from './instruments.js';
import { klineInterval, klineRow } from './klines.js';

/** Requests within 5 s and address, venues.md 4. */
const REQUESTS = 600;
const WINDOW_MS = 5_000;
/** The venue asks to wait this long after its 403 (rate-limit page of the venue). */
const WAIT_S = 600;
const FUNDING_MS = 8 * MS_PER_HOUR;

type Result = Readonly<Record<string, unknown>>;
type Route = (query: URLSearchParams, market: InstrumentMarket | undefined) => Result | { readonly mistake: string };

/** REST of Bybit's linear contracts; every list comes newest first. */
export class BybitRest {
  readonly #desk: VenueDesk;
  readonly #budget = new RequestBudget(REQUESTS, WINDOW_MS);
  readonly #routes: Readonly<Record<string, Route>>;

  constructor(desk: VenueDesk) {
    this.#desk = desk;
    this.#routes = {
      'time': () => ({ timeSecond: String(Math.floor(desk.now() / 1_000)), timeNano: `${String(desk.now())}000000` }),
      'kline': (query, market) => this.#klines(query, market, false),
      'mark-price-kline': (query, market) => this.#klines(query, market, true),
      'open-interest': (query, market) => this.#openInterest(query, market),
      'recent-trade': (query, market) => this.#recentTrades(query, market),
      'instruments-info': (query, market) => this.#instruments(query, market),
      'risk-limit': (_query, market) => ({
        category: 'linear',
        list: this.#markets(market).flatMap(riskLimitRows),
        nextPageCursor: '',
      }),
      'account-ratio': (query, market) => this.#accountRatio(query, market),
      'orderbook': (query, market) => this.#orderbook(query, market),
      'funding/history': (query, market) => this.#fundingHistory(query, market),
    };
  }

  /** Answers a request to `api.bybit.com`. */
  answer({ path, query }: RestRequest): RestAnswer {
    const now = this.#desk.now();
    this.#budget.charge(1, now);
    if (this.#budget.isSpent) {
      return {
        status: 403,
        headers: { 'content-type': 'text/plain', 'retry-after': String(WAIT_S) },
        body: 'access too frequent',
      };
    }
    const route = ownEntry(this.#routes, path.replace('/v5/market/', ''));
    if (!path.startsWith('/v5/market/') || route === undefined) return { status: 404, headers: {}, body: '' };
    const symbol = query.get('symbol');
    const isListed = isSymbolName(symbol) && this.#desk.symbols.includes(symbol);
    if (symbol !== null && !isListed) return this.#envelope(10_001, 'params error: symbol invalid', {});
    const result = route(query, isListed ? this.#desk.market(symbol) : undefined);
    if (typeof result === 'object' && 'mistake' in result) return this.#envelope(10_001, String(result.mistake), {});
    return this.#envelope(0, 'OK', result);
  }

  #envelope(retCode: number, retMsg: string, result: Result): RestAnswer {
    return jsonAnswer({ retCode, retMsg, result, retExtInfo: {}, time: this.#desk.now() });
  }

  /** The newest `limit` candles of the range. */
  #klines(query: URLSearchParams, market: InstrumentMarket | undefined, isMark: boolean): Result | { mistake: string } {
    const lengthMs = klineInterval(query.get('interval') ?? '');
    if (market === undefined || lengthMs === undefined)
      return { mistake: 'params error: Interval or symbol is invalid' };
    const [from, to] = [timeOf(query, 'start'), timeOf(query, 'end')];
    const series = isMark ? market.markBars : market.bars;
    const newest = series.newest(lengthMs, countOf(query, 'limit', 200, 1_000), from, to).reverse();
    const list = newest.map((bar) => klineRow(market, bar, isMark));
    return { symbol: market.listing.ownSymbol, category: 'linear', list };
  }

  /** Rows count both sides and one; pages go backwards by a cursor. */
  #openInterest(query: URLSearchParams, market: InstrumentMarket | undefined): Result | { mistake: string } {
    const periodMs = intervalMs(query.get('intervalTime') ?? '');
    if (market === undefined || periodMs === undefined || periodMs < 5 * MS_PER_MINUTE)
      return { mistake: 'params error: intervalTime or symbol is invalid' };
    const [from, to] = [timeOf(query, 'startTime') ?? 0, timeOf(query, 'endTime') ?? Number.POSITIVE_INFINITY];
    const before = Number(query.get('cursor') ?? '') || Number.POSITIVE_INFINITY;
    const limit = countOf(query, 'limit', 50, 200);
    const rows = market.positions.filter(
      ({ time }) => time % periodMs === 0 && time >= from && time <= to && time < before,
    );
    const page = rows.slice(-limit).reverse();
    const list = page.map(({ time, openInterest }) => ({
      openInterest: sizeText(market.listing, 2 * openInterest),
      singleOpenInterest: sizeText(market.listing, openInterest),
      timestamp: String(time),
    }));
    const nextPageCursor = rows.length > limit ? String(page.at(-1)?.time ?? '') : '';
    return { symbol: market.listing.ownSymbol, category: 'linear', list, nextPageCursor };
  }

  #recentTrades(query: URLSearchParams, market: InstrumentMarket | undefined): Result | { mistake: string } {
    if (market === undefined) return { mistake: 'params error: symbol is required' };
    const newest = market.trades.slice(-countOf(query, 'limit', 500, 1_000)).reverse();
    return {
      category: 'linear',
      list: newest.map((trade) => recentTrade(market, trade, this.#desk.stamp(trade.time))),
    };
  }

  #instruments(query: URLSearchParams, market: InstrumentMarket | undefined): Result {
    const markets = this.#markets(market);
    const from = Number(query.get('cursor') ?? 0) || 0;
    const limit = countOf(query, 'limit', 500, 1_000);
    const page = markets.slice(from, from + limit);
    const nextPageCursor = from + limit < markets.length ? String(from + limit) : '';
    return { category: 'linear', list: page.map(instrumentRow), nextPageCursor };
  }

  #accountRatio(query: URLSearchParams, market: InstrumentMarket | undefined): Result | { mistake: string } {
    const periodMs = intervalMs(query.get('period') ?? '');
    if (market === undefined || periodMs === undefined || periodMs < 5 * MS_PER_MINUTE)
      return { mistake: 'params error: period or symbol is invalid' };
    const [from, to] = [timeOf(query, 'startTime') ?? 0, timeOf(query, 'endTime') ?? Number.POSITIVE_INFINITY];
    const rows = market.positions.filter(({ time }) => time % periodMs === 0 && time >= from && time <= to);
    const newest = rows.slice(-countOf(query, 'limit', 50, 500)).reverse();
    const list = newest.map(({ time, fundingRate }) => {
      const share = longShareOf(fundingRate);
      return {
        symbol: market.listing.ownSymbol,
        buyRatio: share.toFixed(4),
        sellRatio: (1 - share).toFixed(4),
        timestamp: String(time),
      };
    });
    return { list, nextPageCursor: '' };
  }

  #orderbook(query: URLSearchParams, market: InstrumentMarket | undefined): Result | { mistake: string } {
    if (market === undefined) return { mistake: 'params error: symbol is required' };
    const { listing, book, updateId } = market;
    const limit = countOf(query, 'limit', 25, 500);
    return {
      s: listing.ownSymbol,
      b: levelRows(listing, book.bids.levels(limit)),
      a: levelRows(listing, book.asks.levels(limit)),
      ts: this.#desk.now(),
      u: updateId,
      seq: sequenceOf(updateId),
      cts: this.#desk.now(),
    };
  }

  #fundingHistory(query: URLSearchParams, market: InstrumentMarket | undefined): Result | { mistake: string } {
    if (market === undefined) return { mistake: 'params error: symbol is required' };
    const rows = market.positions.filter(({ time }) => time % FUNDING_MS === 0);
    const newest = rows.slice(-countOf(query, 'limit', 200, 200)).reverse();
    const list = newest.map(({ time, fundingRate }) => ({
      symbol: market.listing.ownSymbol,
      fundingRate: fundingRate.toFixed(8),
      fundingRateTimestamp: String(time),
    }));
    return { category: 'linear', list };
  }

  #markets(market: InstrumentMarket | undefined): readonly InstrumentMarket[] {
    return market === undefined ? this.#desk.symbols.map((symbol) => this.#desk.market(symbol)) : [market];
  }
}
