import { MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND } from '@liquidation-heatmap/core';
import { trimmed } from '../../market/decimal.js';
import type { InstrumentMarket } from '../../market/instrument-market.js';
import type { VenueBar } from '../../market/minute-bars.js';
import { countOf, timeOf } from '../intervals.js';
import { longShareOf } from '../long-share.js';
import { ownEntry } from '../own-entry.js';
import { RequestBudget } from '../request-budget.js';
import { jsonAnswer, type RestAnswer, type RestRequest, type VenueDesk } from '../venue-server.js';
import {
  candleRow,
  contractsText,
  fundingData,
  levelRows,
  markCandleRow,
  markData,
  openInterestData,
  tradeNumber,
  tradeRow,
} from './frames.js';
import { instrumentRow, positionTiers } from './instruments.js';
import { barMs, cursorOf, pageOf } from './rows.js';

const WINDOW_MS = 2 * MS_PER_SECOND;
/** Requests within 2 s and address of routes that have fewer than the usual (venues.md 5; the usual is from memory). */
const USUAL_REQUESTS = 20;
const REQUESTS: Readonly<Record<string, number>> = {
  '/api/v5/market/candles': 40,
  '/api/v5/market/history-candles': 20,
  '/api/v5/market/trades': 100,
  '/api/v5/rubik/stat/contracts/open-interest-history': 10,
};
const FUNDING_MS = 8 * MS_PER_HOUR;

interface Mistake {
  readonly code: string;
  readonly msg: string;
}
type Rows = readonly unknown[] | Mistake;
type Route = (query: URLSearchParams) => Rows;
type MarketRoute = (market: InstrumentMarket, query: URLSearchParams) => Rows;

/** REST of OKX v5 swaps; every list comes newest first and goes back with `after`. */
export class OkxRest {
  readonly #desk: VenueDesk;
  readonly #budgets = new Map<string, RequestBudget>();
  readonly #routes: Readonly<Record<string, Route>>;

