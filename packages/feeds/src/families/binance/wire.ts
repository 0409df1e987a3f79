/**
 * What Binance USDS-M sends, as far as recordings of 2021-07-22, 2024-08-08 and single frames of 2026-10 show it.
 * Every field is `unknown` until `parse` has looked: a type here is a claim about names, not about values.
 */

/** A combined stream (`/stream?streams=...`) wraps each payload; `/ws/...` sends the payload bare. */
export interface WireEnvelope {
  readonly stream: unknown;
  readonly data: unknown;
}

/** `<s>@aggTrade`. Fields of 2026 (`nq`, `st`) are not used. */
export interface WireAggTrade {
  readonly e: 'aggTrade';
  readonly E: unknown;
  readonly T: unknown;
  readonly s: unknown;
  /** Id of the aggregate, consecutive per symbol. */
  readonly a: unknown;
  readonly p: unknown;
  readonly q: unknown;
  /** The buyer was the maker, so the taker sold. */
  readonly m: unknown;
}

/** `<s>@trade`. */
export interface WireTrade {
  readonly e: 'trade';
  readonly E: unknown;
  readonly T: unknown;
  readonly s: unknown;
  readonly t: unknown;
  readonly p: unknown;
  readonly q: unknown;
  /** `MARKET`, or one of INSURANCE_FUND, ADL, NA for what did not trade in the book. */
  readonly X: unknown;
  readonly m: unknown;
}

/** `<s>@depth`: absolute sizes of changed levels. */
export interface WireDepthUpdate {
  readonly e: 'depthUpdate';
  readonly E: unknown;
  readonly T: unknown;
  readonly s: unknown;
  /** First and last update id of the event, last id of the event before. */
  readonly U: unknown;
  readonly u: unknown;
  readonly pu: unknown;
  readonly b: unknown;
  readonly a: unknown;
}

/** `GET /fapi/v1/depth`. The symbol stands in the address only. */
export interface WireDepthSnapshot {
  readonly lastUpdateId: unknown;
  readonly E: unknown;
  readonly T: unknown;
  readonly bids: unknown;
  readonly asks: unknown;
}

/** `<s>@markPrice@1s`: mark `p`, index `i`, funding `r` (empty or 0 time for delivery contracts). */
export interface WireMarkPrice {
  readonly e: 'markPriceUpdate';
  readonly E: unknown;
  readonly s: unknown;
  readonly p: unknown;
  readonly i: unknown;
  readonly r: unknown;
  readonly T: unknown;
}

/** `<s>@forceOrder` and `!forceOrder@arr`: one object a frame on both. */
export interface WireForceOrder {
  readonly e: 'forceOrder';
  readonly E: unknown;
  readonly o: {
    readonly s: unknown;
    /** Side of the forced order. */
    readonly S: unknown;
    /** Limit price of the order. */
    readonly p: unknown;
    /** Average price it filled at. */
    readonly ap: unknown;
    /** Size filled in all; `l` is only the last slice. */
    readonly z: unknown;
    readonly T: unknown;
  };
}

/** `<s>@kline_<interval>`. */
export interface WireKline {
  readonly e: 'kline';
  readonly E: unknown;
  readonly s: unknown;
  readonly k: {
    readonly t: unknown;
    readonly T: unknown;
    readonly o: unknown;
    readonly h: unknown;
    readonly l: unknown;
    readonly c: unknown;
    readonly v: unknown;
    /** Size bought by takers. */
    readonly V: unknown;
    /** Closed. */
    readonly x: unknown;
  };
}

/** `<s>@bookTicker`: best bid and ask at update id `u`. */
export interface WireBookTicker {
  readonly e: 'bookTicker';
  readonly u: unknown;
  readonly s: unknown;
  readonly b: unknown;
  readonly B: unknown;
  readonly a: unknown;
  readonly A: unknown;
}

/** `GET /fapi/v1/openInterest`; documented, not recorded. */
export interface WireOpenInterest {
  readonly symbol: unknown;
  readonly openInterest: unknown;
  readonly time: unknown;
}

/** One row of `GET /futures/data/openInterestHist`; documented, not recorded. */
export interface WireOpenInterestHistory {
  readonly symbol: unknown;
  readonly sumOpenInterest: unknown;
  readonly timestamp: unknown;
}

/** One row of `/futures/data/*LongShort*Ratio`, alike for all three (clients). Shares are decimal texts. */
export interface WireLongShortRatio {
  readonly symbol: unknown;
  /** Share of longs, of accounts or of positions. */
  readonly longAccount: unknown;
  readonly timestamp: unknown;
}

/** One symbol of `GET /fapi/v1/exchangeInfo` (recorded 2021-07-22). */
export interface WireSymbolInfo {
  readonly symbol: unknown;
  readonly contractType: unknown;
  readonly status: unknown;
  readonly baseAsset: unknown;
  readonly quoteAsset: unknown;
  /** USD of one contract, in lists of contracts in coin (documentation). */
  readonly contractSize?: unknown;
  readonly filters: unknown;
}
