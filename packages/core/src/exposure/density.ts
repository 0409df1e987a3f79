import { CLASS_COUNT } from '../cohorts/distance-classes.js';
import { RATE_COUNT, survival } from '../cohorts/exits.js';
import { MAP_ROWS, PARTS, type ExposureMap, type SideIndex } from './exposure-map.js';

/** Weight of every part (class x rate) in a sum over them. */
export type PartWeights = Float64Array;

/** All parts count fully: the standing density. */
export const STANDING: PartWeights = new Float64Array(PARTS).fill(1);

/** Parts weighted by class, e.g. by the band factors. */
export function weightsByClass(factors: readonly number[]): PartWeights {
  return Float64Array.from({ length: PARTS }, (_, part) => factors[Math.floor(part / RATE_COUNT)]!);
}

/** Parts weighted by the share that is still open after a horizon. */
export function weightsByHorizon(horizonMs: number): PartWeights {
  return Float64Array.from({ length: PARTS }, (_, part) =>
    survival(Math.floor(part / RATE_COUNT), part % RATE_COUNT, horizonMs),
  );
}

/** Adds one side's size per row (contract units, `MAP_ROWS` rows from the map's origin), parts weighted, to `target`. */
export function addDensity(map: ExposureMap, side: SideIndex, weights: PartWeights, target: Float64Array): void {
  const { mass } = map;
  for (let own = 0; own < PARTS; own++) {
    const part = side * PARTS + own;
    const factor = map.factor[part]! * weights[own]!;
    const start = part * MAP_ROWS;
    const to = map.to[part]!;
    for (let i = map.from[part]!; i < to; i++) target[i]! += mass[start + i]! * factor;
  }
}

/** What a column needs of both sides beyond the density, summed per row. */
export interface DetailSums {
  /** Size. */
  readonly middle: Float64Array;
  /** Size at the upper band. */
  readonly high: Float64Array;
  /** Size x (time of opening - `zero`), ms. */
  readonly born: Float64Array;
}

/** Adds one side's detail to the sums in one pass; `high` weighs the parts for the upper band. */
export function addDetail(map: ExposureMap, side: SideIndex, high: PartWeights, zero: number, sums: DetailSums): void {
  const { mass, birth } = map;
  const { middle, high: upper, born } = sums;
  for (let own = 0; own < PARTS; own++) {
    const part = side * PARTS + own;
    const factor = map.factor[part]!;
    const weight = high[own]!;
    const start = part * MAP_ROWS;
    const to = map.to[part]!;
    for (let i = map.from[part]!; i < to; i++) {
      const size = mass[start + i]! * factor;
      middle[i]! += size;
      upper[i]! += size * weight;
      born[i]! += size * (birth[start + i]! - zero);
    }
  }
}

/** Sizes per row of one side, split by distance class, and once more per horizon weighting. */
export interface SplitRows {
  readonly classes: readonly Float64Array[];
  readonly horizons: readonly Float64Array[];
}

/** Splits one side in one pass over its cells. Fresh vectors of `MAP_ROWS`. */
export function splitDensity(map: ExposureMap, side: SideIndex, horizons: readonly PartWeights[]): SplitRows {
  const classes = Array.from({ length: CLASS_COUNT }, () => new Float64Array(MAP_ROWS));
  const fire = horizons.map(() => new Float64Array(MAP_ROWS));
  const { mass } = map;
  for (let own = 0; own < PARTS; own++) {
    const part = side * PARTS + own;
    const factor = map.factor[part]!;
    const start = part * MAP_ROWS;
    const target = classes[Math.floor(own / RATE_COUNT)]!;
    for (let i = map.from[part]!; i < map.to[part]!; i++) target[i]! += mass[start + i]! * factor;
    horizons.forEach((weights, h) => {
      const scale = factor * weights[own]!;
      const rows = fire[h]!;
      for (let i = map.from[part]!; i < map.to[part]!; i++) rows[i]! += mass[start + i]! * scale;
    });
  }
  return { classes, horizons: fire };
}
