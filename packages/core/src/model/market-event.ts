import type { BracketTable } from './margin-bracket.js';
import type { DepthLevels } from './depth-view.js';
import type { Instrument, InstrumentId } from './instrument.js';
import type { ContractSize, DurationMs, Fraction, Price, PriceTicks, UnixMs } from './units.js';
import type { VenueId } from './venue.js';

/** Who crossed the spread. */
export type TakerSide = 'buy' | 'sell';
/** Which way a position points; a liquidated long sells. */
export type PositionSide = 'long' | 'short';
/** A kind of data a venue sends, judged for freshness on its own. */
export type Channel =
  | 'trades'
  | 'book'
  | 'bars'
  | 'mark'
  | 'index'
  | 'spot'
  | 'open-interest'
  | 'funding'
  | 'ratios'
  | 'liquidations'
  | 'metadata';

interface Timed {
  /** The venue's own time of what happened. */
  readonly eventTime: UnixMs;
  /** When we could know it: receive time corrected for skew; a history bar's is its close. */
  readonly seenTime: UnixMs;
}

interface OfInstrument extends Timed {
  readonly instrument: InstrumentId;
}

/** One public trade, or one aggregated trade. */
export interface Trade extends OfInstrument {
  readonly kind: 'trade';
  /** The venue's id as text: some exceed 2^53. */
  readonly id: string;
  readonly priceTicks: PriceTicks;
  readonly size: ContractSize;
  readonly takerSide: TakerSide;
}

/** A closed candle of last prices; `eventTime` is its close. */
export interface Bar extends OfInstrument {
  readonly kind: 'bar';
  readonly durationMs: DurationMs;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
  readonly size: ContractSize;
  /** Part of `size` that takers bought; undefined where the venue's candles do not say. */
  readonly takerBuySize: ContractSize | undefined;
}

/** The price the venue liquidates by. */
export interface Mark extends OfInstrument {
  readonly kind: 'mark';
  readonly price: Price;
}

/** A closed candle of mark prices; `eventTime` is its close. */
export interface MarkBar extends OfInstrument {
  readonly kind: 'mark-bar';
  readonly durationMs: DurationMs;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
}

/** The venue's index price. */
export interface Index extends OfInstrument {
  readonly kind: 'index';
  readonly price: Price;
}

/** Last price of the asset's spot pair on the instrument's venue: for a line beside the contract, which is never liquidated by it. */
export interface Spot extends OfInstrument {
  readonly kind: 'spot';
  readonly price: Price;
}

/** Outstanding contracts, counted one-sided. */
export interface OpenInterest extends OfInstrument {
  readonly kind: 'open-interest';
  readonly size: ContractSize;
}

/** Funding of the running interval, as a fraction (0.0001 = 1 bp). */
export interface Funding extends OfInstrument {
  readonly kind: 'funding';
  readonly rate: Fraction;
  readonly nextTime: UnixMs | undefined;
}

/** Share of longs among a population of accounts or positions. */
export interface LongShortRatio extends OfInstrument {
  readonly kind: 'long-short-ratio';
  readonly population: 'all-accounts' | 'top-accounts' | 'top-positions';
  readonly longShare: Fraction;
}

/** One forced order the venue reported. */
export interface Liquidation extends OfInstrument {
  readonly kind: 'liquidation';
  /** Side of the position that was closed. */
  readonly positionSide: PositionSide;
  readonly price: Price;
  /** What the price is: where it traded, where margin was zero, or the forced order's limit. */
  readonly priceKind: 'fill' | 'bankruptcy' | 'order';
  readonly size: ContractSize;
  /** `throttled` feeds print about one a second and are a lower bound. */
  readonly completeness: 'complete' | 'throttled' | 'partial';
}

/** The whole book as the venue sent it; replaces what was there. */
export interface BookSnapshot extends OfInstrument {
  readonly kind: 'book-snapshot';
  readonly bids: DepthLevels;
  readonly asks: DepthLevels;
}

/** Changed levels: sizes are absolute, 0 deletes. */
export interface BookDelta extends OfInstrument {
  readonly kind: 'book-delta';
  readonly bids: DepthLevels;
  readonly asks: DepthLevels;
}

/**
 * Why a channel's messages are believed to be read rightly: replayed from a recording, checked on single captured frames, seen in the
 * source of maintained clients, known from documentation alone, or read live on a day.
 */
export type Evidence = 'recording' | 'frames' | 'clients' | 'documentation' | `live on ${string}`;

/** A channel that a venue has, and whether it is read. */
export interface ChannelOffer {
  readonly channel: Channel;
  readonly evidence: Evidence;
  /** False where it has to be asked for: what nobody has seen is not read by default. */
  readonly isOn: boolean;
  /** Why it is off, as the end of "not read: ..."; absent where the evidence says it. */
  readonly reason?: string;
}

/** Contract metadata became known or changed. */
export interface InstrumentListed extends OfInstrument {
  readonly kind: 'instrument';
  readonly spec: Instrument;
  /** Channels of a live venue; absent where nothing is known of them. */
  readonly offers?: readonly ChannelOffer[];
}

/** A margin-bracket table became known or changed. */
export interface BracketsPublished extends OfInstrument {
  readonly kind: 'brackets';
  readonly table: BracketTable;
}

/** Data of one channel are missing between two times; what was built from it is not to be trusted until `resumed`. */
export interface Gap extends OfInstrument {
  readonly kind: 'gap';
  readonly channel: Channel;
  readonly from: UnixMs;
  readonly to: UnixMs;
  /** In words a reader understands. */
  readonly reason: string;
}

/** The channel delivers again. */
export interface Resumed extends OfInstrument {
  readonly kind: 'resumed';
  readonly channel: Channel;
}

/** How a venue's channel stands; `off` is one that is not asked for. */
export type ChannelState = 'connecting' | 'live' | 'amber' | 'stale' | 'unavailable' | 'ended' | 'off';

/** A change in how a venue's channel stands, or a fault worth telling. */
export interface StatusChange extends Timed {
  readonly kind: 'status';
  readonly venue: VenueId;
  readonly channel: Channel | 'connection';
  readonly state: ChannelState;
  readonly detail: string;
}

/** Nothing but time: once a second, the only event that moves time through silence. */
export interface Tick {
  readonly kind: 'tick';
  readonly seenTime: UnixMs;
}

/** Everything core consumes, in order of `seenTime`. */
export type MarketEvent =
  | Trade
  | Bar
  | Mark
  | MarkBar
  | Index
  | Spot
  | OpenInterest
  | Funding
  | LongShortRatio
  | Liquidation
  | BookSnapshot
  | BookDelta
  | InstrumentListed
  | BracketsPublished
  | Gap
  | Resumed
  | StatusChange
  | Tick;

/** An event that belongs to one instrument. */
export type InstrumentEvent = Exclude<MarketEvent, StatusChange | Tick>;
