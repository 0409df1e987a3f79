import { STRIP_COUNT } from '../cohorts/distance-classes.js';
import { EntryProfile } from '../cohorts/entry-profile.js';
import { OPENING_SHARES } from '../cohorts/exits.js';
import { termsOf, type MarginTerms } from '../cohorts/margin-terms.js';
import { OpenInterestFilter } from '../cohorts/open-interest-filter.js';
import { isMoved, openedShare, SideRatio } from '../cohorts/side-ratio.js';
import { settleTurnover } from '../cohorts/turnover.js';
import { closePositions, expectedCloses } from '../exposure/close-positions.js';
import { conserve } from '../exposure/conserve.js';
import { ExposureMap, LONG, MAP_ROWS, SHORT, SIDES } from '../exposure/exposure-map.js';
import { DistanceLearner, type DistanceDoubt, type LearningInterval } from '../exposure/learn-distances.js';
import { openPositions } from '../exposure/open-positions.js';
import { PrintIntake } from '../exposure/print-intake.js';
import { WornRange } from '../exposure/worn-range.js';
import { rowOfPrice } from '../grid/price-lattice.js';
import { priceOfTicks, type Instrument } from '../model/instrument.js';
import type { Bar, Gap, InstrumentEvent, MarkBar, OpenInterest, Resumed, Trade } from '../model/market-event.js';
import type { Fault } from '../model/parsed.js';
import { FlowRows, reweigh } from './flow-rows.js';
import { hypothesesOf, type ModelOptions } from './model-options.js';
import { noteEstimatePrint, seedEstimate, sweepEstimate, wearEstimateStops } from './note-flows.js';
import { widerWhileSilent } from './lead-silent.js';
import { PriceGuard } from './price-guard.js';

/** A mark counts as current for this long after it was seen; then last prices sweep, S20's amber limit. */
const MARK_CURRENT_MS = 10_000;
/** The grid is moved when the price is this many rows off its middle, so that a window of columns always lies on it. */
const RECENTER_ROWS = MAP_ROWS / 12;
/** Prints and sweeps are compared over at least this long: prints come about a second late. */
const LESSON_MS = 60_000;
/** What a print of another venue counts where a venue prints itself. Chosen on simulated markets (docs/method.md#learning). */
const BORROWED_WEIGHT = 0.5;
/** Without trades, relative accounts are still aged this often. */
const IDLE_SETTLE_MS = 60_000;
/** How often a silent venue's bands are widened, and how often its positions are aged. */
const LEAD_DOUBT_MS = 60_000;
const LED_SETTLE_MS = 900_000;

/** The cohort accounts of one instrument: who opened, who left, what was traded through. Pure function of its events. */
export class InstrumentEstimate {
  readonly map = new ExposureMap();
  /** Volume by price since the accounts were last settled. */
  readonly profile = new EntryProfile();
  /** Volume by price before open interest was known: where the initial stock was entered. */
  readonly earlier = new EntryProfile();
  /** Swept from each strip's book since the last settlement, and since the last lesson: side x strip. */
  readonly swept = new Float64Array(2 * STRIP_COUNT);
  readonly sweptUnlearned = new Float64Array(2 * STRIP_COUNT);
  readonly prints = new PrintIntake();
  /** What happened to each row since clusters were last looked at. */
  readonly flows = new FlowRows();
  readonly learner: DistanceLearner;
  learnedAt = Number.NaN;
  readonly ratio = new SideRatio();
  readonly reports = new OpenInterestFilter();
  /** Time since the last lesson in which nothing was swept and nothing printed. */
  idleMs = 0;
  /** The way of what price is judged by since stops were last closed. */
  readonly worn = new WornRange();
  /** Start of the volume in `earlier`. */
  earlierSince = Number.NaN;
  isAnchored = false;
  mark = Number.NaN;
  last = Number.NaN;
  openInterest = Number.NaN;
  settledAt = Number.NaN;
  /** Until when the mark covers the path; later, last prices do. */
  markUntil = Number.NEGATIVE_INFINITY;
  /** When a mark and a last price were seen. */
  markSeen = Number.NEGATIVE_INFINITY;
  lastSeen = Number.NEGATIVE_INFINITY;
  /** Price of the reference over this venue's, as of when both were last seen together; NaN before. */
  basis = Number.NaN;
  /** What the reference's price stands for here while this venue is silent, and when it last did. */
  led = Number.NaN;
  ledSeen = Number.NEGATIVE_INFINITY;
  /** The stock before the first report has been placed. */
  isSeeded = false;
  /** Extremes of last prices since a mark was seen. */
  pendingLow = Number.POSITIVE_INFINITY;
  pendingHigh = Number.NEGATIVE_INFINITY;
  /** First trade of the unbroken run of trades; bars that start later add no volume. */
  tradesSince = Number.NaN;
  /** What its prices are held against before they are believed. */
  readonly guard = new PriceGuard();
  spec: Instrument;
  /** What the venue's brackets allow. */
  terms: MarginTerms;
  readonly #model: ModelOptions;
  #tickSize: number;
  #doubt: DistanceDoubt | undefined;

