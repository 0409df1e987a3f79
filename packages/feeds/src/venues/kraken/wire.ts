/**
 * What Kraken's futures socket (`/ws/v1`) and its REST interface send. `seen` is the recording of 2021-07-22; `published` are captures
 * of 2026-09 that clients publish in their tests; `documentation` is https://docs.kraken.com/exchange/api-reference/futures-websocket.
 * Prices and quantities are JSON numbers. Every field is `unknown` until `parse` has looked.
 */

/** One level of `book_snapshot` (seen). */
export interface WireLevel {
  readonly price: unknown;
  readonly qty: unknown;
}

/** `book_snapshot`: the whole book, first after subscribing (seen). */
export interface WireBookSnapshot {
  readonly product_id: unknown;
  /** Of the newest change, which may be seconds old. */
  readonly timestamp: unknown;
  readonly seq: unknown;
  readonly bids: unknown;
  readonly asks: unknown;
}

/** `book`: one level, absolute, 0 deletes (seen). */
export interface WireBookChange {
  readonly product_id: unknown;
  /** `buy` is a bid, `sell` an ask. */
  readonly side: unknown;
  /** Previous + 1 for each product (seen: 1847 of 1847). */
  readonly seq: unknown;
  readonly price: unknown;
  readonly qty: unknown;
  readonly timestamp: unknown;
}

/** `trade`, and each of `trade_snapshot.trades`, which come newest first (seen). */
export interface WireTrade {
  readonly product_id: unknown;
  /** The trade's id, also in the REST history. */
  readonly uid: unknown;
  /** Taker side. */
  readonly side: unknown;
  /** `fill` (seen); `liquidation`, `termination`, `block` and, by REST, `assignment` (documentation). */
  readonly type: unknown;
  readonly time: unknown;
  readonly qty: unknown;
  readonly price: unknown;
}

/** `ticker`: all fields in every frame, at most one a second (published, documentation). */
export interface WireTicker {
  readonly product_id: unknown;
  readonly time: unknown;
  readonly markPrice: unknown;
  readonly index: unknown;
  /** In the contract's unit: coin for linear contracts, USD for inverse ones. */
  readonly openInterest: unknown;
  /** Fraction per hour of the running interval; absent while it is zero (documentation). `funding_rate` is no rate. */
  readonly relative_funding_rate?: unknown;
  /** Absent for dated contracts. A point in time (published), where the documentation says a duration. */
  readonly next_funding_rate_time?: unknown;
}

/** One of `instruments` (recorded by REST on 2021-07-22; fields marked 2026 published). */
export interface WireInstrument {
  /** Lower case in 2021, upper case in 2026. */
  readonly symbol: unknown;
  /** `futures_inverse` (seen), `flexible_futures`: linear (2026). */
  readonly type: unknown;
  /** Index the contract follows, e.g. `rr_xbtusd`; absent for linear contracts. */
  readonly underlying?: unknown;
  /** Coin, e.g. `BTC` (2026). */
  readonly base?: unknown;
  /** `USD` for all but a few (2026). */
  readonly quote?: unknown;
  /** Present for dated contracts only. */
  readonly lastTradingTime?: unknown;
  readonly tickSize: unknown;
  /** Contract units of a quantity of 1. */
  readonly contractSize: unknown;
  /** Decimals of a quantity, below 0 for tens and thousands (2026); absent in 2021, when quantities were whole. */
  readonly contractValueTradePrecision?: unknown;
  readonly tradeable: unknown;
  readonly marginLevels: unknown;
}

/** One of `marginLevels`: each rate counts for its own part of the position. */
export interface WireMarginLevel {
  /** From how many contracts on, for inverse contracts (seen). */
  readonly contracts?: unknown;
  /** From how many USD on, for linear contracts (2026). */
  readonly numNonContractUnits?: unknown;
  readonly initialMargin: unknown;
  readonly maintenanceMargin: unknown;
}

/** One of `candles` of the chart service (published). */
export interface WireCandle {
  /** Its start in milliseconds. */
  readonly time: unknown;
  /** Prices and sizes are texts here. */
  readonly open: unknown;
  readonly high: unknown;
  readonly low: unknown;
  readonly close: unknown;
  readonly volume: unknown;
}

/** One of `history`, newest first (documentation). */
export interface WirePastTrade {
  /** As text of the calendar, e.g. `2026-09-25T17:46:57.678Z`. */
  readonly time: unknown;
  readonly uid: unknown;
  readonly side: unknown;
  readonly type: unknown;
  /** A text, where the socket sends a number. */
  readonly size: unknown;
  readonly price: unknown;
}
