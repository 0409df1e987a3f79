import type { VenueExposure } from '../aggregate/venue-sample.js';
import { HIGH_FACTORS, LOW_FACTORS } from '../exposure/bands.js';
import { addDensity, STANDING, weightsByClass, weightsByHorizon, type PartWeights } from '../exposure/density.js';
import { LONG, MAP_ROWS, SHORT, type SideIndex } from '../exposure/exposure-map.js';
import { latticePosition } from '../grid/price-lattice.js';
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
  /** Leaves out what is expected to be closed voluntarily within this time: expected to fire, if price comes within it. */
  readonly horizonMs?: DurationMs;
}

/** Exposure per bin, `edges.length - 1` entries. `low` and `high` are P10 and P90 of long + short; all four are additive over bins. */
export interface Density {
  readonly long: Float64Array;
  readonly short: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

const P10 = weightsByClass(LOW_FACTORS);
const P90 = weightsByClass(HIGH_FACTORS);
const scratch = new Float64Array(MAP_ROWS);

/** Answers from the maps; rows are split between bins by their share of the log-price axis. Throws on edges that break the rules. */
export function queryDensity(venues: readonly VenueExposure[], query: DensityQuery): Density {
  const positions = positionsOf(query.edges);
  if (query.unit === 'contract' && new Set(venues.map(({ kind }) => kind)).size > 1) {
    throw new RangeError('unit must be "usd" where linear and inverse contracts are added, was "contract"');
  }
  const horizon = query.horizonMs === undefined ? STANDING : weightsByHorizon(query.horizonMs);
  const sum = (side: SideIndex, weights: PartWeights) => sumBins(venues, side, weights, query.unit, positions);
  const both = (weights: PartWeights) => {
    const long = sum(LONG, weights);
    return sum(SHORT, weights).map((value, i) => value + long[i]!);
  };
  return {
    long: sum(LONG, horizon),
    short: sum(SHORT, horizon),
    low: both(times(P10, horizon)),
    high: both(times(P90, horizon)),
  };
}

/** The same from stored column layers (USD, long then short rows each), summed over the layers given. */
export function queryLayers(layers: readonly Float32Array[], origin: number, edges: Float64Array) {
  const positions = positionsOf(edges);
  const long = new Float64Array(edges.length - 1);
  const short = new Float64Array(edges.length - 1);
  for (const layer of layers) {
    addBins(layer.subarray(0, WINDOW_ROWS), origin, positions, long);
    addBins(layer.subarray(WINDOW_ROWS), origin, positions, short);
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

function times(a: PartWeights, b: PartWeights): PartWeights {
  return a.map((weight, i) => weight * b[i]!);
}

function sumBins(
  venues: readonly VenueExposure[],
  side: SideIndex,
  weights: PartWeights,
  unit: DensityQuery['unit'],
  positions: Float64Array,
): Float64Array {
  const bins = new Float64Array(positions.length - 1);
  for (const venue of venues) {
    scratch.fill(0);
    addDensity(venue.map, side, weights, scratch);
    if (unit === 'usd' && venue.kind === 'linear') {
      const prices = venue.map.middlePrices();
      for (let i = 0; i < MAP_ROWS; i++) scratch[i]! *= prices[i]!;
    }
    addBins(scratch, venue.map.origin + venue.shiftRows, positions, bins);
  }
  return bins;
}

/** Splits rows [origin + i, origin + i + 1) between bins by overlap. */
function addBins(rows: Float64Array | Float32Array, origin: number, positions: Float64Array, bins: Float64Array): void {
  let bin = 0;
  for (let i = 0; i < rows.length; i++) {
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
