import {
  malformed,
  parsed,
  type Bar,
  type DurationMs,
  type Fault,
  type Instrument,
  type InstrumentId,
  type MarkBar,
  type OpenInterest,
  type Parsed,
  type UnixMs,
} from '@liquidation-heatmap/core';
import { budgetOf } from '../../connection/rate-limit.js';
import { RestClient, type RestAnswer } from '../../connection/rest-client.js';
import type { Runtime } from '../../runtime/runtime.js';
import { broken, isPlausibleTime } from '../../wire-fields.js';
import { EXCHANGE_INFO_URL, REST_BASE, depthUrl, openInterestUrl } from './endpoints.js';
import { parseExchangeInfo, parseKlines, parseMarkPriceKlines, parseOpenInterestHistory } from './parse-rest.js';
import {
  PING_URL,
  TIME_URL,
  aggTradesUrl,
  klinesSpanUrl,
  markPriceKlinesSpanUrl,
  openInterestSpanUrl,
  type TimeSpan,
} from './rest-urls.js';

/** The venue allows 2400 a minute and address; half of it leaves room for other tabs and programs. */
const WEIGHT_PER_MINUTE = 1_200;
/** `/futures/data/*` counts apart, requests instead of weights: 1000 in 5 min (not verified), half of it used. */
const DATA_REQUESTS_PER_MINUTE = 100;
/** Rows of one page; 1000 candles cost weight 5, the best price a row among long pages. */
export const KLINES_PAGE = 1_000;
export const OPEN_INTEREST_PAGE = 500;
export const AGG_TRADES_PAGE = 1_000;

/** Candle lengths that are used, with their name on the wire. */
export const INTERVALS = { '1m': 60_000, '5m': 300_000 } as const;
/** Name of a candle length on the wire. */
export type IntervalName = keyof typeof INTERVALS;

/** Binance USDS-M's REST interface within its limits. */
export class BinanceRest {
  readonly #client: RestClient;
  readonly #dataClient: RestClient;
  readonly #runtime: Runtime;

  constructor(runtime: Runtime, onTrouble: (fault: Fault) => void) {
    this.#runtime = runtime;
    const budget = budgetOf(runtime, REST_BASE, WEIGHT_PER_MINUTE);
    const dataBudget = budgetOf(runtime, `${REST_BASE}/futures/data`, DATA_REQUESTS_PER_MINUTE);
    this.#client = new RestClient({ runtime, budget, usedWeightHeader: 'x-mbx-used-weight-1m', onTrouble });
    this.#dataClient = new RestClient({ runtime, budget: dataBudget, onTrouble });
  }

  /** Milliseconds the venue takes to answer. */
  async ping(signal: AbortSignal): Promise<Parsed<DurationMs>> {
    const asked = this.#runtime.now();
    const answer = await this.#client.get(PING_URL, 1, signal);
    return answer.ok ? parsed((this.#runtime.now() - asked) as DurationMs) : answer;
  }

  /** The venue's own clock: this machine's may be minutes off. */
  async time(signal: AbortSignal): Promise<Parsed<UnixMs>> {
    return this.#read(await this.#client.get(TIME_URL, 1, signal), (raw) => {
      const time = (raw as { readonly serverTime?: unknown } | null)?.serverTime;
      return isPlausibleTime(time)
        ? parsed(time as UnixMs)
        : broken('bad-time', 'time.serverTime', 'a time in milliseconds', time);
    });
  }

  depth(ownSymbol: string, signal: AbortSignal): Promise<Parsed<RestAnswer>> {
    return this.#client.get(depthUrl(ownSymbol), 20, signal);
  }

  openInterest(ownSymbol: string, signal: AbortSignal): Promise<Parsed<RestAnswer>> {
    return this.#client.get(openInterestUrl(ownSymbol), 1, signal);
  }

  exchangeInfo(signal: AbortSignal): Promise<Parsed<RestAnswer>> {
    return this.#client.get(EXCHANGE_INFO_URL, 1, signal);
  }

  async instruments(signal: AbortSignal): Promise<Parsed<readonly Instrument[]>> {
    return this.#read(await this.exchangeInfo(signal), parseExchangeInfo);
  }

  /** Candles of last prices that start in the span, oldest first; those still running at `now` are left out. */
  async klines(
    instrument: InstrumentId,
    interval: IntervalName,
    span: TimeSpan,
    now: UnixMs,
    signal: AbortSignal,
  ): Promise<Parsed<readonly Bar[]>> {
    const limit = limitOf(interval, span);
    const answer = await this.#client.get(
      klinesSpanUrl(ownSymbolOf(instrument), interval, limit, span),
      klinesWeight(limit),
      signal,
    );
    return this.#read(answer, (raw) => parseKlines(raw, instrument, now));
  }

  /** Candles of mark prices that start in the span, oldest first; those still running at `now` are left out. */
  async markPriceKlines(
    instrument: InstrumentId,
    interval: IntervalName,
    span: TimeSpan,
    now: UnixMs,
    signal: AbortSignal,
  ): Promise<Parsed<readonly MarkBar[]>> {
    const limit = limitOf(interval, span);
    const answer = await this.#client.get(
      markPriceKlinesSpanUrl(ownSymbolOf(instrument), interval, limit, span),
      klinesWeight(limit),
      signal,
    );
    return this.#read(answer, (raw) => parseMarkPriceKlines(raw, instrument, now));
  }

  async openInterestHistory(
    instrument: InstrumentId,
    span: TimeSpan,
    signal: AbortSignal,
  ): Promise<Parsed<readonly OpenInterest[]>> {
    const url = openInterestSpanUrl(ownSymbolOf(instrument), '5m', OPEN_INTEREST_PAGE, span);
    return this.#read(await this.#dataClient.get(url, 1, signal), (raw) => parseOpenInterestHistory(raw, instrument));
  }

  /** Aggregated trades from an id on, in the wire's own shape. */
  async aggTrades(
    ownSymbol: string,
    from: { readonly fromId: number } | TimeSpan,
    signal: AbortSignal,
  ): Promise<Parsed<readonly object[]>> {
    const answer = await this.#client.get(aggTradesUrl(ownSymbol, AGG_TRADES_PAGE, from), 20, signal);
    return this.#read(answer, (raw) =>
      Array.isArray(raw) && raw.every((row) => typeof row === 'object' && row !== null)
        ? parsed(raw as readonly object[])
        : malformed('bad-list', 'aggTrades', 'aggTrades must be a list of objects'),
    );
  }

  #read<Value>(answer: Parsed<RestAnswer>, parse: (raw: unknown) => Parsed<Value>): Parsed<Value> {
    if (!answer.ok) return answer;
    let raw: unknown;
    try {
      raw = JSON.parse(answer.value.body);
    } catch {
      return malformed('bad-json', 'body', 'The body of the answer must be JSON');
    }
    return parse(raw);
  }
}

function ownSymbolOf(instrument: InstrumentId): string {
  return instrument.slice(instrument.indexOf(':') + 1);
}

function limitOf(interval: IntervalName, span: TimeSpan): number {
  return Math.min(KLINES_PAGE, Math.max(1, Math.ceil((span.to - span.from) / INTERVALS[interval]) + 1));
}

/** Weights of the venue: 1, 2, 5, 10 below 100, 500, up to 1000, above. */
function klinesWeight(limit: number): number {
  if (limit < 100) return 1;
  return limit < 500 ? 2 : limit <= 1_000 ? 5 : 10;
}
