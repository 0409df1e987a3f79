import type { Alert } from './alert.js';
import type { CascadeReading } from './cascade.js';
import type { Cluster, ClusterChange } from './cluster.js';
import type { InstrumentId } from './instrument.js';
import type { TableAge } from './margin-bracket.js';
import type { Channel, ChannelState, Evidence, PositionSide } from './market-event.js';
import type { Setup } from './setup.js';
import type { ContractSize, DurationMs, Fraction, LatticeRow, Price, UnixMs, Usd } from './units.js';
import type { VenueId } from './venue.js';

/** Rows of a stored window: +38 % / -27 % around the mark at 0.1 % a row. */
export const WINDOW_ROWS = 640;
/** Columns of a tile. */
export const TILE_COLUMNS = 64;
/** Bytes of one cell of an aggregate tile: R long code, G short code, B spread, A age. */
export const CELL_BYTES = 4;
/** Spread code that says "not known". */
export const SPREAD_UNKNOWN = 255;

/** Which inputs a column was built from, as bits of `ColumnHead.inputs`. */
export const INPUT_BIT = {
  trades: 1,
  bars: 2,
  mark: 4,
  openInterest: 8,
  book: 16,
  liquidations: 32,
  funding: 64,
  ratios: 128,
} as const;

/** The part of a column that is not cells. Prices are of the reference venue; NaN where none was seen. */
export interface ColumnHead {
  /** End of the column, exclusive; columns are addressed by it. */
  readonly endTime: UnixMs;
  readonly resolutionMs: DurationMs;
  /** Only the newest column is open and may still change. */
  readonly isOpen: boolean;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
  readonly mark: Price;
  /** Bits of `INPUT_BIT`. */
  readonly inputs: number;
  /** Bit i is set when venue i of `FrameFacts.venues` contributed. */
  readonly venues: number;
  /** Share of the column's time in which all required channels delivered, 0..1. */
  readonly completeness: Fraction;
}

/** How codes become USD: `exp(floor + step * (code - 1))` for codes 1..255; 0 is empty. */
export interface CodeScale {
  readonly floor: number;
  readonly step: number;
}

/** One column of cells, four planes of `WINDOW_ROWS` codes each; row i of the planes is lattice row `originRow + i`. */
export interface Column extends CodeScale {
  readonly head: ColumnHead;
  readonly originRow: LatticeRow;
  /** USD of standing exposure of longs, coded. */
  readonly long: Uint8Array;
  readonly short: Uint8Array;
  /** log(P90/P50) coded as in `grid/cell-codes`; 255 = unknown. */
  readonly spread: Uint8Array;
  /** log of the mean age of the mass in minutes, coded; 0 = empty. */
  readonly age: Uint8Array;
}

/** Up to 64 consecutive columns of one resolution on one window and one code scale, as the bytes a texture takes. */
export interface Tile extends CodeScale {
  readonly resolutionMs: DurationMs;
  readonly originRow: LatticeRow;
  readonly heads: readonly ColumnHead[];
  /** `heads.length` columns x `WINDOW_ROWS` rows x `CELL_BYTES`, column-major. */
  readonly cells: Uint8Array;
}

/** P10, P50 and P90 of standing exposure per row of the window, USD. */
export interface BandVectors {
  readonly p10: Float64Array;
  readonly p50: Float64Array;
  readonly p90: Float64Array;
}

/** Exposure expected to fire within a horizon, USD per row. */
export interface FireVectors {
  readonly horizonMs: DurationMs;
  readonly long: Float64Array;
  readonly short: Float64Array;
}

/** Standing exposure of one part of the whole (a venue or a distance class), USD per row, P50. */
export interface PartVectors<Key> {
  readonly part: Key;
  readonly long: Float64Array;
  readonly short: Float64Array;
}

/** Edges of a distance class as fractions of the entry price. */
export interface DistanceClass {
  readonly from: Fraction;
  readonly to: Fraction;
}

/** Where one side's open interest of one instrument is: the four parts add up. Contract units. */
export interface SideTotals {
  readonly shown: ContractSize;
  readonly outOfReach: ContractSize;
  readonly outOfWindow: ContractSize;
  /** shown + outOfReach + outOfWindow. */
  readonly openInterest: ContractSize;
}

