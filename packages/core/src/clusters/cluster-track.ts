import { priceAtPosition } from '../grid/price-lattice.js';
import type { Cluster } from '../model/cluster.js';
import type { PositionSide } from '../model/market-event.js';
import type { UnixMs, Usd } from '../model/units.js';
import type { ClusterDetail, ClusterMoment, ClusterRows } from './cluster-rows.js';
import { consumedShare, correctedPrints } from './consumed-share.js';
import type { FoundCluster } from './find-clusters.js';
import { beginMoves, type TouchMoves } from './moves-after-touch.js';
import { shapeOfBand, sumOfBand, type RowBand } from './row-band.js';

/** Detail as last asked for; energies as shares of the P50 then. */
export interface HeldDetail {
  readonly time: number;
  readonly lowShare: number;
  readonly highShare: number;
  readonly meanAgeMs: number;
  readonly oldestAgeMs: number;
  readonly venues: ClusterDetail['venues'];
  readonly classes: ClusterDetail['classes'];
}

/** What a reader was last told, and when, per kind of change. */
interface Told {
  energy: number;
  middle: number;
  isNear: boolean;
  growAt: number | null;
  moveAt: number | null;
  approachAt: number | null;
}

/** One cluster as it is followed from moment to moment: plain data, so that a checkpoint is a copy of it. Rows are lattice rows. */
export interface ClusterTrack {
  readonly id: string;
  readonly side: PositionSide;
  low: number;
  high: number;
  readonly bornAt: UnixMs;
  isTold: boolean;
  /** Since when it is not found any more; null while it is. */
  missedSince: number | null;
  energy: number;
  peakEnergy: number;
  peakRow: number;
  quartiles: readonly [number, number, number];
  prominence: number;
  readonly born: number;
  opened: number;
  swept: number;
  printed: number;
  /** `printed`, corrected for what each feed left out at its time. */
  forced: number;
  closed: number;
  faded: number;
  openInterestFall: number;
  touch: TouchMoves | null;
  /** The most it held since it was first touched. */
  fuel: number;
  detail: HeldDetail | null;
  readonly told: Told;
  /** As a reader saw it when it was last found; null before it was told. */
  lastFound: Cluster | null;
}

/** Starts to follow what was found. */
export function beginTrack(id: string, side: PositionSide, found: FoundCluster, moment: ClusterMoment): ClusterTrack {
  const told: Told = { energy: 0, middle: 0, isNear: false, growAt: null, moveAt: null, approachAt: null };
  const { low, high, mass, peakRow, quartiles, prominence } = found;
  const track: ClusterTrack = {
    id,
    side,
    low,
    high,
    bornAt: moment.time,
    isTold: false,
    missedSince: null,
    energy: mass,
    peakEnergy: mass,
    peakRow,
    quartiles,
    prominence,
    born: mass,
    opened: 0,
    swept: 0,
    printed: 0,
    forced: 0,
    closed: 0,
    faded: 0,
    openInterestFall: 0,
    touch: null,
    fuel: 0,
    detail: null,
    told,
    lastFound: null,
  };
  if (distanceRatio(track, moment.mark) <= 0) touch(track, moment, found.mass);
  return track;
}

/** Size that the mark crossed in a band in this moment, for sharing out what is known only of the whole market. */
export interface Accounted {
  readonly swept: number;
}

/**
 * Moves a track to its band of this moment and books what happened: flows of all rows that it holds or held, and as `faded`
 * what they do not explain, which is also what a band gained or lost by taking in or giving up rows.
 */
export function followTrack(track: ClusterTrack, band: RowBand, rows: ClusterRows, moment: ClusterMoment): Accounted {
  const { originRow } = rows;
  const hull = { low: Math.min(track.low, band.low), high: Math.max(track.high, band.high) };
  const flow = (values: Float64Array): number => sumOfBand(values, originRow, hull);
  const [opened, swept, closed, printed] = [flow(rows.opened), flow(rows.swept), flow(rows.closed), flow(rows.printed)];
  if (track.touch === null && isReached(track, moment)) touch(track, moment, track.energy);
  const energy = sumOfBand(rows.p50, originRow, band);
  const shape = shapeOfBand(rows.p50, originRow, band, track.side);
  track.opened += opened;
  track.swept += swept;
  track.closed += closed;
  track.printed += printed;
  track.forced += correctedPrints(printed as Usd, moment.feedGain);
  track.faded += track.energy + opened - swept - closed - energy;
  if (shape !== undefined) {
    // What a sweep takes from one end of a band is no move of the band.
    if (swept > 0) track.told.middle += shape.quartiles[1] - track.quartiles[1];
    track.peakRow = shape.peakRow;
    track.quartiles = shape.quartiles;
  }
  track.low = band.low;
  track.high = band.high;
  if (shape === undefined) keepInside(track);
  track.energy = energy;
  track.peakEnergy = Math.max(track.peakEnergy, energy);
  if (track.touch !== null) track.fuel = Math.max(track.fuel, energy);
  return { swept };
}

/** An empty band has its middle where it last had it, or at the edge that came past it. */
function keepInside(track: ClusterTrack): void {
  const { low, high } = track;
  const inside = (position: number): number => Math.min(high, Math.max(low, position));
  const [first, middle, third] = track.quartiles;
  track.quartiles = [inside(first), inside(middle), inside(third)];
  track.peakRow = Math.max(low, Math.min(high - 1, track.peakRow));
}

function touch(track: ClusterTrack, { time, mark }: ClusterMoment, energy: number): void {
  track.touch = beginMoves(time, mark);
  track.fuel = energy;
}

/** The mark came to the band since the moment before. */
function isReached({ side, low, high }: ClusterTrack, { markLow, markHigh }: ClusterMoment): boolean {
  return side === 'long' ? markLow <= priceAtPosition(high) : markHigh >= priceAtPosition(low);
}

/** The mark went through the whole band since the moment before. */
export function isCrossed({ side, low, high }: ClusterTrack, { markLow, markHigh }: ClusterMoment): boolean {
  return side === 'long' ? markLow <= priceAtPosition(low) : markHigh >= priceAtPosition(high);
}

/** How far the mark is from the nearest edge, as a share of the mark; at most 0 inside the band. */
export function distanceRatio({ side, low, high }: Pick<ClusterTrack, 'side' | 'low' | 'high'>, mark: number): number {
  return side === 'long' ? 1 - priceAtPosition(high) / mark : priceAtPosition(low) / mark - 1;
}

/** Share of `amount` that was consumed since birth. */
export function consumedOf(track: ClusterTrack, amount: number): number {
  const { swept, forced, openInterestFall } = track;
  const evidence = { swept, printed: forced, feedGain: 1, openInterestFall };
  return consumedShare(evidence as Parameters<typeof consumedShare>[0], amount as Usd);
}
