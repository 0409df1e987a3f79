import type { DistanceLearner } from '../exposure/learn-distances.js';
import type { PrintIntake } from '../exposure/print-intake.js';
import type { SeriesState } from '../grid/column-series.js';
import type { Engine } from './engine.js';
import { paramsHash } from './engine-options.js';
import { FLOW_NUMBERS, FLOW_VECTORS, type FlowRows } from './flow-rows.js';
import type { InstrumentEstimate } from './instrument-estimate.js';
import type { Packable } from './pack-state.js';

/** Everything an engine's future depends on, as plain data. */
export type EngineState = ReturnType<typeof captureEngine> & { readonly [key: string]: Packable };

/** Reads an engine's state; arrays are shared with it, so pack or copy before it goes on. */
export function captureEngine(engine: Engine) {
  return {
    paramsHash: paramsHash(engine.options.model),
    symbol: engine.options.symbol,
    venues: engine.options.venues,
    resolutions: engine.options.resolutions as readonly number[],
    clock: engine.clock as number,
    sampledTo: engine.sampledTo,
    rejections: [...engine.rejections].map(([code, count]) => ({ code, count })),
    coverage: { revision: engine.coverage.revision, entries: engine.coverage.list().map(plain) },
    reports: engine.reports.state().map(plain),
    prints: engine.prints.map(plain),
    watch: engine.watch.state(),
    setups: engine.setupWatch.state(),
    alerts: engine.alertWatch.state(),
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
  'learnedAt',
  'idleMs',
  'basis',
  'led',
  'ledSeen',
] as const satisfies readonly (keyof InstrumentEstimate)[];
const GUARD = ['price', 'seenAt', 'candidate', 'candidateAt', 'agreeing'] as const;
const WORN = ['low', 'high', 'wornAt'] as const;
const REPORTS = [
  'level',
  'lastReport',
  'lastChange',
  'doubtful',
  'squares',
  'products',
  'farSquares',
  'count',
] as const;
const ARRAYS = [
  'mass',
  'worn',
  'from',
  'to',
  'beyond',
  'factor',
  'stock',
  'total',
  'born',
  'weights',
  'sweptShare',
  'doubted',
] as const;

function captureEstimate(estimate: InstrumentEstimate) {
  const { map } = estimate;
  return {
    spec: plain(estimate.spec),
    terms: { ...estimate.terms },
    isAnchored: estimate.isAnchored,
    isSeeded: estimate.isSeeded,
    scalars: SCALARS.map((key) => estimate[key]),
    guard: GUARD.map((key) => estimate.guard[key]),
    reports: { numbers: REPORTS.map((key) => estimate.reports[key]), recent: estimate.reports.recent },
    worn: WORN.map((key) => estimate.worn[key]),
    origin: map.origin,
    arrays: ARRAYS.map((key): Float64Array | Float32Array | Int32Array => map[key]),
    reported: map.reported,
    epoch: map.epoch,
    doubtedAt: map.doubtedAt,
    swept: estimate.swept,
    sweptUnlearned: estimate.sweptUnlearned,
    ratio: { longShare: estimate.ratio.longShare, toldAt: estimate.ratio.toldAt },
    prints: capturePrints(estimate.prints),
    flows: captureFlows(estimate.flows),
    learner: captureLearner(estimate.learner),
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
  WORN.forEach((key, i) => (estimate.worn[key] = held.worn[i]!));
  REPORTS.forEach((key, i) => (estimate.reports[key] = held.reports.numbers[i]!));
  estimate.reports.recent.set(held.reports.recent);
  estimate.map.origin = held.origin;
  ARRAYS.forEach((key, i) => estimate.map[key].set(held.arrays[i]!));
  estimate.map.reported = held.reported;
  estimate.map.epoch = held.epoch;
  estimate.map.doubtedAt = held.doubtedAt;
  estimate.swept.set(held.swept);
  estimate.sweptUnlearned.set(held.sweptUnlearned);
  estimate.ratio.longShare = held.ratio.longShare;
  estimate.ratio.toldAt = held.ratio.toldAt;
  restorePrints(estimate.prints, held.prints);
  restoreFlows(estimate.flows, held.flows);
  restoreLearner(estimate.learner, held.learner);
  estimate.profile.restore(held.profile.rows, held.profile.sizes, held.profile.total);
  estimate.earlier.restore(held.earlier.rows, held.earlier.sizes, held.earlier.total);
}

function capturePrints({ isWatched, sizes, busySeconds, lastSecond }: PrintIntake) {
  return { isWatched, sizes, busySeconds, lastSecond };
}

function restorePrints(prints: PrintIntake, held: ReturnType<typeof capturePrints>): void {
  prints.isWatched = held.isWatched;
  prints.sizes.set(held.sizes);
  prints.busySeconds = held.busySeconds;
  prints.lastSecond = held.lastSecond;
}

function captureFlows(flows: FlowRows) {
  const vectors = FLOW_VECTORS.map((key) => flows[key]);
  return { isBusy: flows.isBusy, vectors, numbers: FLOW_NUMBERS.map((key) => flows[key]) };
}

function restoreFlows(flows: FlowRows, held: ReturnType<typeof captureFlows>): void {
  flows.isBusy = held.isBusy;
  FLOW_VECTORS.forEach((key, i) => flows[key].set(held.vectors[i]!));
  FLOW_NUMBERS.forEach((key, i) => (flows[key] = held.numbers[i]!));
}

const BELIEFS = ['classes', 'strips', 'sides'] as const;

function captureLearner(learner: DistanceLearner) {
  const { lessons, sizeSum, sizeSquares, count, longShare, shares } = learner;
  const { squares, expected, seenOpen, expectedOpen } = learner.dispersion;
  const dispersion = { squares, expected, seenOpen, expectedOpen };
  const held = lessons.map((lesson) => ({
    logWeight: lesson.logWeight,
    shares: lesson.shares,
    plain: lesson.plain,
    beliefs: BELIEFS.map((key) => ({ shapes: lesson[key].shapes, rates: lesson[key].rates })),
  }));
  return { lessons: held, sizeSum, sizeSquares, dispersion, count, longShare, shares };
}

function restoreLearner(learner: DistanceLearner, held: ReturnType<typeof captureLearner>): void {
  learner.sizeSum = held.sizeSum;
  learner.sizeSquares = held.sizeSquares;
  learner.dispersion.squares = held.dispersion.squares;
  learner.dispersion.expected = held.dispersion.expected;
  learner.dispersion.seenOpen.set(held.dispersion.seenOpen);
  learner.dispersion.expectedOpen.set(held.dispersion.expectedOpen);
  learner.count = held.count;
  learner.longShare = held.longShare;
  learner.shares.set(held.shares);
  held.lessons.forEach(({ logWeight, shares, plain, beliefs }, h) => {
    const lesson = learner.lessons[h]!;
    lesson.logWeight = logWeight;
    lesson.shares.set(shares);
    lesson.plain.set(plain);
    beliefs.forEach(({ shapes, rates }, i) => {
      lesson[BELIEFS[i]!].shapes.set(shapes);
      lesson[BELIEFS[i]!].rates.set(rates);
    });
  });
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