  constructor(desk: VenueDesk) {
    this.#desk = desk;
    const of =
      (route: MarketRoute): Route =>
      (query) =>
        this.#ofInstrument(query, route);
    this.#routes = {
      '/api/v5/public/time': () => [{ ts: String(desk.now()) }],
      '/api/v5/public/instruments': (query) => this.#swaps(query, ({ listing }) => [instrumentRow(listing)]),
      '/api/v5/public/open-interest': (query) => this.#swaps(query, (market) => [openInterestData(market, desk.now())]),
      '/api/v5/public/mark-price': (query) => this.#swaps(query, (market) => [markData(market, desk.now())]),
      '/api/v5/public/position-tiers': (query) => this.#tiers(query),
      '/api/v5/public/funding-rate': of((market) => [fundingData(market, desk.now())]),
      '/api/v5/public/funding-rate-history': of((market, query) => this.#fundingHistory(market, query)),
      '/api/v5/market/candles': of((market, query) => this.#candles(market, query, 'any', 300)),
      '/api/v5/market/history-candles': of((market, query) => this.#candles(market, query, 'closed', 100)),
      '/api/v5/market/mark-price-candles': of((market, query) => this.#candles(market, query, 'mark', 100)),
      '/api/v5/market/history-mark-price-candles': of((market, query) =>
        this.#candles(market, query, 'closed-mark', 100),
      ),
      '/api/v5/market/trades': of((market, query) => this.#trades(market, query, 500)),
      '/api/v5/market/history-trades': of((market, query) => this.#historyTrades(market, query)),
      '/api/v5/market/books': of((market, query) => this.#books(market, query)),
      '/api/v5/rubik/stat/contracts/open-interest-history': of((market, query) =>
        this.#openInterestHistory(market, query),
      ),
      '/api/v5/rubik/stat/contracts/long-short-account-ratio-contract': of((market, query) =>
        this.#ratios(market, query),
      ),
    };
  }

  /** Answers a request to `www.okx.com`. */
  answer({ path, query }: RestRequest): RestAnswer {
    const route = ownEntry(this.#routes, path);
    if (route === undefined)
      return jsonAnswer(
        { code: '404', data: {}, detailMsg: '', error_code: '404', error_message: 'Not Found', msg: 'Not Found' },
        404,
      );
    const budget = this.#budgets.get(path) ?? new RequestBudget(REQUESTS[path] ?? USUAL_REQUESTS, WINDOW_MS);
    this.#budgets.set(path, budget);
    budget.charge(1, this.#desk.now());
    if (budget.isSpent) return jsonAnswer({ msg: 'Too Many Requests', code: '50011' }, 429);
    const rows = route(query);
    if ('code' in rows) return jsonAnswer({ code: rows.code, msg: rows.msg, data: [] });
    return jsonAnswer({ code: '0', msg: '', data: rows });
  }

  #ofInstrument(query: URLSearchParams, route: MarketRoute): Rows {
    const instId = query.get('instId');
    if (instId === null) return { code: '50014', msg: 'Parameter instId can not be empty.' };
    const market = this.#marketOf(instId);
    return market === undefined ? unknownInstrument() : route(market, query);
  }

  #swaps(query: URLSearchParams, rowsOf: (market: InstrumentMarket) => readonly object[]): Rows {
    if (query.get('instType') !== 'SWAP') return { code: '51000', msg: 'Parameter instType error' };
    const instId = query.get('instId');
    if (instId === null) return this.#desk.symbols.flatMap((symbol) => rowsOf(this.#desk.market(symbol)));
    const market = this.#marketOf(instId);
    return market === undefined ? unknownInstrument() : rowsOf(market);
  }

  /** Tiers belong to a family; sizes are contracts. */
  #tiers(query: URLSearchParams): Rows {
    if (query.get('instType') !== 'SWAP' || !/^(isolated|cross)$/.test(query.get('tdMode') ?? ''))
      return { code: '51000', msg: 'Parameter instType or tdMode error' };
    const family = query.get('instFamily') ?? query.get('uly');
    const market = this.#marketOf(`${String(family)}-SWAP`);
    return market === undefined ? unknownInstrument() : positionTiers(market);
  }

  #candles(
    market: InstrumentMarket,
    query: URLSearchParams,
    which: 'any' | 'closed' | 'mark' | 'closed-mark',
    most: number,
  ): Rows {
    const lengthMs = barMs(query.get('bar') ?? '1m');
    if (lengthMs === undefined) return { code: '51000', msg: 'Parameter bar error' };
    const isMark = which === 'mark' || which === 'closed-mark';
    const series = isMark ? market.markBars : market.bars;
    const runningFrom = Math.floor((market.bars.last?.openTime ?? 0) / lengthMs) * lengthMs;
    const isClosed = ({ openTime }: VenueBar): boolean => openTime < runningFrom;
    const { after, before, isForward } = cursorOf(query);
    const newestShown = which === 'closed' || which === 'closed-mark' ? runningFrom - 1 : Number.POSITIVE_INFINITY;
    const [from, to] = [before + 1, Math.min(after - 1, newestShown)];
    const limit = countOf(query, 'limit', 100, most);
    const bars = isForward ? series.oldest(lengthMs, limit, from, to) : series.newest(lengthMs, limit, from, to);
    const page = bars.reverse();
    return page.map((bar) => (isMark ? markCandleRow : candleRow)(market.listing, bar, isClosed(bar)));
  }

  #trades(market: InstrumentMarket, query: URLSearchParams, most: number): Rows {
    const newest = market.trades.slice(-countOf(query, 'limit', 100, most)).reverse();
    return newest.map((trade) => this.#tradeRow(market, trade));
  }

  /** Pages by trade id, or by time with `type=2`. */
  #historyTrades(market: InstrumentMarket, query: URLSearchParams): Rows {
    const isByTime = query.get('type') === '2';
    const cursor = new URLSearchParams();
    for (const name of ['after', 'before']) {
      const value = Number(query.get(name) ?? '');
      if (value > 0) cursor.set(name, String(isByTime ? value : tradeNumber(value)));
    }
    const keyOf = ({ id, time }: { readonly id: number; readonly time: number }): number =>
      isByTime ? this.#desk.stamp(time) : id;
    const page = pageOf(market.trades, keyOf, cursor, countOf(query, 'limit', 100, 100));
    return page.map((trade) => this.#tradeRow(market, trade));
  }

  #tradeRow({ listing }: InstrumentMarket, trade: InstrumentMarket['trades'][number]): object {
    return { ...tradeRow(listing, trade, this.#desk.stamp(trade.time)), source: '0' };
  }

  #books({ listing, book }: InstrumentMarket, query: URLSearchParams): Rows {
    const depth = countOf(query, 'sz', 1, 400);
    const [asks, bids] = [levelRows(listing, book.asks.levels(depth)), levelRows(listing, book.bids.levels(depth))];
    return [{ asks, bids, ts: String(this.#desk.now()) }];
  }

  #openInterestHistory(market: InstrumentMarket, query: URLSearchParams): Rows {
    const page = this.#positions(market, query);
    if (page === undefined) return { code: '51000', msg: 'Parameter period error' };
    const { listing } = market;
    return page.map(({ time, openInterest }) => {
      const price = market.bars.range(MS_PER_MINUTE, time, time)[0]?.open ?? market.last;
      const coins = trimmed(openInterest.toFixed(listing.sizeStep.decimals));
      return [String(time), contractsText(listing, openInterest), coins, (openInterest * price).toFixed(4)];
    });
  }

  #ratios(market: InstrumentMarket, query: URLSearchParams): Rows {
    const page = this.#positions(market, query);
    if (page === undefined) return { code: '51000', msg: 'Parameter period error' };
    return page.map(({ time, fundingRate }) => {
      const share = longShareOf(fundingRate);
      return [String(time), (share / (1 - share)).toFixed(4)];
    });
  }

  /** Rows between `begin` and `end`, newest first; these routes have no `after`. */
  #positions(market: InstrumentMarket, query: URLSearchParams): InstrumentMarket['positions'] | undefined {
    const periodMs = barMs(query.get('period') ?? '5m');
    if (periodMs === undefined || periodMs < 5 * MS_PER_MINUTE) return undefined;
    const [from, to] = [timeOf(query, 'begin') ?? 0, timeOf(query, 'end') ?? Number.POSITIVE_INFINITY];
    const rows = market.positions.filter(({ time }) => time % periodMs === 0 && time >= from && time <= to);
    return rows.slice(-countOf(query, 'limit', 100, 100)).reverse();
  }

  #fundingHistory(market: InstrumentMarket, query: URLSearchParams): Rows {
    const rows = market.positions.filter(({ time }) => time % FUNDING_MS === 0);
    return pageOf(rows, ({ time }) => time, query, countOf(query, 'limit', 100, 100)).map(({ time, fundingRate }) => ({
      formulaType: 'withRate',
      fundingRate: fundingRate.toFixed(10),
      fundingTime: String(time),
      instId: market.listing.ownSymbol,
      instType: 'SWAP',
      method: 'current_period',
      realizedRate: fundingRate.toFixed(10),
    }));
  }

  #marketOf(ownSymbol: string): InstrumentMarket | undefined {
    const symbol = this.#desk.symbolOf(ownSymbol);
    return symbol === undefined ? undefined : this.#desk.market(symbol);
  }
}

function unknownInstrument(): Mistake {
  return { code: '51001', msg: "Instrument ID, Instrument ID code, or Spread ID doesn't exist." };
}
