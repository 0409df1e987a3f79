import { addShifted } from '../aggregate/merge-venues.js';
import { isInPlace, type VenueExposure } from '../aggregate/venue-sample.js';
import type { ClusterMoment, ClusterRows } from '../clusters/cluster-rows.js';
import { STRIP_COUNT } from '../cohorts/distance-classes.js';
import { LONG, MAP_ROWS, SHORT, SIDES, type SideIndex } from '../exposure/exposure-map.js';
import type { DensitySample } from '../grid/column-series.js';
import type { DurationMs, Fraction, LatticeRow, Price, UnixMs, Usd } from '../model/units.js';
import type { VenueId } from '../model/venue.js';
import { detailOfBand } from './band-detail.js';
import { shownRows } from './flow-rows.js';
import type { InstrumentEstimate } from './instrument-estimate.js';

/** One venue as clusters are looked for in it. */
export type WatchedVenue = VenueExposure & {
  readonly venue: VenueId;
  /** Its index among the vectors of a sample. */
  readonly index: number;
  readonly estimate: InstrumentEstimate;
};

/** What a look at the engine gives: the first venue named is the reference. */
export interface WatchLook {
  readonly time: UnixMs;
  readonly mark: Price;
  readonly medianTrade: number;
  readonly sample: DensitySample;
  readonly venues: readonly WatchedVenue[];
  /** Whose prices the rows are of; undefined before it is listed. */
  readonly reference: InstrumentEstimate | undefined;
  readonly detailKeptMs: DurationMs | undefined;
}

/** What an instrument held at the look before: long and short rows of its own grid, USD; and its open interest, contract units. */
export interface HeldRows {
  readonly origin: number;
  readonly rows: readonly [long: Float64Array, short: Float64Array];
  readonly openInterest: number;
}

/**
 * Variance of lumps that is left after rows were smoothed by 1 4 6 4 1: positions fall into rows independently, so the kernel
 * takes (1 + 16 + 36 + 16 + 1) / 256 of it. The search compares smoothed rows with deviations smoothed as if they erred together.
 */
const LUMPS_LEFT = 70 / 256;
/**
 * Share of the strips' doubt by which a row errs against its neighbors. Chosen, not measured: a row of a map of 30 days is made of
 * 4.5 strips by equal parts (median, simulated), but rows within reach of a peak are made of largely the same ones.
 */
const UNSHARED_DOUBT = 0.05;

/** One side's vectors of a moment. */
type SideVectors = { readonly [Key in 'p50' | 'deviation' | 'opened' | 'swept' | 'closed' | 'printed']: Float64Array };
const VECTORS = ['p50', 'deviation', 'opened', 'swept', 'closed', 'printed'] as const;

/** Reused by every moment: a tracker keeps none of it. */
const vectors = SIDES.map(
  () => Object.fromEntries(VECTORS.map((key) => [key, new Float64Array(MAP_ROWS)])) as unknown as SideVectors,
);
/** One venue's rows that have to be moved, on its own grid. */
const unmoved = Object.fromEntries(VECTORS.map((key) => [key, new Float64Array(MAP_ROWS)])) as unknown as SideVectors;

/** The moment a tracker takes, and what is held for the next one. Valid until the next call; of flows nothing is cleared here. */
export function momentOf(
  look: WatchLook,
  heldBefore: ReadonlyMap<string, HeldRows>,
): { readonly moment: ClusterMoment; readonly held: ReadonlyMap<string, HeldRows> } {
  const { time, mark, venues, reference, detailKeptMs } = look;
  const held = new Map<string, HeldRows>();
  for (const side of SIDES) for (const key of VECTORS) vectors[side]![key].fill(0);
  for (const venue of venues) {
    const { id } = venue.estimate.spec;
    const after = holdRows(venue, look);
    held.set(id, after);
    for (const side of SIDES) addVenue(venue, side, heldBefore.get(id), after, look);
  }
  const moment: ClusterMoment = {
    time,
    mark,
    markLow: Math.min(mark, reference?.flows.low ?? mark) as Price,
    markHigh: Math.max(mark, reference?.flows.high ?? mark) as Price,
    ...totalsOf(look, heldBefore),
    ...(detailKeptMs === undefined ? {} : { detailKeptMs }),
    long: rowsOf(look, LONG),
    short: rowsOf(look, SHORT),
  };
  return { moment, held };
}

/** What a moment says of the whole market, sums over venues. */
function totalsOf(
  { time, venues, medianTrade }: WatchLook,
  heldBefore: ReadonlyMap<string, HeldRows>,
): Pick<ClusterMoment, 'openInterest' | 'openInterestFall' | 'feedGain' | 'medianTrade'> {
  let [openInterest, fall, printed, corrected] = [0, 0, 0, 0];
  for (const { estimate } of venues) {
    const { flows, spec } = estimate;
    const worth = spec.kind === 'linear' ? estimate.priceAt(time) : 1;
    openInterest += worth * (estimate.isRelative ? booksOf(estimate) : estimate.openInterest);
    const fallen = (heldBefore.get(spec.id)?.openInterest ?? Number.NaN) - estimate.openInterest;
    if (fallen > 0) fall += fallen * worth;
    printed += flows.printedSum;
    corrected += flows.correctedSum;
  }
  return {
    openInterest: (openInterest > 0 ? openInterest : 0) as Usd,
    openInterestFall: fall as Usd,
    feedGain: (corrected > 0 ? printed / corrected : 1) as Fraction,
    medianTrade: medianTrade as Usd,
  };
}

