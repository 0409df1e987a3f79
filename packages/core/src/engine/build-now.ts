import { addInto, usdOnReference, type VenueExposure } from '../aggregate/venue-sample.js';
import { DISTANCE_CLASSES } from '../cohorts/distance-classes.js';
import { HIGH_FACTORS, LOW_FACTORS } from '../exposure/bands.js';
import { splitDensity, weightsByHorizon } from '../exposure/density.js';
import { LONG, MAP_ROWS, PARTS, SHORT, type ExposureMap, type SideIndex } from '../exposure/exposure-map.js';
import { rowOfPrice } from '../grid/price-lattice.js';
import { WINDOW_ROWS, type InstrumentTotals, type NowView, type SideTotals } from '../model/heatmap-frame.js';
import {
  MS_PER_HOUR,
  type ContractSize,
  type DurationMs,
  type LatticeRow,
  type Price,
  type UnixMs,
} from '../model/units.js';
import type { FrameInputs } from './build-frame.js';

const HORIZONS_MS = [MS_PER_HOUR, 4 * MS_PER_HOUR, 24 * MS_PER_HOUR].map((ms) => ms as DurationMs);
const ROWS_BELOW_MARK = 316;
const BY_HORIZON = HORIZONS_MS.map(weightsByHorizon);

/** The present in full resolution; undefined before the reference venue has a price. */
export function buildNow(inputs: FrameInputs): NowView | undefined {
  const { engine, exposures, referencePrice } = inputs;
  if (!(referencePrice > 0)) return undefined;
  const originRow = windowOrigin(inputs);
  const [long, short] = [sideVectors(exposures, LONG, originRow), sideVectors(exposures, SHORT, originRow)];
  const reference = [...engine.estimates.values()].find(({ spec }) => spec.venue === engine.options.venues[0]);
  return {
    seenTime: engine.clock as UnixMs,
    originRow,
    mark: (reference?.mark ?? Number.NaN) as Price,
    lastPrice: (reference?.last ?? Number.NaN) as Price,
    long: bandsOf(long.classes),
    short: bandsOf(short.classes),
    expectedToFire: HORIZONS_MS.map((horizonMs, h) => ({
      horizonMs,
      long: long.horizons[h]!,
      short: short.horizons[h]!,
    })),
    venues: exposures.map(({ venue }, v) => ({ part: venue, long: long.venues[v]!, short: short.venues[v]! })),
    classes: DISTANCE_CLASSES.map((part, k) => ({ part, long: long.classes[k]!, short: short.classes[k]! })),
    totals: buildTotals(inputs),
  };
}

interface SideVectors {
  readonly classes: readonly Float64Array[];
  readonly horizons: readonly Float64Array[];
  readonly venues: readonly Float64Array[];
}

function sideVectors(exposures: readonly VenueExposure[], side: SideIndex, originRow: number): SideVectors {
  const fresh = () => new Float64Array(WINDOW_ROWS);
  const classes = DISTANCE_CLASSES.map(fresh);
  const horizons = HORIZONS_MS.map(fresh);
  const venues = exposures.map((exposure) => {
    const split = splitDensity(exposure.map, side, BY_HORIZON);
    const own = fresh();
    split.classes.forEach((rows, k) => {
      const window = usdOnReference(exposure, rows, originRow).subarray(0, WINDOW_ROWS);
      addInto(classes[k]!, window);
      addInto(own, window);
    });
    split.horizons.forEach((rows, h) =>
      addInto(horizons[h]!, usdOnReference(exposure, rows, originRow).subarray(0, WINDOW_ROWS)),
    );
    return own;
  });
  return { classes, horizons, venues };
}

/** Bands of the sum over classes, which err together: see `exposure/bands`. */
function bandsOf(classes: readonly Float64Array[]) {
  const weighted = (factorOf: (k: number) => number) => {
    const sum = new Float64Array(WINDOW_ROWS);
    classes.forEach((rows, k) => addInto(sum, rows, factorOf(k)));
    return sum;
  };
  return { p10: weighted((k) => LOW_FACTORS[k]!), p50: weighted(() => 1), p90: weighted((k) => HIGH_FACTORS[k]!) };
}

/** Where each instrument's open interest is: in the window, out of every class's reach (or not yet attributed), out of the window. */
export function buildTotals(inputs: FrameInputs): readonly InstrumentTotals[] {
  const originRow = windowOrigin(inputs);
  return [...inputs.engine.estimates.values()].map((estimate) => {
    const shiftRows = inputs.exposures.find(({ map }) => map === estimate.map)?.shiftRows ?? 0;
    const price = estimate.priceAt(inputs.engine.clock);
    return {
      instrument: estimate.spec.id,
      isRelative: estimate.isRelative,
      long: sideTotals(estimate.map, shiftRows, LONG, originRow),
      short: sideTotals(estimate.map, shiftRows, SHORT, originRow),
      reportedOpenInterest: estimate.isRelative ? undefined : (estimate.openInterest as ContractSize),
      usdPerUnit: estimate.spec.kind === 'linear' ? price : 1,
    };
  });
}

function sideTotals(map: ExposureMap, shiftRows: number, side: SideIndex, originRow: number): SideTotals {
  const ratesPerSide = map.outOfReach.length / 2;
  const from = originRow - shiftRows - map.origin;
  let shown = 0;
  let outside = 0;
  for (let part = side * PARTS; part < (side + 1) * PARTS; part++) {
    const factor = map.factor[part]!;
    for (let i = map.from[part]!; i < map.to[part]!; i++) {
      const size = map.mass[part * MAP_ROWS + i]! * factor;
      const share = Math.min(1, Math.max(0, Math.min(i + 1, from + WINDOW_ROWS) - Math.max(i, from)));
      shown += size * share;
      outside += size * (1 - share);
    }
    outside += map.beyond[part]!;
  }
  let outOfReach = map.unattributed[side]!;
  for (let r = 0; r < ratesPerSide; r++) outOfReach += map.outOfReach[side * ratesPerSide + r]!;
  return {
    shown: shown as ContractSize,
    outOfReach: outOfReach as ContractSize,
    outOfWindow: outside as ContractSize,
    openInterest: (shown + outOfReach + outside) as ContractSize,
  };
}

function windowOrigin({ engine, referencePrice }: FrameInputs): LatticeRow {
  const ofSeries = engine.series[0]?.origin ?? Number.NaN;
  const fallback = referencePrice > 0 ? rowOfPrice(referencePrice) - ROWS_BELOW_MARK : 0;
  return (Number.isNaN(ofSeries) ? fallback : ofSeries) as LatticeRow;
}
