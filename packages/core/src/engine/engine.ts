import { detailRows, shiftOf, standingRows } from '../aggregate/venue-sample.js';
import { publishedTerms } from '../cohorts/margin-terms.js';
import { LONG, MAP_ROWS, SHORT } from '../exposure/exposure-map.js';
import { ColumnSeries, type DensitySample, type SampleContext, type SampleDetail } from '../grid/column-series.js';
import {
  INPUT_BIT,
  type Column,
  type HeatmapFrame,
  type InstrumentTotals,
  type ObservedPrint,
} from '../model/heatmap-frame.js';
import { notionalUsd, type InstrumentId } from '../model/instrument.js';
import type { OutcomeFilter } from '../clusters/cluster-archive.js';
import type { Alert } from '../model/alert.js';
import type { Setup } from '../model/setup.js';
import type { Cluster, ClusterChange, ClusterOutcome } from '../model/cluster.js';
import type { InstrumentEvent, InstrumentListed, Liquidation, MarketEvent } from '../model/market-event.js';
import type { Fault } from '../model/parsed.js';
import type { Price, UnixMs } from '../model/units.js';
import type { VenueId } from '../model/venue.js';
import { AlertWatch } from './alert-watch.js';
import { buildFacts, buildFrame, type FrameInputs } from './build-frame.js';
import { buildNow, buildTotals } from './build-now.js';
import { captureEngine, type EngineState } from './checkpoint.js';
import type { WatchedVenue } from './cluster-moment.js';
import { ClusterWatch } from './cluster-watch.js';
import { packState } from './pack-state.js';
import { CoverageLog } from './coverage-log.js';
import { queryDensity, queryLayers, type Density, type DensityQuery } from './density-query.js';
import type { ResolvedOptions } from './engine-options.js';
import { InstrumentEstimate } from './instrument-estimate.js';
import { judgeSecond, noteForSetups } from './judge-second.js';
import { leadSilent } from './lead-silent.js';
import { ReportIntervals } from './report-intervals.js';
import { SetupWatch } from './setup-watch.js';
import { faultOf } from './validate-event.js';

/** Columns are accounted for, and setups and rules judged, this often. */
const SAMPLE_MS = 1_000;
/** Where no mark is current, a last price this young stands in for it. */
const LAST_CURRENT_MS = 10_000;
/** Any of these tells where price is. */
const PRICE_INPUTS = INPUT_BIT.trades | INPUT_BIT.bars | INPUT_BIT.mark;
/** Observed liquidations kept for display; facts carry them all, so that every new one costs 250 B for each of these. */
const PRINTS_KEPT = 400;

/** Market events in, heatmap out: pure, without clock, deterministic. Made by `createEngine`. */
export class Engine {
  readonly options: ResolvedOptions;
  readonly estimates = new Map<InstrumentId, InstrumentEstimate>();
  readonly series: readonly ColumnSeries[];
  readonly coverage = new CoverageLog();
  readonly reports = new ReportIntervals();
  readonly rejections = new Map<string, number>();
  readonly watch: ClusterWatch;
  readonly setupWatch: SetupWatch;
  readonly alertWatch: AlertWatch;
  prints: ObservedPrint[] = [];
  /** `seenTime` of the newest event; NaN before the first. */
  clock = Number.NaN;
  /** Time up to which columns are accounted for, whole seconds. */
  sampledTo = Number.NaN;

  constructor(options: ResolvedOptions) {
    this.options = options;
    this.watch = new ClusterWatch(options.model.clusterProminence);
    this.setupWatch = new SetupWatch(options.outcomeSource);
    this.alertWatch = new AlertWatch(options.alertRules);
    this.series = options.resolutions.map(
      (resolution) => new ColumnSeries(resolution, options.venues.length, options.columnsKept),
    );
  }

