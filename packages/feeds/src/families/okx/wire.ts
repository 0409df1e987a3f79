/**
 * What OKX's v5 public socket sends, as far as the recording of 2022-05-13 (books, trades) and single frames of 2026-09 (liquidations,
 * answers) show it; marks, index, open interest and funding as maintained clients describe them.
 */

/** Data of a subscribed channel: `{"arg":{"channel","instId"},"action","data":[...]}`. */
export interface WireChannelFrame {
  readonly arg: unknown;
  /** `snapshot` or `update`, on books alone. */
  readonly action?: unknown;
  readonly data: unknown;
}

/** `books`: absolute sizes in contracts, "0" deletes; levels are `[price, size, "0", orders]`. */
export interface WireBook {
  readonly bids: unknown;
  readonly asks: unknown;
  readonly ts: unknown;
  /** Signed CRC32 of the 25 best levels a side; always 0 since 2026. */
  readonly checksum?: unknown;
  /** Absent in recordings of before 2023. */
  readonly seqId?: unknown;
  /** -1 in a snapshot. */
  readonly prevSeqId?: unknown;
}

/** `trades`: fills of one taker at one price may be merged. */
export interface WireTrade {
  readonly tradeId: unknown;
  readonly px: unknown;
  /** Contracts. */
  readonly sz: unknown;
  /** Taker side. */
  readonly side: unknown;
  readonly ts: unknown;
}

/** `liquidation-orders`: forced orders of one contract. */
export interface WireLiquidations {
  readonly instId: unknown;
  readonly details: unknown;
}

/** One forced order. */
export interface WireLiquidation {
  /** Bankruptcy price. */
  readonly bkPx: unknown;
  /** Side of the position; `net` where the account nets, so that only the order's side tells. */
  readonly posSide: unknown;
  /** Order side. */
  readonly side: unknown;
  /** Contracts. */
  readonly sz: unknown;
  readonly ts: unknown;
}