  constructor(spec: Instrument, model: ModelOptions, terms: MarginTerms) {
    this.spec = spec;
    this.#model = model;
    this.terms = terms;
    this.#tickSize = Number(spec.tickSize);
    this.learner = new DistanceLearner(hypothesesOf(model, terms));
    this.map.weights.set(this.learner.shares);
  }

  /** How unsure the estimate is of what it shows. */
  get doubt(): DistanceDoubt {
    return (this.#doubt ??= widerWhileSilent(this.learner.doubt(this.openInterest), this.silentMs));
  }

  /** When a price of this venue itself was last seen. */
  get priceSeen(): number {
    return Math.max(this.markSeen, this.lastSeen);
  }

  /** How long the reference's price has stood in for this venue's own; 0 while the venue speaks. */
  get silentMs(): number {
    return this.ledSeen > this.priceSeen ? this.ledSeen - this.priceSeen : 0;
  }

  /** Prints have corrected the prior. */
  get hasLearned(): boolean {
    return this.learner.count > 0 && this.learner.sizeSum > 0;
  }

  /** Contract metadata changed (a new tick size, say). */
  respecify(spec: Instrument): void {
    this.spec = spec;
    this.#tickSize = Number(spec.tickSize);
  }

  /** No open interest is known, so sizes compare only with each other. */
  get isRelative(): boolean {
    return Number.isNaN(this.openInterest);
  }

  /** The price positions are judged by: mark while it is current, else whichever of mark and last is newer. */
  priceAt(time: number): number {
    if (this.ledSeen > this.priceSeen) return this.led;
    const isMarkCurrent = time <= this.markUntil && this.mark > 0;
    const isMarkNewer = this.mark > 0 && this.markSeen >= this.lastSeen;
    return isMarkCurrent || isMarkNewer || !(this.last > 0) ? this.mark : this.last;
  }

  /** Tells last price of a trade in quote units. */
  priceOfTrade(trade: Trade): number {
    return priceOfTicks(trade.priceTicks, this.#tickSize);
  }

  /** Why the price an event tells cannot be believed yet. */
  priceFaultOf(event: InstrumentEvent): Fault | undefined {
    return this.guard.faultOfEvent(event, (trade) => this.priceOfTrade(trade));
  }

  /** Applies one event of this instrument; book, funding, index and spot say nothing to it. */
  apply(event: InstrumentEvent): void {
    switch (event.kind) {
      case 'trade':
        this.#applyTrade(event);
        return;
      case 'bar':
        this.#applyBar(event);
        return;
      case 'mark':
        this.#applyMark({ low: event.price, high: event.price, close: event.price }, event.seenTime, MARK_CURRENT_MS);
        return;
      case 'mark-bar':
        this.#applyMarkBar(event);
        return;
      case 'open-interest':
        this.#applyOpenInterest(event);
        return;
      case 'liquidation':
        this.prints.note(event);
        this.learner.noteSize(event.size);
        this.#doubt = undefined;
        noteEstimatePrint(this, event);
        return;
      case 'long-short-ratio':
        if (event.population === 'top-positions') this.#noteRatio(event.longShare, event.seenTime);
        return;
      case 'brackets':
        this.#takeTerms(termsOf(event.table, this.spec.kind));
        return;
      case 'resumed':
      case 'gap':
        this.#noteDelivery(event);
        return;
      default:
    }
  }

  /** A channel begins or stops to deliver. */
  #noteDelivery({ kind, channel }: Gap | Resumed): void {
    if (channel === 'liquidations') this.prints.watch(kind === 'resumed');
    if (kind === 'resumed') return;
    if (channel === 'trades') this.tradesSince = Number.NaN;
    if (channel === 'mark') this.markUntil = Number.NEGATIVE_INFINITY;
  }

  /**
   * Learns once a minute; settles relative accounts, those with open interest settle when it is reported. Returns what was
   * learned from, for the other venues.
   */
  passTime(time: number): LearningInterval | undefined {
    if (Number.isNaN(this.learnedAt)) this.learnedAt = time;
    const lesson = time - this.learnedAt >= LESSON_MS ? this.#learn(time) : undefined;
    if (!this.isRelative || !this.isAnchored) return lesson;
    if (Number.isNaN(this.settledAt)) this.settledAt = time;
    if (this.profile.total > 0 || time - this.settledAt >= IDLE_SETTLE_MS) this.#settle(time, undefined);
    return lesson;
  }

  /** Takes in what another venue has learned from: people use leverage alike, most of all where no print tells otherwise. */
  borrow(lesson: LearningInterval): void {
    if (!this.#model.learns) return;
    this.learner.borrow(lesson, this.prints.isWatched ? BORROWED_WEIGHT : 1);
    this.#takeWeights();
  }

  #applyTrade(trade: Trade): void {
    const price = this.priceOfTrade(trade);
    if (Number.isNaN(this.tradesSince)) this.tradesSince = trade.seenTime;
    this.#addVolume(trade.seenTime, (profile) => profile.addTrade(price, trade.size));
    this.#applyLast(price, price, price, trade.seenTime);
  }

  #applyBar(bar: Bar): void {
    const isCoveredByTrades = bar.eventTime - bar.durationMs >= this.tradesSince;
    if (!isCoveredByTrades && bar.size > 0) {
      this.#addVolume(bar.eventTime - bar.durationMs, (profile) => profile.addBar(bar.low, bar.high, bar.size));
    }
    const isPartlyMarked = bar.seenTime <= this.markUntil && bar.eventTime - bar.durationMs < this.markSeen;
    if (isPartlyMarked) this.#applyLast(bar.close, bar.close, bar.close, bar.seenTime);
    else this.#applyLast(bar.low, bar.high, bar.close, bar.seenTime);
  }

