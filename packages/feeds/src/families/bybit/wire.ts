/**
 * What Bybit's v5 public sockets send, as far as the recording of 2024-12-01 and single frames of 2026-08 to 2026-10 show it.
 * Every field is `unknown` until `parse` has looked: a type here is a claim about names, not about values.
 */

/** Data of a subscribed topic, e.g. `orderbook.200.BTCUSDT`. */
export interface WireTopicFrame {
  readonly topic: unknown;
  /** `snapshot` or `delta`. */
  readonly type: unknown;
  /** When the frame was sent. */
  readonly ts: unknown;
  readonly data: unknown;
  /** When the matching engine made the book what it is; absent in old recordings. */
  readonly cts?: unknown;
}

/** `orderbook.N.S`: absolute sizes, "0" deletes. */
export interface WireOrderBook {
  readonly s: unknown;
  readonly b: unknown;
  readonly a: unknown;
  /** Update id: previous + 1 in a delta; 1 in the snapshot after a restart of the service. */
  readonly u: unknown;
}

/** One of `publicTrade.S`. */
export interface WireTrade {
  readonly T: unknown;
  readonly s: unknown;
  /** Taker side. */
  readonly S: unknown;
  readonly v: unknown;
  readonly p: unknown;
  readonly i: unknown;
  /** A block trade: agreed outside the book. */
  readonly BT: unknown;
}

/** `tickers.S`: all fields in a snapshot, those that changed in a delta. */
export interface WireTicker {
  readonly symbol: unknown;
  readonly markPrice?: unknown;
  readonly indexPrice?: unknown;
  /** One-sided; `openInterest` counts both sides. */
  readonly singleOpenInterest?: unknown;
  readonly openInterest?: unknown;
  readonly fundingRate?: unknown;
  readonly nextFundingTime?: unknown;
}

/** One of `allLiquidation.S`. */
export interface WireLiquidation {
  readonly T: unknown;
  readonly s: unknown;
  /** Side of the position that was closed. */
  readonly S: unknown;
  readonly v: unknown;
  /** Bankruptcy price. */
  readonly p: unknown;
}
