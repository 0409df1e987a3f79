/**
 * What Gate's contracts in USDT send. `recorded` are the recordings of 2023-05-24, `captured` are frames others published in 2026-08,
 * `documentation` is https://www.gate.com/docs/developers/futures/ws/en/ and, for REST, the models of the venue's own clients. Every field is
 * `unknown` until `parse` has looked.
 *
 * Sizes are contracts. Contracts with `enable_decimal` trade in parts of one, but the venue tells them only to sockets that were opened
 * with the header `X-Gate-Size-Decimal: 1`, which a page's socket cannot send: without it sizes are cut to whole numbers (captured:
 * 5116.8 as 5116). They are JSON numbers without that header and decimal texts with it, and both are read.
 */

/** Every frame: `event` is `update` (or `all`) for data, `subscribe` and `unsubscribe` for answers, empty for a pong (recorded, captured). */
export interface WireFrame {
  readonly channel: unknown;
  readonly event: unknown;
  /** Milliseconds of sending; 0 in some answers. */
  readonly time_ms: unknown;
  /** An object where a request was refused; absent or null otherwise. */
  readonly error?: unknown;
  readonly result: unknown;
}

/** A level: price as text, contracts as number or text (recorded; documentation). */
export interface WireLevel {
  readonly p: unknown;
  readonly s: unknown;
}

/** `futures.order_book_update`: absolute sizes of changed levels, 0 deletes (recorded). */
export interface WireBookUpdate {
  /** Contract. */
  readonly s: unknown;
  /** First and last update id of the frame. */
  readonly U: unknown;
  readonly u: unknown;
  /** Milliseconds of the newest update. */
  readonly t: unknown;
  readonly b: unknown;
  readonly a: unknown;
  /** The frame is a whole book, true at `u`: the first one after subscribing (documentation; in 2023 none came). */
  readonly full?: unknown;
}

/** `order_book?with_id=true` (recorded). */
export interface WireBookSnapshot {
  readonly id: unknown;
  /** Seconds with three decimals when the book last changed. */
  readonly update: unknown;
  readonly bids: unknown;
  readonly asks: unknown;
}

/** One of `futures.trades` (documentation). */
export interface WireTrade {
  readonly contract: unknown;
  readonly id: unknown;
  readonly create_time_ms: unknown;
  /** Text. */
  readonly price: unknown;
  /** Contracts: above 0 the taker bought, below 0 the taker sold. */
  readonly size: unknown;
  /** True for positions that the insurance fund or deleveraged accounts took over: no trade of the book. Absent otherwise. */
  readonly is_internal?: unknown;
}

/** One of `futures.tickers` (captured). Prices and rates are texts. */
export interface WireTicker {
  readonly contract: unknown;
  readonly mark_price: unknown;
  readonly index_price: unknown;
  /** Fraction of the running interval. */
  readonly funding_rate: unknown;
  /** Seconds of the next funding; older documentation does not have it. */
  readonly funding_next_apply?: unknown;
  /** Outstanding contracts as text. */
  readonly total_size: unknown;
}

/**
 * `futures.public_liquidates`: one order as an object (captured 2026-08-10, https://github.com/gateio/WebSocket-API/issues/132), or a list
 * of those of one contract and second (documentation of 2026-08-20).
 */
export interface WireLiquidation {
  readonly contract: unknown;
  /** Of the order, as text. */
  readonly price: unknown;
  /** Contracts; the sign is the ORDER's: below 0 it sold a long. */
  readonly size: unknown;
  /** Milliseconds, although the captured documentation said seconds. */
  readonly time: unknown;
}

/** One of `liq_orders` (documentation, signs measured 2026-08). */
export interface WirePastLiquidation {
  readonly contract: unknown;
  /** Seconds. */
  readonly time: unknown;
  /** Contracts; the sign is the POSITION's: above 0 a long was closed. */
  readonly size: unknown;
  /** Where it traded on average, as text. */
  readonly fill_price: unknown;
}

/** One of `contracts` (recorded). Decimals are texts. */
export interface WireContract {
  readonly name: unknown;
  /** `direct` for contracts that settle in what they are priced in. */
  readonly type: unknown;
  /** Coins of one contract. */
  readonly quanto_multiplier: unknown;
  /** Smallest price step. */
  readonly order_price_round: unknown;
  readonly in_delisting: unknown;
}

/** One of `candlesticks`; candles of mark prices have no `v` (documentation). Prices are texts. */
export interface WireCandle {
  /** Its start in seconds. */
  readonly t: unknown;
  readonly o: unknown;
  readonly h: unknown;
  readonly l: unknown;
  readonly c: unknown;
  /** Contracts. */
  readonly v?: unknown;
}

/** One of `contract_stats` (documentation). Ratios are longs / shorts. */
export interface WireStats {
  /** Seconds. */
  readonly time: unknown;
  /** Outstanding contracts. */
  readonly open_interest: unknown;
  /** Of users. */
  readonly lsr_account: unknown;
  /** Of large users, by count and by position. */
  readonly top_lsr_account: unknown;
  readonly top_lsr_size: unknown;
}

/** One of `risk_limit_tiers` (documentation). Decimals are texts, amounts in USDT. */
export interface WireMarginTier {
  readonly tier: unknown;
  /** Notional up to which the tier applies. */
  readonly risk_limit: unknown;
  readonly maintenance_rate: unknown;
  readonly leverage_max: unknown;
  readonly deduction: unknown;
}
