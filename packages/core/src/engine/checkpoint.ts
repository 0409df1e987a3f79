import type { SeriesState } from '../grid/column-series.js';
import type { Engine } from './engine.js';
import { paramsHash } from './engine-options.js';
import type { InstrumentEstimate } from './instrument-estimate.js';
import type { Packable } from './pack-state.js';

/** Everything an engine's future depends on, as plain data. */
export type EngineState = ReturnType<typeof captureEngine> & { readonly [key: string]: Packable };

/** Reads an engine's state; arrays are shared with it, so pack or copy before it goes on. */
export function captureEngine(engine: Engine) {
  return {
    paramsHash: paramsHash(),
    symbol: engine.options.symbol,
    venues: engine.options.venues,
    resolutions: engine.options.resolutions as readonly number[],
    clock: engine.clock as number,
    sampledTo: engine.sampledTo,
    rejections: [...engine.rejections].map(([code, count]) => ({ code, count })),
    coverage: { revision: engine.coverage.revision, entries: engine.coverage.list().map(plain) },
    prints: engine.prints.map(plain),
    estimates: [...engine.estimates.values()].map(captureEstimate),
    series: engine.series.map((series) => plainSeries(series.state())),
  };
}

const SCALARS = [
  'mark',
  'last',
  'openInterest',
  'settledAt',
  'markUntil',
  'pendingLow',
  'pendingHigh',
  'tradesSince',
  'earlierSince',
  'markSeen',
  'lastSeen',
] as const satisfies readonly (keyof InstrumentEstimate)[];
const GUARD = ['price', 'seenAt', 'candidate', 'candidateAt', 'agreeing'] as const;
const ARRAYS = [
  'mass',
  'birth',
  'factor',
  'from',
  'to',
  'held',
  'beyond',
  'outOfReach',
  'unattributed',
  'sweptShare',
] as const;

function captureEstimate(estimate: InstrumentEstimate) {
  const { map } = estimate;
  return {
    spec: plain(estimate.spec),
    isAnchored: estimate.isAnchored,
    isSeeded: estimate.isSeeded,
    scalars: SCALARS.map((key) => estimate[key]),
    guard: GUARD.map((key) => estimate.guard[key]),
    origin: map.origin,
    arrays: ARRAYS.map((key): Float64Array | Int32Array => map[key]),
    sweptByClass: estimate.sweptByClass,
    profile: captureProfile(estimate.profile),
    earlier: captureProfile(estimate.earlier),
  };
}

/** Writes a captured estimate into a fresh one. */
export function restoreEstimate(estimate: InstrumentEstimate, held: ReturnType<typeof captureEstimate>): void {
  estimate.isAnchored = held.isAnchored;
  estimate.isSeeded = held.isSeeded;
  SCALARS.forEach((key, i) => (estimate[key] = held.scalars[i]!));
  GUARD.forEach((key, i) => (estimate.guard[key] = held.guard[i]!));
  estimate.map.origin = held.origin;
  ARRAYS.forEach((key, i) => estimate.map[key].set(held.arrays[i]!));
  estimate.sweptByClass.set(held.sweptByClass);
  estimate.profile.restore(held.profile.rows, held.profile.sizes, held.profile.total);
  estimate.earlier.restore(held.earlier.rows, held.earlier.sizes, held.earlier.total);
}

function captureProfile(profile: InstrumentEstimate['profile']) {
  const entries = [...profile.entries()];
  const rows = Float64Array.from(entries, ([row]) => row);
  return { rows, sizes: Float64Array.from(entries, ([, size]) => size), total: profile.total };
}

/** A record of primitives as packable data. */
function plain(record: object): { readonly [key: string]: Packable } {
  return { ...record } as { readonly [key: string]: Packable };
}

function plainSeries(state: SeriesState): { readonly [key: string]: Packable } {
  const tiles = state.tiles.map((tile) => ({ ...tile, heads: tile.heads.map(plain) }));
  return { ...state, tiles } as unknown as { readonly [key: string]: Packable };
}
