import type { VenueExposure } from '../aggregate/venue-sample.js';
import { bandEdge } from '../numeric/gamma-band.js';
import { STRIP_COUNT } from '../cohorts/distance-classes.js';
import { addDoubts, readingOf, readStrip } from '../exposure/density.js';
import { LONG, MAP_ROWS, SHORT, type SideIndex } from '../exposure/exposure-map.js';
import { latticePosition, LOG_ROW } from '../grid/price-lattice.js';
import { WINDOW_ROWS } from '../model/heatmap-frame.js';
import type { DurationMs } from '../model/units.js';
import type { VenueId } from '../model/venue.js';

/** A question about the present exposure. */
export interface DensityQuery {
  /** Bin edges: ascending prices of the reference venue, at least two. */
  readonly edges: Float64Array;
  /** `contract`: the contract's own unit, only where all venues asked share one kind of contract. */
  readonly unit: 'contract' | 'usd';
  /** One venue instead of all. */
  readonly venue?: VenueId;
  /** Leaves out what is expected to be closed within this time, by choice or by a stop on the way: expected to fire, if price comes within it. */
  readonly horizonMs?: DurationMs;
}

/**
 * Exposure per bin, `edges.length - 1` entries. `long` and `short` are additive over bins; `low` and `high` are P10 and P90 of
 * their sum, which are not: the doubts of neighboring bins are partly their own.
 */
export interface Density {
  readonly long: Float64Array;
  readonly short: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Answers from the maps; rows are split between bins by their share of the log-price axis. Throws on edges that break the rules. */
export function queryDensity(venues: readonly VenueExposure[], query: DensityQuery, stoppedShare: number): Density {
  const positions = positionsOf(query.edges);
  if (query.unit === 'contract' && new Set(venues.map(({ kind }) => kind)).size > 1) {
    throw new RangeError('unit must be "usd" where linear and inverse contracts are added, was "contract"');
  }
  const bins = positions.length - 1;
  const sums = [new Float64Array(bins), new Float64Array(bins)] as const;
  const variance = new Float64Array(bins);
  for (const side of [LONG, SHORT] as const) {
    // Venues share their lessons, so what is doubted of shares is doubted of all of them alike: standard deviations add up.
    const deviation = new Float64Array(bins);
    for (const venue of venues) {
      addSide(venue, side, query, stoppedShare, positions, { sizes: sums[side], deviation, lumps: variance });
    }
    for (let i = 0; i < bins; i++) variance[i]! += deviation[i]! * deviation[i]!;
  }
  const [long, short] = sums;
  const edge = (which: 'p10' | 'p90') => long.map((size, i) => bandEdge(size + short[i]!, variance[i]!, which));
  return { long, short, low: edge('p10'), high: edge('p90') };
}

/** The same from stored column layers (USD, long then short rows each), summed over the layers given. */
export function queryLayers(layers: readonly Float32Array[], origin: number, edges: Float64Array) {
  const positions = positionsOf(edges);
  const long = new Float64Array(edges.length - 1);
  const short = new Float64Array(edges.length - 1);
  for (const layer of layers) {
    addBins(layer.subarray(0, WINDOW_ROWS), [0, WINDOW_ROWS], origin, positions, long);
    addBins(layer.subarray(WINDOW_ROWS), [0, WINDOW_ROWS], origin, positions, short);
  }
  return { long, short };
}

function positionsOf(edges: Float64Array): Float64Array {
  if (edges.length < 2) throw new RangeError(`edges must hold at least two prices, held ${edges.length}`);
  for (let i = 0; i < edges.length; i++) {
    const isAscending = edges[i]! > 0 && (i === 0 || edges[i]! > edges[i - 1]!);
    if (!isAscending) throw new RangeError(`edges must be ascending positive prices, edge ${i} was ${edges[i]!}`);
  }
  return edges.map(latticePosition);
}

/** Rows of one strip, reused: questions do not nest. */
const stripRows = new Float64Array(MAP_ROWS);

/** What bins hold, the standard deviation of that as far as shares are doubted, and the variance because positions are lumps. */
interface BinSums {
  readonly sizes: Float64Array;
  readonly deviation: Float64Array;
  readonly lumps: Float64Array;
}

/** Adds one side of a venue. */
function addSide(
  venue: VenueExposure,
  side: SideIndex,
  { unit, horizonMs }: DensityQuery,
  stoppedShare: number,
  positions: Float64Array,
  { sizes, deviation, lumps }: BinSums,
): void {
  const { map, doubt } = venue;
  const bins = sizes.length;
  const prices = unit === 'usd' && venue.kind === 'linear' ? map.middlePrices() : undefined;
  const reading = readingOf(map, side, horizonMs, stoppedShare);
  const [own, doubted] = [new Float64Array(bins), new Float64Array(bins)];
  const origin = map.origin + venue.shiftRows;
  const binned = Array.from({ length: STRIP_COUNT }, (_, strip) => {
    const inBins = new Float64Array(bins);
    const [from, to] = readStrip(map, side, strip, reading, stripRows);
    if (prices !== undefined) for (let i = from; i < to; i++) stripRows[i]! *= prices[i]!;
    addBins(stripRows, [from, to], origin, positions, inBins);
    return inBins;
  });
  addDoubts(binned, side, doubt, own, doubted);
  for (let i = 0; i < bins; i++) {
    // A position's size is in contract units; in the middle of a bin it is worth the price there.
    const price = prices === undefined ? 1 : Math.exp(((positions[i]! + positions[i + 1]!) / 2) * LOG_ROW);
    lumps[i]! += own[i]! * doubt.size * price;
    deviation[i]! += Math.sqrt(doubted[i]!);
    sizes[i]! += own[i]!;
  }
}

/** Splits the rows first..last, row i being [origin + i, origin + i + 1), between bins by overlap. */
function addBins(
  rows: Float64Array | Float32Array,
  [first, last]: readonly [number, number],
  origin: number,
  positions: Float64Array,
  bins: Float64Array,
): void {
  let bin = 0;
  for (let i = first; i < last; i++) {
    const size = rows[i]!;
    if (size === 0) continue;
    const from = origin + i;
    while (bin < bins.length && positions[bin + 1]! <= from) bin++;
    for (let at = bin; at < bins.length && positions[at]! < from + 1; at++) {
      const overlap = Math.min(positions[at + 1]!, from + 1) - Math.max(positions[at]!, from);
      if (overlap > 0) bins[at]! += size * overlap;
    }
  }
}
