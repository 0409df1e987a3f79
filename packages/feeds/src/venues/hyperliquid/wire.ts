/**
 * What Hyperliquid's socket and `POST /info` send. `seen` is the recording of 2025-01-26; `frame` are frames captured on 2026-08-12;
 * `published` are bodies that clients publish in their tests (2026-07 to 2026-10); `documentation` is
 * https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api. Amounts are decimal texts, in coin and USDC.
 * Every field is `unknown` until `parse` has looked.
 */

/** `l2Book`: the whole book as far as it is shown, without a sequence number (seen). */
export interface WireBook {
  readonly coin: unknown;
  /** Of the block, in milliseconds. */
  readonly time: unknown;
  /** Bids and asks, best first: 20 a side, or 5 where `fast` was asked for (documentation). */
  readonly levels: unknown;
}

/** One level; `n`, the number of orders, is not used (seen). */
export interface WireLevel {
  readonly px: unknown;
  readonly sz: unknown;
}

/** One of `trades` (seen), and one of `recentTrades` (published). */
export interface WireTrade {
  readonly coin: unknown;
  /** `B`: the taker bought; `A`: the taker sold. */
  readonly side: unknown;
  readonly px: unknown;
  readonly sz: unknown;
  readonly time: unknown;
  /** A hash of both orders' ids: a number (seen) or a text (frame); one trade's only together with its time and coin. */
  readonly tid: unknown;
  /** Addresses of buyer and seller (seen). */
  readonly users?: unknown;
}

/** `activeAssetCtx` (frame). */
export interface WireActiveContext {
  readonly coin: unknown;
  readonly ctx: unknown;
}

/** State of one contract, in `activeAssetCtx` (frame) and `metaAndAssetCtxs` (published). It bears no time. */
export interface WireContext {
  readonly markPx: unknown;
  /** The price of the oracle, which is this venue's index. */
  readonly oraclePx: unknown;
  /** One-sided, in coin. */
  readonly openInterest: unknown;
  /** Fraction per hour. */
  readonly funding: unknown;
}

/** One of `meta.universe` (published). */
export interface WireAsset {
  /** Case sensitive, e.g. `kPEPE`. */
  readonly name: unknown;
  /** Decimals of a size. */
  readonly szDecimals: unknown;
  readonly maxLeverage: unknown;
  /** Number of a table in `meta.marginTables`; one below 50 is the leverage itself and is listed nowhere (documentation). */
  readonly marginTableId: unknown;
  /** True for contracts that trade no more; absent for all others. */
  readonly isDelisted?: unknown;
}

/** One of `marginTiers` of a table of `meta.marginTables`, which are pairs of number and table (published). */
export interface WireMarginTier {
  /** Position value in USDC from which on it counts. */
  readonly lowerBound: unknown;
  readonly maxLeverage: unknown;
}

/** One of `candleSnapshot` (documentation); the socket's `candle` is alike (frame). */
export interface WireCandle {
  /** First millisecond. */
  readonly t: unknown;
  /** Last millisecond. */
  readonly T: unknown;
  readonly o: unknown;
  readonly h: unknown;
  readonly l: unknown;
  readonly c: unknown;
  readonly v: unknown;
}

/** `position` of one of `clearinghouseState.assetPositions` (documentation). */
export interface WirePosition {
  readonly coin: unknown;
  /** In coin, below 0 for a short. */
  readonly szi: unknown;
  readonly entryPx: unknown;
  /** Null where no price would liquidate it. */
  readonly liquidationPx: unknown;
  /** `{type, value}`, the type `cross` or `isolated`. */
  readonly leverage: unknown;
}