  #addVolume(since: number, add: (profile: EntryProfile) => void): void {
    add(this.profile);
    if (!this.isRelative) return;
    if (Number.isNaN(this.earlierSince)) this.earlierSince = since;
    add(this.earlier);
  }

  #applyLast(low: number, high: number, close: number, seenTime: number): void {
    this.last = close;
    this.lastSeen = seenTime;
    this.#anchor(close);
    this.pendingLow = Math.min(this.pendingLow, low);
    this.pendingHigh = Math.max(this.pendingHigh, high);
    if (seenTime <= this.markUntil) return;
    sweepEstimate(this, this.pendingLow, this.pendingHigh);
    this.pendingLow = close;
    this.pendingHigh = close;
  }

  #applyMarkBar(bar: MarkBar): void {
    this.#applyMark(bar, bar.seenTime, bar.durationMs + MARK_CURRENT_MS);
  }

  #applyMark(range: Pick<MarkBar, 'low' | 'high' | 'close'>, seenTime: number, currentMs: number): void {
    this.mark = range.close;
    this.markSeen = seenTime;
    this.markUntil = seenTime + currentMs;
    this.pendingLow = Number.POSITIVE_INFINITY;
    this.pendingHigh = Number.NEGATIVE_INFINITY;
    this.#anchor(range.close);
    sweepEstimate(this, range.low, range.high);
  }

  #applyOpenInterest(event: OpenInterest): void {
    const before = this.reports.level;
    const level = this.reports.note(event.size, this.#volume());
    if (level === undefined) return;
    if (!this.isAnchored) {
      this.#report(event.size);
      this.settledAt = event.seenTime;
      return;
    }
    if (this.isSeeded) this.#settle(event.seenTime, level - before);
    else {
      seedEstimate(this, level, event.seenTime);
      this.#closeInterval(event.seenTime);
    }
    this.isSeeded = true;
    this.#report(event.size);
    for (const side of SIDES) conserve(this.map, side, level);
  }

  #report(size: number): void {
    this.openInterest = size;
    this.map.report(size);
    this.#doubt = undefined;
  }

  /** The books take a ratio of longs over when it has moved. */
  // Of positions alone: a share of accounts counts a small one like a large one.
  #noteRatio(longShare: number, time: number): void {
    const opened = openedShare(this.ratio.note(longShare, time), this.map.longShareOfBooks());
    if (!isMoved(opened, this.learner.longShare)) return;
    this.learner.noteLongShare(opened);
    this.#takeWeights();
  }

  /** The venue has told its brackets: where leverages lie is known better. */
  #takeTerms(terms: MarginTerms): void {
    const { maintenanceRate, maxLeverage } = this.terms;
    this.terms = terms;
    if (terms.maintenanceRate === maintenanceRate && terms.maxLeverage === maxLeverage) return;
    this.learner.assume(hypothesesOf(this.#model, terms));
    this.#takeWeights();
  }

  /**
   * The venue is silent and this is what its price would be. What that passes is taken out of the books, and where open interest
   * is silent too, positions go on being closed and opened as if it stood still.
   */
  lead(price: number, time: number): void {
    const before = this.priceAt(time);
    if (Math.floor(this.silentMs / LEAD_DOUBT_MS) !== Math.floor((time - this.priceSeen) / LEAD_DOUBT_MS))
      this.#doubt = undefined;
    this.led = price;
    this.ledSeen = time;
    this.#anchor(price);
    sweepEstimate(this, Math.min(before, price), Math.max(before, price));
    // Of what is passed unheard no print can tell.
    this.sweptUnlearned.fill(0);
    if (this.isSeeded && time - this.settledAt >= LED_SETTLE_MS) this.#settle(time, 0);
  }

  #takeWeights(): void {
    reweigh(this.map, this.learner.shares, this.flows);
    this.#doubt = undefined;
  }

  /** Compares what was swept with what was printed. A feed that is not known to deliver teaches nothing by its silence. */
  #learn(time: number): LearningInterval | undefined {
    const elapsedMs = time - this.learnedAt;
    const isWatched = this.prints.isWatched && this.silentMs === 0;
    const printed = this.prints.take(elapsedMs);
    this.learnedAt = time;
    if (printed[LONG] + printed[SHORT] === 0 && this.sweptUnlearned.every((size) => size === 0)) {
      this.idleMs += elapsedMs;
      return undefined;
    }
    const swept = this.sweptUnlearned.slice();
    this.sweptUnlearned.fill(0);
    const { openInterest, learner } = this;
    if (!isWatched || !this.#model.learns || !(openInterest > 0)) return undefined;
    const countSize = learner.countSize(openInterest);
    const lesson = { swept, printed, openInterest, elapsedMs: elapsedMs + this.idleMs, countSize };
    learner.learn(lesson);
    this.#takeWeights();
    this.idleMs = 0;
    return lesson;
  }

  #settle(time: number, change: number | undefined): void {
    const elapsedMs = Math.max(0, time - this.settledAt);
    const stopped = wearEstimateStops(this, this.#model.stoppedShare, time);
    const closes =
      stopped + (expectedCloses(this.map, LONG, elapsedMs) + expectedCloses(this.map, SHORT, elapsedMs)) / 2;
    const volume = this.#volume();
    const { completesTurnover } = this.#model;
    const flow = {
      openInterestChange: change,
      closes: completesTurnover ? closes : 0,
      swept: this.map.meanOfSides(this.swept),
      volume,
    };
    const { opens, exitShare } = settleTurnover(flow);
    const mark = this.priceAt(time);
    if (this.profile.total === 0) this.profile.addTrade(mark, 1);
    const opening = { size: opens, profile: this.profile, mark, shares: OPENING_SHARES, birth: time };
    for (const side of SIDES) {
      closePositions(this.map, side, elapsedMs, exitShare);
      openPositions(this.map, side, opening, this.flows.opened);
    }
    this.#closeInterval(time);
  }

  /** Volume since the last settlement. No trade on a channel that delivers is none; on one that does not, it is unknown. */
  #volume(): number | undefined {
    const isKnown = this.profile.total > 0 || !Number.isNaN(this.tradesSince);
    return isKnown ? this.profile.total : undefined;
  }

  #closeInterval(time: number): void {
    this.flows.isBusy = true;
    this.swept.fill(0);
    this.profile.clear();
    this.settledAt = time;
  }

  #anchor(price: number): void {
    const row = rowOfPrice(price);
    if (this.isAnchored && Math.abs(row - this.map.origin - MAP_ROWS / 2) <= RECENTER_ROWS) return;
    if (this.isAnchored) {
      this.flows.moveBy(row - MAP_ROWS / 2 - this.map.origin);
      this.map.moveTo(row - MAP_ROWS / 2);
    } else this.map.origin = row - MAP_ROWS / 2;
    this.isAnchored = true;
  }
}
