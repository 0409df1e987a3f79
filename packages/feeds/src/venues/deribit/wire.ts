/**
 * What Deribit's JSON-RPC socket and its REST interface send. `seen` is the recording of 2021-07-22, of options; `published` are bodies
 * that clients publish in their tests; `documentation` is https://docs.deribit.com. Prices and amounts are JSON numbers: an amount
 * is in USD for inverse contracts and in coin for all others. Every field is `unknown` until `parse` has looked.
 */

/** `params.data` of `book.NAME.INTERVAL` (seen). */
export interface WireBook {
  /** `snapshot`, first after subscribing, or `change`. */
  readonly type: unknown;
  readonly timestamp: unknown;
  readonly change_id: unknown;
  /** `change_id` of the frame before; absent in a snapshot. */
  readonly prev_change_id?: unknown;
  /** Rows `[new | change | delete, price, amount]`. */
  readonly bids: unknown;
  readonly asks: unknown;
}

/** `params.data` of `ticker.NAME.INTERVAL`: every field in every frame (seen for options; documentation for perpetuals). */
export interface WireTicker {
  readonly timestamp: unknown;
  readonly mark_price: unknown;
  readonly index_price: unknown;
  /** As amounts are: USD for inverse contracts. */
  readonly open_interest: unknown;
  /** Fraction per eight hours, paid all the time; perpetuals only (documentation). */
  readonly current_funding?: unknown;
}

/** One of `params.data` of `trades.NAME.INTERVAL`, and one of the trades asked for (documentation). */
export interface WireTrade {
  readonly instrument_name: unknown;
  readonly trade_id: unknown;
  readonly timestamp: unknown;
  readonly price: unknown;
  readonly amount: unknown;
  /** What the taker did. */
  readonly direction: unknown;
  /** Who was liquidated: `T` taker, `M` maker, `MT` both; absent for all other trades. */
  readonly liquidation?: unknown;
  /** Present for a block trade, which was agreed outside the book. */
  readonly block_trade_id?: unknown;
}

/** One of `get_instruments` (published; documentation). */
export interface WireInstrument {
  readonly instrument_name: unknown;
  /** `future` for perpetuals too. */
  readonly kind: unknown;
  /** `perpetual` for those without a date. */
  readonly settlement_period: unknown;
  /** `reversed`: inverse; `linear`. */
  readonly instrument_type: unknown;
  readonly base_currency: unknown;
  readonly quote_currency: unknown;
  /** The finest step; `tick_size_steps` name coarser ones above a price. */
  readonly tick_size: unknown;
  /** Amounts are multiples of it, and not contracts: USD or coin already. */
  readonly contract_size: unknown;
  readonly is_active: unknown;
}

/** `get_tradingview_chart_data`: one column a field (documentation). */
export interface WireCandles {
  /** `ok`, or `no_data`. */
  readonly status: unknown;
  /** Starts, in milliseconds. */
  readonly ticks: unknown;
  readonly open: unknown;
  readonly high: unknown;
  readonly low: unknown;
  readonly close: unknown;
  /** In coin. */
  readonly volume: unknown;
  /** In the quote currency: USD for inverse contracts. */
  readonly cost: unknown;
}
