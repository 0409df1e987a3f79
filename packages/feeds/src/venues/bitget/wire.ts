/**
 * What Bitget's contracts in USDT send. Three generations of the socket carry the same things under other names (`generations.ts`):
 * v1, retired, as recorded 2022-04-07; v2 as maintained clients describe it; v3, today's, by its documentation alone
 * (https://www.bitget.com/api-doc/uta/websocket/public/Tickers-Channel and the pages beside it, read 2026-11). Every field is `unknown`
 * until `parse` has looked. Prices, sizes and times are texts where nothing else is said; sizes are coin.
 */

/** Data of a channel. */
export interface WireFrame {
  /** `{instType, channel, instId}` on v1 and v2, `{instType, topic, symbol}` on v3; liquidations have no symbol. */
  readonly arg: unknown;
  /** `snapshot` or `update`; trades in a `snapshot` are of before the subscription. */
  readonly action: unknown;
  readonly data: unknown;
  /** Milliseconds of sending as number; absent on v1. */
  readonly ts?: unknown;
}

/** What `books` have beside their levels `[price, size]`: absolute sizes, "0" deletes. */
export interface WireBook {
  readonly ts: unknown;
  /** Signed CRC32 of the 25 best levels a side (v1: met by all recorded frames); 0 or absent on v3. */
  readonly checksum?: unknown;
  /**
   * Number of this frame and of the one before it, absent on v1. They exceed 2^53 on v3, so that they are texts here. The first update
   * after a snapshot has the snapshot's number between the two; 0 as the one before means that the venue counts anew.
   */
  readonly seq?: unknown;
  readonly pseq?: unknown;
}

/** One of `liquidation` (documentation). At most the largest of each side a contract and second. */
export interface WireLiquidation {
  readonly symbol: unknown;
  /** Of the POSITION: `buy` is a liquidated long. */
  readonly side: unknown;
  /** "Liquidation price"; not said to be where it traded. */
  readonly price: unknown;
  /** In quote coin, not in coin. */
  readonly amount: unknown;
  readonly ts: unknown;
}

/** One of `instruments` (documentation). */
export interface WireInstrument {
  readonly symbol: unknown;
  readonly category: unknown;
  readonly baseCoin: unknown;
  readonly quoteCoin: unknown;
  /** Prices are multiples of it. */
  readonly priceMultiplier: unknown;
  /** Sizes are multiples of it. */
  readonly quantityMultiplier: unknown;
  readonly status: unknown;
  /** `perpetual` for perpetuals; in answers of before 2026 it stood in `symbolType`. */
  readonly type?: unknown;
  readonly symbolType?: unknown;
}

/** One of `fills`: the newest trades (documentation). */
export interface WireFill {
  readonly execId: unknown;
  readonly price: unknown;
  readonly size: unknown;
  readonly side: unknown;
  readonly ts: unknown;
}

/** One of `position-tier` (documentation): amounts in USDT. */
export interface WireTier {
  readonly minTierValue: unknown;
  readonly maxTierValue: unknown;
  readonly leverage: unknown;
  /** Maintenance margin rate, a fraction. */
  readonly mmr: unknown;
}

/** One of `account-long-short` (documentation): shares of accounts. */
export interface WireAccountRatio {
  readonly longAccountRatio: unknown;
  readonly shortAccountRatio: unknown;
  readonly ts: unknown;
}
