import type { PricePath } from './price-path.js';

/** Width of the bars kept, and how many: 30 days. */
const BAR_MS = 300_000;
const KEPT = 8_640;

const COLUMNS = ['endTimes', 'high', 'low', 'close'] as const;

/** What a record goes on from: closed bars as columns, and the open one (NaN before any price). */
export interface PriceRecordState {
  readonly endTimes: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly open: readonly [endTime: number, high: number, low: number, close: number];
}

/** The way of the reference's price in bars of five minutes, 30 days of it. A bar without any price is missing. */
export class PriceRecord {
  /** Twice as long as what is kept, so that room is made once in 30 days. */
  readonly #columns = {
    endTimes: new Float64Array(2 * KEPT),
    high: new Float64Array(2 * KEPT),
    low: new Float64Array(2 * KEPT),
    close: new Float64Array(2 * KEPT),
  };
  #from = 0;
  #to = 0;
  #end = Number.NaN;
  #high = Number.NaN;
  #low = Number.NaN;
  #close = Number.NaN;

  /** Prices seen up to a time: of a moment, or of a bar of at most five minutes that ended then. */
  note(time: number, low: number, high: number, close: number): void {
    if (!(low > 0 && high >= low && close > 0)) return;
    const end = Math.ceil(time / BAR_MS) * BAR_MS;
    if (end !== this.#end) {
      if (!Number.isNaN(this.#end)) this.#store();
      this.#end = end;
      this.#high = high;
      this.#low = low;
    }
    this.#high = Math.max(this.#high, high);
    this.#low = Math.min(this.#low, low);
    this.#close = close;
  }

  /** Bars that are over, oldest first; shared memory, not to be written, and valid until the next price. */
  path(): PricePath {
    const column = (name: (typeof COLUMNS)[number]) => this.#columns[name].subarray(this.#from, this.#to);
    return {
      barMs: BAR_MS,
      endTimes: column('endTimes'),
      high: column('high'),
      low: column('low'),
      close: column('close'),
    };
  }

  /** Everything needed to go on. */
  state(): PriceRecordState {
    const column = (name: (typeof COLUMNS)[number]) => this.#columns[name].slice(this.#from, this.#to);
    return {
      endTimes: column('endTimes'),
      high: column('high'),
      low: column('low'),
      close: column('close'),
      open: [this.#end, this.#high, this.#low, this.#close],
    };
  }

  /** Goes on from what `state` gave. */
  restore(state: PriceRecordState): void {
    for (const name of COLUMNS) this.#columns[name].set(state[name].subarray(-KEPT));
    this.#from = 0;
    this.#to = Math.min(KEPT, state.endTimes.length);
    [this.#end, this.#high, this.#low, this.#close] = state.open;
  }

  #store(): void {
    const columns = this.#columns;
    if (this.#to === 2 * KEPT) {
      for (const name of COLUMNS) columns[name].copyWithin(0, this.#from, this.#to);
      this.#to -= this.#from;
      this.#from = 0;
    }
    columns.endTimes[this.#to] = this.#end;
    columns.high[this.#to] = this.#high;
    columns.low[this.#to] = this.#low;
    columns.close[this.#to] = this.#close;
    this.#to += 1;
    this.#from = Math.max(this.#from, this.#to - KEPT);
  }
}
