import { addInto, detailOfSide, usdOnReference, type VenueExposure } from '../aggregate/venue-sample.js';
import { DISTANCE_CLASSES, STRIP_COUNT } from '../cohorts/distance-classes.js';
import { RATE_COUNT } from '../cohorts/exits.js';
import { bandEdge } from '../numeric/gamma-band.js';
import { splitDensity } from '../exposure/density.js';
import { type ExposureMap, LONG, MAP_ROWS, SHORT, type SideIndex } from '../exposure/exposure-map.js';
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
/** Rows of a window below the mark's: the window is 27 % deep and 38 % high. */
const ROWS_BELOW_MARK = 316;

/** The present in full resolution; undefined before the reference venue has a price. */
export function buildNow(inputs: FrameInputs): NowView | undefined {
  const { engine, exposures, referencePrice } = inputs;
  if (!(referencePrice > 0)) return undefined;
  const originRow = windowOrigin(inputs);
  const { stoppedShare } = engine.options.model;
  const [long, short] = [LONG, SHORT].map((side) =>
    sideVectors(exposures, side as SideIndex, originRow, stoppedShare),
  ) as [SideVectors, SideVectors];
  const reference = [...engine.estimates.values()].find(({ spec }) => spec.venue === engine.options.venues[0]);
  return {
    seenTime: engine.clock as UnixMs,
    originRow,
    mark: (reference?.mark ?? Number.NaN) as Price,
    lastPrice: (reference?.last ?? Number.NaN) as Price,
    long: bandsOf(exposures, LONG, originRow, engine.clock),
    short: bandsOf(exposures, SHORT, originRow, engine.clock),
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

function sideVectors(
  exposures: readonly VenueExposure[],
  side: SideIndex,
  originRow: number,
  stoppedShare: number,
): SideVectors {
  const fresh = () => new Float64Array(WINDOW_ROWS);
  const classes = DISTANCE_CLASSES.map(fresh);
  const horizons = HORIZONS_MS.map(fresh);
  const venues = exposures.map((exposure) => {
    const split = splitDensity(exposure.map, side, HORIZONS_MS, stoppedShare);
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

/** Bands of one side. */
function bandsOf(exposures: readonly VenueExposure[], side: SideIndex, originRow: number, time: number) {
  const { middle, variance } = detailOfSide(exposures, side, originRow, { time, isLook: true });
  const p50 = middle.slice(0, WINDOW_ROWS);
  const edge = (which: 'p10' | 'p90') => p50.map((mean, i) => bandEdge(mean, variance[i]!, which));
  return { p10: edge('p10'), p50, p90: edge('p90') };
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
  const from = originRow - shiftRows - map.origin;
  const scale = map.shownScale(side);
  let shown = 0;
  let outside = 0;
  for (let r = 0; r < RATE_COUNT; r++) {
    const at = side * RATE_COUNT + r;
    const factor = map.factor[at]! * scale;
    for (let i = 0; i < MAP_ROWS; i++) {
      const size = map.total[at * MAP_ROWS + i]! * factor;
      const share = Math.min(1, Math.max(0, Math.min(i + 1, from + WINDOW_ROWS) - Math.max(i, from)));
      shown += size * share;
      outside += size * (1 - share);
    }
    for (let strip = 0; strip < STRIP_COUNT; strip++) {
      outside +=
        map.beyond[(side * STRIP_COUNT + strip) * RATE_COUNT + r]! * factor * map.weights[side * STRIP_COUNT + strip]!;
    }
  }
  const isReported = !Number.isNaN(map.reported);
  const outOfReach = isReported ? Math.max(0, map.reported - shown - outside) : map.sumOutOfReach(side);
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
