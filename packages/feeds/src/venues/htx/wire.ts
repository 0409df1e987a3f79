/**
 * What HTX's linear contracts send; every frame is gzip. `seen` is the recording of 2022-02-19, `captured` are single frames of
 * 2026-09, `documentation` is https://huobiapi.github.io/docs/usdt_swap/v1/en/. Prices and quantities are JSON numbers where nothing
 * else is said. Every field is `unknown` until `parse` has looked.
 */

/** `market.S.depth.step0`: the whole book of 150 levels a side, made every 100 ms where it changed (seen). */
export interface WireDepth {
  /** Newest order it contains; only grows, and 30 of 1588 frames repeat the one before (seen). */
  readonly mrid: unknown;
  /** Pairs of price and contracts. */
  readonly bids: unknown;
  readonly asks: unknown;
  /** When the book was made: once a frame's lay before that of the frame before (seen). */
  readonly ts: unknown;
}

/** One of `market.S.trade.detail` (seen). The first frame after subscribing holds the newest trade of before. */
export interface WireTrade {
  /** Exceeds 2^53 on busy contracts, so that it may be a text here. */
  readonly id: unknown;
  readonly price: unknown;
  /** Coins of both sides: `amount` contracts, always an even number, times their size. The trade is half of it. */
  readonly quantity: unknown;
  /** Taker side. */
  readonly direction: unknown;
  readonly ts: unknown;
}

/** `market.S.mark_price.1min` and `market.S.index.1min`: the running candle (documentation). */
export interface WirePriceCandle {
  /** The present price, as text. */
  readonly close: unknown;
}

/** One of `public.S.liquidation_orders` (captured). */
export interface WireLiquidation {
  readonly contract_code: unknown;
  /** Of the order that closed the position: `buy` closed a short. */
  readonly direction: unknown;
  readonly price: unknown;
  /** Coins; `volume` are contracts. */
  readonly amount: unknown;
  readonly created_at: unknown;
}

/** One of `public.S.funding_rate` (documentation). */
export interface WireFunding {
  readonly contract_code: unknown;
  /** Fraction of the running interval as text; an exact zero is `0E-18` by REST. */
  readonly funding_rate: unknown;
  /** When it is charged, milliseconds as text. */
  readonly settlement_time: unknown;
}

/** One of `swap_contract_info` (documentation; fields as in lists published in 2026-09). */
export interface WireContractInfo {
  /** Coin. */
  readonly symbol: unknown;
  readonly contract_code: unknown;
  /** Coins of one contract. */
  readonly contract_size: unknown;
  readonly price_tick: unknown;
  /** 1 is listed and trading. */
  readonly contract_status: unknown;
  /** `swap` for perpetuals. */
  readonly contract_type: unknown;
  /** Coin that prices are in. */
  readonly trade_partition: unknown;
}

/** One of `market/history/kline` (documentation): its sizes count both sides. */
export interface WireCandle {
  /** Its start in seconds. */
  readonly id: unknown;
  /** Numbers in candles of trades, texts in those of mark prices. */
  readonly open: unknown;
  readonly high: unknown;
  readonly low: unknown;
  readonly close: unknown;
  /** Coins of both sides. */
  readonly amount: unknown;
}

/** One of `swap_open_interest` (documentation). */
export interface WireOpenInterest {
  readonly contract_code: unknown;
  /** Coins, "sum of both buy and sell sides" by the documentation, and nobody has measured it. */
  readonly amount: unknown;
}

/** One of `swap_his_open_interest.tick` (documentation). */
export interface WirePastOpenInterest {
  /** Coins for `amount_type` 2; taken for both sides like the present value. */
  readonly volume: unknown;
  readonly amount_type: unknown;
  readonly ts: unknown;
}

/** One of `swap_elite_account_ratio.list` and `swap_elite_position_ratio.list` (documentation). */
export interface WireEliteRatio {
  readonly buy_ratio: unknown;
  readonly sell_ratio: unknown;
  readonly ts: unknown;
}