/** Totals of one instrument; `isRelative` when the venue's open interest is not known and sizes only compare with each other. */
export interface InstrumentTotals {
  readonly instrument: InstrumentId;
  readonly isRelative: boolean;
  readonly long: SideTotals;
  readonly short: SideTotals;
  /** As the venue last said, contract units; undefined before it has. */
  readonly reportedOpenInterest: ContractSize | undefined;
  /** USD per contract unit at the mark: price for linear contracts, 1 for inverse ones. */
  readonly usdPerUnit: number;
}

/** The present in full resolution: one, replaced each second. Vectors have `WINDOW_ROWS` entries from `originRow`. */
export interface NowView {
  readonly seenTime: UnixMs;
  readonly originRow: LatticeRow;
  readonly mark: Price;
  readonly lastPrice: Price;
  readonly long: BandVectors;
  readonly short: BandVectors;
  readonly expectedToFire: readonly FireVectors[];
  readonly venues: readonly PartVectors<VenueId>[];
  readonly classes: readonly PartVectors<DistanceClass>[];
  readonly totals: readonly InstrumentTotals[];
}

/** One reported liquidation as the reader sees it; placed by the venue's time, known from `seenTime`. */
export interface ObservedPrint {
  readonly eventTime: UnixMs;
  readonly seenTime: UnixMs;
  readonly venue: VenueId;
  readonly positionSide: PositionSide;
  readonly price: Price;
  readonly notional: Usd;
}

/** How one channel of one instrument stands. */
export interface ChannelCoverage {
  readonly instrument: InstrumentId;
  readonly channel: Channel;
  readonly state: ChannelState;
  readonly since: UnixMs;
  readonly lastSeen: UnixMs;
  readonly gaps: number;
  readonly detail: string;
  /** Why its messages are believed to be read rightly; absent where nothing is known. */
  readonly evidence?: Evidence;
}

/** Which margin table tells how far from the entry an instrument's positions are liquidated. */
export interface InstrumentMarginTable {
  readonly instrument: InstrumentId;
  /** Absent where none is known: a requirement of 0.45 % and no highest leverage stand in. */
  readonly table?: TableAge;
}

/** Exact small facts beside the cells: what the estimate is made of and where it came from. */
export interface FrameFacts {
  readonly symbol: string;
  /** Venues in display order; the first is the reference whose prices the axis shows. */
  readonly venues: readonly VenueId[];
  readonly instruments: readonly InstrumentId[];
  readonly seenTime: UnixMs;
  /** `relative`: no open interest, so sizes compare only with each other; `usd` otherwise. */
  readonly scale: 'usd' | 'relative';
  /** `prior-only`: no liquidation print has corrected the prior. */
  readonly basis: 'prior-only' | 'learned';
  /** Bits of `INPUT_BIT` seen so far. */
  readonly inputs: number;
  readonly coverage: readonly ChannelCoverage[];
  /** One of each instrument, in their order; absent in frames of senders that did not tell. */
  readonly marginTables?: readonly InstrumentMarginTable[];
  readonly prints: readonly ObservedPrint[];
  /**
   * The largest clusters and the nearest one on either side of the price: longs then shorts, each by rising price. Amounts and
   * shares are rounded to what a reader can see, and parts of less than half a percent are left out.
   */
  readonly clusters: readonly Cluster[];
  /** How many more stand than `clusters` tells. */
  readonly clustersHidden: number;
  /** The newest changes, oldest first. */
  readonly clusterChanges: readonly ClusterChange[];
  readonly cascade: CascadeReading;
  /** Setups whose cluster is within reach or whose cascade has begun, whatever their verdict; rounded like clusters. */
  readonly setups: readonly Setup[];
  /** What the host's rules told last, oldest first. */
  readonly alerts: readonly Alert[];
  /** Counted rejections by code. */
  readonly rejections: Readonly<Record<string, number>>;
  readonly model: string;
  readonly version: string;
  readonly paramsHash: string;
  /** Tick size of the reference instrument as a decimal, for labels. */
  readonly tickSize: string;
}

/** Everything the renderer needs for one picture: tiles by resolution (coarse first), the present, the facts. */
export interface HeatmapFrame {
  readonly tiles: readonly Tile[];
  readonly now: NowView | undefined;
  readonly facts: FrameFacts;
}