function booksOf({ map }: InstrumentEstimate): number {
  return map.sumInReach(LONG) + map.sumOutOfReach(LONG);
}

/** USD on the venue's own grid: the sample's vectors where rows did not have to be moved, else looked up again. */
function holdRows(venue: WatchedVenue, { sample }: WatchLook): HeldRows {
  const { map, kind, estimate, index } = venue;
  const { openInterest } = estimate;
  if (isInPlace(venue, sample.origin)) {
    return { origin: map.origin, rows: [sample.long[index]!, sample.short[index]!], openInterest };
  }
  const rows = [shownRows(map, LONG), shownRows(map, SHORT)] as const;
  const prices = map.middlePrices();
  if (kind === 'linear') for (const own of rows) for (let i = 0; i < MAP_ROWS; i++) own[i]! *= prices[i]!;
  return { origin: map.origin, rows, openInterest };
}

/**
 * Adds one venue's rows to a side's vectors. `closed` is what a row lost that no other flow explains, before + opened - swept
 * - learned anew - now, where that is above 0. All of it is found on the venue's own grid: on the reference's, every change of
 * the basis would seem to move exposure between rows.
 */
function addVenue(
  venue: WatchedVenue,
  side: SideIndex,
  before: HeldRows | undefined,
  after: HeldRows,
  { sample: { origin } }: WatchLook,
): void {
  const isMoved = !isInPlace(venue, origin);
  const target = isMoved ? unmoved : vectors[side]!;
  if (isMoved) for (const key of VECTORS) target[key].fill(0);
  addStanding(venue, side, after.rows[side], target);
  if (venue.estimate.flows.isBusy) addFlows(venue, side, before, after, target);
  if (!isMoved) return;
  const sum = vectors[side]!;
  for (const key of VECTORS) addShifted(target[key], venue.map.origin, sum[key], origin, venue.shiftRows);
}

/** Standing rows and their variance; the deviation is its root once all venues are in. */
function addStanding(
  { map, kind, doubt }: VenueExposure,
  side: SideIndex,
  rows: Float64Array,
  target: SideVectors,
): void {
  const { p50, deviation } = target;
  const prices = map.middlePrices();
  const lump = LUMPS_LEFT * doubt.size;
  const relative = relativeVariance(doubt.strips, side);
  const isLinear = kind === 'linear';
  for (let i = 0; i < MAP_ROWS; i++) {
    const usd = rows[i]!;
    if (usd === 0) continue;
    p50[i]! += usd;
    deviation[i]! += usd * (usd * relative + (isLinear ? lump * prices[i]! : lump));
  }
}

function relativeVariance(doubts: Float64Array, side: SideIndex): number {
  let sum = 0;
  for (let at = side * STRIP_COUNT; at < (side + 1) * STRIP_COUNT; at++) sum += doubts[at]!;
  return (sum / STRIP_COUNT) * UNSHARED_DOUBT;
}

function addFlows(
  { map, kind, estimate }: WatchedVenue,
  side: SideIndex,
  held: HeldRows | undefined,
  after: HeldRows,
  { opened, swept, closed, printed }: SideVectors,
): void {
  const { flows } = estimate;
  const { opened: openedNow, swept: sweptNow, printed: printedNow, revised } = flows;
  const prices = map.middlePrices();
  const start = side * MAP_ROWS;
  const moved = after.origin - (held?.origin ?? after.origin);
  const stood = held?.rows[side];
  const stands = after.rows[side];
  const isLinear = kind === 'linear';
  for (let i = 0; i < MAP_ROWS; i++) {
    const at = start + i;
    const price = isLinear ? prices[i]! : 1;
    const more = openedNow[at]! * price;
    const gone = sweptNow[at]! * price;
    opened[i]! += more;
    swept[i]! += gone;
    printed[i]! += printedNow[at]!;
    if (stood === undefined) continue;
    const from = i + moved;
    const before = from >= 0 && from < MAP_ROWS ? stood[from]! : 0;
    const left = before + more - gone - revised[at]! * price - stands[i]!;
    if (left > 0) closed[i]! += left;
  }
}

/**
 * A side's vectors as a tracker takes them. The deviation is that of a row against its neighbors as it is felt after smoothing:
 * positions are lumps, and each of the strips a row is made of errs on its own. Classes and sides err as wholes and make no
 * peak, so they are left out.
 */
function rowsOf({ sample, venues, time }: WatchLook, side: SideIndex): ClusterRows {
  const rows = vectors[side]!;
  for (let i = 0; i < MAP_ROWS; i++) if (rows.deviation[i]! > 0) rows.deviation[i] = Math.sqrt(rows.deviation[i]!);
  return {
    originRow: sample.origin as LatticeRow,
    ...rows,
    detail: (low, high) => detailOfBand(venues, { side, low, high, time }),
  };
}
