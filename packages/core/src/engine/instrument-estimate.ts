import { CLASS_COUNT } from '../cohorts/distance-classes.js';
import { EntryProfile } from '../cohorts/entry-profile.js';
import { EXIT_WEIGHTS, RATE_COUNT, STATIONARY_WEIGHTS, stationaryAgeMs } from '../cohorts/exits.js';
import { settleTurnover } from '../cohorts/turnover.js';
import { closePositions, expectedCloses } from '../exposure/close-positions.js';
import { conserve } from '../exposure/conserve.js';
import { ExposureMap, LONG, MAP_ROWS, SHORT, SIDES } from '../exposure/exposure-map.js';
import { openPositions } from '../exposure/open-positions.js';
import { sweep } from '../exposure/sweep.js';
import { LOG_ROW, rowOfPrice } from '../grid/price-lattice.js';
import { MS_PER_HOUR } from '../model/units.js';
import { priceOfTicks, type Instrument } from '../model/instrument.js';
import type { Bar, InstrumentEvent, MarkBar, OpenInterest, Trade } from '../model/market-event.js';
import type { Fault } from '../model/parsed.js';
import { PriceGuard } from './price-guard.js';

/** A mark counts as current for this long after it was seen; then last prices sweep, S20's amber limit. */
const MARK_CURRENT_MS = 10_000;
/** The grid is moved when the price has left its middle half. */
const RECENTER_ROWS = MAP_ROWS / 4;
/** Without trades, relative accounts are still aged this often. */
const IDLE_SETTLE_MS = 60_000;

/** Assumed standard deviation of a day's log return where no history was seen; 57 % a year, usual for the large coins. */
const DAILY_VOLATILITY = 0.03;

/** The cohort accounts of one instrument: who opened, who left, what was traded through. Pure function of its events. */
export class InstrumentEstimate {
  readonly map = new ExposureMap();
  /** Volume by price since the accounts were last settled. */
  readonly profile = new EntryProfile();
  /** Volume by price before open interest was known: where the initial stock was entered. */
  readonly earlier = new EntryProfile();
  /** Swept since the last settlement, side x class; learning reads it. */
  readonly sweptByClass = new Float64Array(2 * CLASS_COUNT);
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
  #tickSize: number;

  constructor(spec: Instrument) {
    this.spec = spec;
    this.#tickSize = Number(spec.tickSize);
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
    switch (event.kind) {
      case 'trade':
        return this.guard.faultOf('trade.priceTicks', this.priceOfTrade(event), event.seenTime);
      case 'mark':
        return this.guard.faultOf('mark.price', event.price, event.seenTime);
      case 'bar':
      case 'mark-bar':
        return this.guard.rangeFaultOf(event.kind, event, event.seenTime);
      default:
        return undefined;
    }
  }

  /** Applies one event of this instrument; unknown to the estimate are book, funding, index and ratios. */
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
      case 'gap':
        if (event.channel === 'trades') this.tradesSince = Number.NaN;
        if (event.channel === 'mark') this.markUntil = Number.NEGATIVE_INFINITY;
        return;
      default:
        return;
    }
  }

  /** Settles relative accounts when a second has passed; accounts with open interest settle when it is reported. */
  passTime(time: number): void {
    if (!this.isRelative || !this.isAnchored) return;
    if (Number.isNaN(this.settledAt)) this.settledAt = time;
    if (this.profile.total > 0 || time - this.settledAt >= IDLE_SETTLE_MS) this.#settle(time, undefined);
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
    this.#sweep(this.pendingLow, this.pendingHigh);
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
    this.#sweep(range.low, range.high);
  }

  #applyOpenInterest(event: OpenInterest): void {
    const change = event.size - this.openInterest;
    if (!this.isAnchored) {
      this.openInterest = event.size;
      this.settledAt = event.seenTime;
      return;
    }
    if (this.isSeeded) this.#settle(event.seenTime, change);
    else this.#seed(event.size, event.seenTime);
    this.isSeeded = true;
    this.openInterest = event.size;
    for (const side of SIDES) conserve(this.map, side, event.size);
  }

  /**
   * The stock that stood before the first report, with the ages of an evenly turned stock. Positions younger than the history
   * seen were entered where volume was; older ones anywhere the price may have come from: a bell as wide as a random walk of
   * `DAILY_VOLATILITY` over their age.
   */
  #seed(size: number, time: number): void {
    const mark = this.priceAt(time);
    const missing = SIDES.map((side) => size - this.map.sumOfSide(side));
    for (let r = 0; r < RATE_COUNT; r++) {
      const ageMs = stationaryAgeMs(r);
      const isSeen = this.earlier.total > 0 && ageMs <= time - this.earlierSince;
      const profile = isSeen ? this.earlier : walkedProfile(mark, ageMs);
      const rateWeights = STATIONARY_WEIGHTS.map((_, i) => (i === r ? 1 : 0));
      const birth = STATIONARY_WEIGHTS.map(() => time - ageMs);
      for (const side of SIDES) {
        const share = missing[side]! * STATIONARY_WEIGHTS[r]!;
        openPositions(this.map, side, { size: share, profile, mark, rateWeights, birth });
      }
    }
    this.earlier.clear();
    this.#closeInterval(time);
  }

  #settle(time: number, change: number | undefined): void {
    const elapsedMs = Math.max(0, time - this.settledAt);
    const closes = (expectedCloses(this.map, LONG, elapsedMs) + expectedCloses(this.map, SHORT, elapsedMs)) / 2;
    const swept = (this.map.unattributed[LONG]! + this.map.unattributed[SHORT]!) / 2;
    // No trade on a channel that delivers is no volume; on one that does not, volume is unknown.
    const isVolumeKnown = this.profile.total > 0 || !Number.isNaN(this.tradesSince);
    const volume = isVolumeKnown ? this.profile.total : undefined;
    const { opens, exitShare } = settleTurnover({ openInterestChange: change, closes, swept, volume });
    const mark = this.priceAt(time);
    if (this.profile.total === 0) this.profile.addTrade(mark, 1);
    const birth = new Array<number>(RATE_COUNT).fill(time);
    for (const side of SIDES) {
      closePositions(this.map, side, elapsedMs, exitShare);
      openPositions(this.map, side, { size: opens, profile: this.profile, mark, rateWeights: EXIT_WEIGHTS, birth });
    }
    this.#closeInterval(time);
  }

  #closeInterval(time: number): void {
    this.map.unattributed.fill(0);
    this.sweptByClass.fill(0);
    this.profile.clear();
    this.settledAt = time;
  }

  #sweep(low: number, high: number): void {
    sweep(this.map, low, high, this.sweptByClass);
  }

  #anchor(price: number): void {
    const row = rowOfPrice(price);
    if (this.isAnchored && Math.abs(row - this.map.origin - MAP_ROWS / 2) <= RECENTER_ROWS) return;
    if (this.isAnchored) this.map.moveTo(row - MAP_ROWS / 2);
    else this.map.origin = row - MAP_ROWS / 2;
    this.isAnchored = true;
  }
}

/** Where positions of an age may have been entered, when nothing is known of the past. */
function walkedProfile(price: number, ageMs: number): EntryProfile {
  const profile = new EntryProfile();
  const deviation = DAILY_VOLATILITY * Math.sqrt(ageMs / (24 * MS_PER_HOUR));
  profile.addBell(price, Math.max(1, deviation / LOG_ROW), 1);
  return profile;
}