  /**
   * Applies one event. Events come in order of `seenTime`; a late `eventTime` is normal. Returns undefined, or why the event
   * was rejected (also counted in the facts): a value that breaks a rule, a decreasing `seenTime`, an unknown instrument.
   */
  apply(event: MarketEvent): Fault | undefined {
    const fault = this.#faultOf(event);
    if (fault !== undefined) {
      this.rejections.set(fault.code, (this.rejections.get(fault.code) ?? 0) + 1);
      return fault;
    }
    this.#advance(effectiveTime(event));
    this.clock = event.seenTime;
    if (event.kind === 'status') this.coverage.noteStatus(event);
    else if (event.kind !== 'tick') this.#applyToInstrument(event);
    return undefined;
  }

  /** Standing (or, with `horizonMs`, still standing then) exposure between any ascending price edges; see `queryDensity`. */
  density(query: DensityQuery): Density {
    return queryDensity(this.#exposures(query.venue), query, this.options.model.stoppedShare);
  }

  /** Exposure (USD) of the stored column that contains `time`; undefined where none is stored. Finest width first. */
  densityAt(
    time: UnixMs,
    edges: Float64Array,
    venue?: VenueId,
  ): { long: Float64Array; short: Float64Array } | undefined {
    const finestFirst = [...this.series].sort((a, b) => a.resolutionMs - b.resolutionMs);
    for (const series of finestFirst) {
      const stored = series.layersAt(time) ?? series.openLayers(time);
      if (stored === undefined) continue;
      const chosen = stored.layers.filter((_, i) => venue === undefined || this.options.venues[i] === venue);
      return queryLayers(chosen, stored.origin, edges);
    }
    return undefined;
  }

  /** All clusters that stand, as of the last look at them; facts tell the largest. */
  clusters(): readonly Cluster[] {
    return this.watch.clusters();
  }

  /** What happened to clusters after `since`, oldest first; at most the last 500. */
  clusterChanges(since: UnixMs): readonly ClusterChange[] {
    return this.watch.changes(since);
  }

  /** How clusters that are gone ended, oldest first; at most the last 500. */
  clusterOutcomes(filter?: OutcomeFilter): readonly ClusterOutcome[] {
    return this.watch.outcomes(filter);
  }

  /** Setups of the last live second, whatever their verdict; none while the past is filled in. */
  setups(): readonly Setup[] {
    return this.setupWatch.setups();
  }

  /** What the rules told after `since`, oldest first; at most the last 200. */
  alerts(since: UnixMs): readonly Alert[] {
    return this.alertWatch.alerts(since);
  }

  /** Where each instrument's open interest is, per side. */
  totals(): readonly InstrumentTotals[] {
    return buildTotals(this.#frameInputs());
  }

  /** Everything a renderer needs, tiles coarse first. */
  frame(): HeatmapFrame {
    return buildFrame(this.#frameInputs());
  }

  /** Facts alone, for a stream that sends them only when they changed. */
  facts(): HeatmapFrame['facts'] {
    return buildFacts(this.#frameInputs());
  }

  /** The present in full resolution; undefined before the reference venue has a price. */
  now(): HeatmapFrame['now'] {
    return buildNow(this.#frameInputs());
  }

  /** The open column of a series, as it stands. */
  openColumn(series: ColumnSeries): Column | undefined {
    return Number.isNaN(this.sampledTo) ? undefined : series.openColumn(this.#sample(), this.#context(true));
  }

  /** Everything that decides what comes next, as bytes for `restoreEngine`. */
  save(): Uint8Array {
    return packState(this.state());
  }

  /** The same as plain data. */
  state(): EngineState {
    return captureEngine(this);
  }

  /** Last or mark price of the reference venue; NaN before any. */
  referencePrice(): Price {
    const reference = this.#reference();
    return (reference === undefined ? Number.NaN : reference.priceAt(this.clock)) as Price;
  }

  #faultOf(event: MarketEvent): Fault | undefined {
    const fault = faultOf(event);
    if (fault !== undefined) return fault;
    if (event.seenTime < this.clock) {
      const message = `${event.kind}.seenTime must not decrease, was ${event.seenTime} after ${this.clock}`;
      return { code: 'out-of-order', field: `${event.kind}.seenTime`, message };
    }
    if (event.kind === 'tick' || event.kind === 'status') return undefined;
    if (event.kind === 'instrument') return this.#specFault(event);
    return this.#instrumentFault(event) ?? this.estimates.get(event.instrument)?.priceFaultOf(event);
  }

  #specFault({ spec }: InstrumentListed): Fault | undefined {
    const { symbol, venues } = this.options;
    if (spec.symbol !== symbol) {
      const message = `instrument.spec.symbol must be ${symbol}, was ${spec.symbol}`;
      return { code: 'other-symbol', field: 'instrument.spec.symbol', message };
    }
    if (!venues.includes(spec.venue)) {
      const message = `instrument.spec.venue must be one of ${venues.join(' ')}, was ${spec.venue}`;
      return { code: 'other-venue', field: 'instrument.spec.venue', message };
    }
    if (Number(spec.tickSize) > 0) return undefined;
    const message = `instrument.spec.tickSize must be a positive decimal, was "${spec.tickSize}"`;
    return { code: 'bad-value', field: 'instrument.spec.tickSize', message };
  }

  #instrumentFault(event: InstrumentEvent): Fault | undefined {
    if (this.estimates.has(event.instrument)) return undefined;
    const message = `${event.kind}.instrument must have been announced by an instrument event, was ${event.instrument}`;
    return { code: 'unknown-instrument', field: `${event.kind}.instrument`, message };
  }

  #applyToInstrument(event: InstrumentEvent): void {
    if (event.kind === 'instrument') this.#list(event);
    const estimate = this.estimates.get(event.instrument);
    if (estimate === undefined) throw new Error(`${event.instrument} must have been announced before it is applied`);
    this.coverage.note(event);
    if (event.kind === 'open-interest') this.reports.note(event.instrument, event.seenTime);
    if (event.kind === 'liquidation') this.#notePrint(event, estimate);
    estimate.apply(event);
    if (event.kind === 'trade')
      this.watch.noteTrade(notionalUsd(estimate.spec.kind, event.size, estimate.last as Price));
    const isReference = estimate === this.#reference();
    noteForSetups(this.setupWatch, event, estimate, isReference);
    if (!isReference) return;
    if (event.kind === 'mark') this.watch.cascade.noteMark(event.seenTime, event.price);
    if (event.kind === 'trade') this.#notePrice(estimate.last, estimate.last, estimate.last, estimate.last, 0);
    if (event.kind === 'bar') this.#notePrice(event.open, event.high, event.low, event.close, event.durationMs);
  }

  #notePrice(open: number, high: number, low: number, close: number, durationMs: number): void {
    for (const series of this.series) if (series.resolutionMs >= durationMs) series.notePrice(open, high, low, close);
  }

  #list({ spec, seenTime }: InstrumentListed): void {
    const known = this.estimates.get(spec.id);
    if (known !== undefined) known.respecify(spec);
    else {
      this.estimates.set(spec.id, new InstrumentEstimate(spec, this.options.model, publishedTerms(spec, seenTime)));
      this.watch.list([...this.estimates.keys()]);
    }
  }

