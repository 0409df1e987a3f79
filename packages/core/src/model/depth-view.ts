/** Levels of one side of a book as two columns of equal length: price ticks and absolute sizes (0 deletes). */
export interface DepthLevels {
  readonly ticks: Float64Array;
  readonly sizes: Float64Array;
}

/** A read-only look at a book that is in sync. Bids descend, asks ascend; sizes in the contract's unit. */
export interface DepthView {
  readonly tickSize: number;
  readonly bids: DepthLevels;
  readonly asks: DepthLevels;
}