  #notePrint(event: Liquidation, estimate: InstrumentEstimate): void {
    const { eventTime, seenTime, positionSide, price } = event;
    const notional = notionalUsd(estimate.spec.kind, event.size, price);
    this.prints.push({ eventTime, seenTime, venue: estimate.spec.venue, positionSide, price, notional });
    if (this.prints.length > PRINTS_KEPT) this.prints.shift();
    this.watch.cascade.notePrint(event, notional);
  }

  /** Accounts for the time up to the last whole second before or at `time`, with the state as it was before the event. */
  #advance(time: number): void {
    const second = Math.floor(time / SAMPLE_MS) * SAMPLE_MS;
    if (Number.isNaN(this.sampledTo)) this.sampledTo = second;
    if (second <= this.sampledTo) return;
    shareLessons([...this.estimates.values()], second);
    leadSilent(this.estimates.values(), this.#reference(), second);
    const sample = this.#sample();
    const context = this.#context();
    for (const series of this.series) series.add(this.sampledTo, second, sample, context);
    this.#watchClusters(second as UnixMs, second - this.sampledTo, sample, context);
    judgeSecond(this, second as UnixMs, sample, this.#exposures());
    this.sampledTo = second;
  }

  #watchClusters(time: UnixMs, stepMs: number, sample: DensitySample, { inputs }: SampleContext): void {
    const reference = this.#reference();
    const isUnmarked = reference !== undefined && time > reference.markUntil;
    const isLastCurrent = isUnmarked && time - reference.lastSeen <= LAST_CURRENT_MS;
    const standIn = isLastCurrent ? (reference.last as Price) : undefined;
    this.watch.pass(time, stepMs, standIn, (inputs & INPUT_BIT.liquidations) !== 0);
    const mark = this.referencePrice();
    const hasPrinted = [...this.estimates.values()].some(({ flows }) => flows.printedSum > 0);
    if (!this.watch.isDue(time, mark, hasPrinted)) return;
    const changes = this.watch.look({ time, mark, sample, venues: this.#exposures(), reference });
    this.setupWatch.noteChanges(changes);
  }

  #reference(): InstrumentEstimate | undefined {
    return this.#ofVenue(this.options.venues[0]!);
  }

  #ofVenue(venue: VenueId): InstrumentEstimate | undefined {
    for (const estimate of this.estimates.values()) if (estimate.spec.venue === venue) return estimate;
    return undefined;
  }

  #exposures(venue?: VenueId): readonly WatchedVenue[] {
    const referenceMark = this.#reference()?.priceAt(this.clock) ?? Number.NaN;
    const result: WatchedVenue[] = [];
    for (const [index, id] of this.options.venues.entries()) {
      const estimate = this.#ofVenue(id);
      if (estimate === undefined || (venue !== undefined && id !== venue)) continue;
      const shiftRows = shiftOf(referenceMark, estimate.priceAt(this.clock));
      const { map, spec, doubt } = estimate;
      result.push({ venue: id, index, estimate, map, kind: spec.kind, doubt, shiftRows });
    }
    return result;
  }

  #sampleOrigin(): number {
    return this.#reference()?.map.origin ?? this.estimates.values().next().value?.map.origin ?? 0;
  }

  #sample(): DensitySample {
    const origin = this.#sampleOrigin();
    const exposures = this.#exposures();
    const rows = (side: typeof LONG | typeof SHORT) =>
      this.options.venues.map((venue) => {
        const exposure = exposures.find((candidate) => candidate.venue === venue);
        return exposure === undefined ? new Float64Array(MAP_ROWS) : standingRows(exposure, side, origin);
      });
    return { origin, long: rows(LONG), short: rows(SHORT) };
  }

  #context(isLook = false): SampleContext {
    let cached: SampleDetail | undefined;
    const detail = () =>
      (cached ??= detailRows(this.#exposures(), this.#sampleOrigin(), { time: this.sampledTo, isLook }));
    const venues = this.options.venues.reduce(
      (bits, id, i) => ((this.#ofVenue(id)?.silentMs ?? Infinity) > 0 ? bits : bits | (1 << i)),
      0,
    );
    const inputs = this.coverage.inputs();
    return { mark: this.referencePrice(), inputs, isDelivering: (inputs & PRICE_INPUTS) !== 0, venues, detail };
  }

  #frameInputs(): FrameInputs {
    return { engine: this, exposures: this.#exposures(), referencePrice: this.referencePrice() };
  }
}

/** Lets time pass for every estimate; what one has learned from, all others hear of. */
function shareLessons(estimates: readonly InstrumentEstimate[], time: number): void {
  const lessons = estimates.map((estimate) => estimate.passTime(time));
  lessons.forEach((lesson, from) => {
    if (lesson === undefined) return;
    for (const [to, estimate] of estimates.entries()) if (to !== from) estimate.borrow(lesson);
  });
}

const OF_THE_TIME_BEFORE: ReadonlySet<MarketEvent['kind']> = new Set([
  'bar',
  'mark-bar',
  'open-interest',
  'long-short-ratio',
]);

/**
 * A bar describes the time before its close, so it belongs to the column that ends there; so does a report of that moment, which in a past
 * of bars stands before the bar and must not close the column ahead of it.
 */
function effectiveTime(event: MarketEvent): number {
  return OF_THE_TIME_BEFORE.has(event.kind) ? event.seenTime - 1 : event.seenTime;
}
