import { forcedTakerSide } from '../cascade/forced-taker.js';
import type { CascadeReading } from '../model/cascade.js';
import type { Cluster, ClusterChange, ClusterOutcome } from '../model/cluster.js';
import type { Instrument, InstrumentId } from '../model/instrument.js';
import type { BookDelta, BookSnapshot, Gap, Resumed, TakerSide } from '../model/market-event.js';
import type { BookHealth, OutcomeSource, Setup } from '../model/setup.js';
import { MS_PER_MINUTE, type Price, type UnixMs, type Usd } from '../model/units.js';
import { AverageTrueRange, type AverageTrueRangeState } from '../setups/average-true-range.js';
import { distanceTo, type RowExposure } from '../setups/cluster-reach.js';
import { evaluateSetups } from '../setups/evaluate-setups.js';
import { FlowZScore } from '../setups/flow-z-score.js';
import type { PriceRecordState } from '../setups/price-record.js';
import { retracementRates } from '../setups/retracement.js';
import { SameHourMedian, type SameHourMedianState } from '../setups/same-hour-median.js';
import { NO_EVIDENCE, type ClusterReadings, type SetupEvidence } from '../setups/setup-input.js';
import { touchRates, TOUCH_HORIZONS_MS } from '../setups/touch-rates.js';
import { absorbedShare, pathOf, pathSamples, restingOf, type ReadBook } from './book-readings.js';
import { BookWatch, type BookWatchState } from './book-watch.js';
import { CascadeRecord, type CascadeRecordState } from './cascade-record.js';
import { MagnetRecord, type MagnetRecordState } from './magnet-record.js';
import { TouchRecord } from './touch-record.js';

/** A book's health from best to worst: the setups' book is as good as the worst of them. */
const HEALTH: readonly BookHealth[] = ['in-sync', 'stale', 'unsynced', 'gapped', 'none'];

/** One live second as setups are judged by. */
export interface JudgedSecond {
  readonly time: UnixMs;
  /** Mark of the reference venue; NaN while there is none. */
  readonly mark: Price;
  readonly clusters: readonly Cluster[];
  /** Ids of clusters that price came to in this second. */
  readonly reached: readonly string[];
  readonly outcomes: () => readonly ClusterOutcome[];
  readonly cascade: CascadeReading;
  readonly rows: RowExposure;
  readonly isStale: boolean;
  /** Exposure only compares with itself, so nothing in USD may be held against it. */
  readonly isRelative: boolean;
  /** Reference mark over the instrument's own. */
  readonly priceRatioOf: (instrument: InstrumentId) => number;
}

interface Records {
  readonly usual: { readonly bid: SameHourMedianState; readonly ask: SameHourMedianState };
  readonly touches: readonly (readonly [string, number])[];
  readonly cascades: CascadeRecordState;
  readonly magnet: Omit<MagnetRecordState, 'path'>;
  readonly evidence: SetupEvidence;
  readonly setups: readonly Setup[];
}

/** Everything a watch goes on from, plain data a checkpoint can hold. */
export type SetupWatchState = ReturnType<SetupWatch['state']>;

/** Judges setups once a live second, from books, flow, clusters and the gauge; keeps how cascades and touches went. */
export class SetupWatch {
  readonly #source: OutcomeSource;
  readonly #books = new Map<InstrumentId, BookWatch>();
  readonly #range = new AverageTrueRange();
  readonly #touches = new TouchRecord();
  readonly #magnet = new MagnetRecord();
  readonly #cascades = new CascadeRecord();
  #flow = new FlowZScore();
  #isFlowLost = false;
  #usual = { bid: new SameHourMedian(), ask: new SameHourMedian() };
  #evidence: SetupEvidence = NO_EVIDENCE;
  #evidenceMinute = Number.NaN;
  #setups: readonly Setup[] = [];

  /** `source`: what outcomes that are counted here are outcomes of. */
  constructor(source: OutcomeSource) {
    this.#source = source;
  }

  /** As of the last live second; none while the past is filled in. */
  setups(): readonly Setup[] {
    return this.#setups;
  }

  /** The book of an instrument changed, was lost, or comes back. */
  noteBook(event: BookSnapshot | BookDelta | Gap | Resumed, spec: Instrument): void {
    const known = this.#books.get(spec.id);
    const book = known === undefined || known.spec.tickSize !== spec.tickSize ? new BookWatch(spec) : known;
    this.#books.set(spec.id, book);
    book.note(event);
  }

  /** A trade of the reference venue. */
  noteTrade(time: UnixMs, takerSide: TakerSide, notional: Usd): void {
    // Size times price can overflow; that is no flow, and what the world sends must not throw.
    if (Number.isFinite(notional)) this.#flow.add(time, takerSide, notional);
  }

  /** Trades of the reference venue are missing from here on, or come again: seconds between are not quiet ones. */
  noteDelivery({ kind, seenTime }: Gap | Resumed): void {
    this.#flow.skip(seenTime);
    this.#isFlowLost = kind === 'gap';
  }

  /** Prices of the reference venue. */
  notePrice(time: number, low: number, high: number, close: number): void {
    this.#range.note(time, low, high, close);
    this.#magnet.notePrice(time, low, high, close);
  }

  /** What a look at clusters has brought, of the past too. */
  noteChanges(changes: readonly ClusterChange[]): void {
    this.#magnet.noteChanges(changes);
  }

  /** The past is being filled in: nothing is said of the present. */
  idle(): void {
    this.#setups = [];
  }

  /** Judges one second. */
  judge(second: JudgedSecond): void {
    const { time, mark, cascade } = second;
    if (this.#isFlowLost) this.#flow.skip(time);
    else this.#flow.advance(time);
    this.#touches.note(second.reached, this.#range.value());
    this.#cascades.note(time, mark, cascade);
    const minute = Math.floor(time / MS_PER_MINUTE);
    if (minute !== this.#evidenceMinute) {
      this.#magnet.count(minute, this.#source);
      this.#evidence = this.#evidenceOf(second.outcomes());
    }
    this.#evidenceMinute = minute;
    const books = this.#read(second);
    const book = this.#health(time);
    if (book === 'in-sync') {
      this.#usual.bid.sample(time, () => pathSamples(books, 'sell'));
      this.#usual.ask.sample(time, () => pathSamples(books, 'buy'));
    }
    if (!(mark > 0)) {
      this.#setups = [];
      return;
    }
    const { side } = cascade;
    const flowZ = side && this.#flow.zOf(forcedTakerSide(side));
    this.#setups = evaluateSetups({
      seenTime: time,
      price: mark,
      clusters: second.clusters,
      rows: second.rows,
      isStale: second.isStale,
      book,
      readingsOf: (cluster) => this.#readingsOf(cluster, second, books),
      cascades: [{ cascade, consumedShare: cascade.consumedShare, flowZ }],
      evidence: this.#evidence,
    });
  }

  /** What a checkpoint holds. */
  state() {
    const { head, end, buy, sell } = this.#flow.state();
    const { path, ...magnet } = this.#magnet.state();
    const records: Records = {
      magnet,
      usual: { bid: this.#usual.bid.state(), ask: this.#usual.ask.state() },
      touches: this.#touches.state(),
      cascades: this.#cascades.state(),
      evidence: this.#evidence,
      setups: this.#setups,
    };
    return {
      books: [...this.#books].map(([id, book]) => ({ id, held: book.state() as BookWatchState })),
      flow: { head, end, buy: Float64Array.from(buy), sell: Float64Array.from(sell) },
      range: { ...this.#range.state() } as { readonly [Key in keyof AverageTrueRangeState]: number },
      path: { ...path } as { readonly [Key in keyof PriceRecordState]: PriceRecordState[Key] },
      isFlowLost: this.#isFlowLost,
      evidenceMinute: this.#evidenceMinute,
      records: JSON.stringify(records),
    };
  }

  /** Goes on from what `state` gave; `specs` are the instruments that were listed. */
  restore(held: SetupWatchState, specs: readonly Instrument[]): void {
    this.#books.clear();
    for (const { id, held: state } of held.books) {
      const spec = specs.find((candidate) => candidate.id === id);
      if (spec === undefined) continue;
      const book = new BookWatch(spec);
      book.restore(state);
      this.#books.set(spec.id, book);
    }
    const { head, end, buy, sell } = held.flow;
    const { window } = this.#flow.state();
    this.#flow = FlowZScore.restore({ window, head, end, buy: [...buy], sell: [...sell] });
    this.#range.restore(held.range);
    this.#isFlowLost = held.isFlowLost;
    this.#evidenceMinute = held.evidenceMinute;
    const { usual, touches, cascades, evidence, setups, magnet } = JSON.parse(held.records) as Records;
    this.#usual = { bid: SameHourMedian.restore(usual.bid), ask: SameHourMedian.restore(usual.ask) };
    this.#touches.restore(touches);
    this.#magnet.restore({ ...magnet, path: held.path });
    this.#cascades.restore(cascades);
    this.#evidence = evidence;
    this.#setups = setups;
  }

  #read({ time, priceRatioOf }: JudgedSecond): readonly ReadBook[] {
    return [...this.#books.values()].flatMap((book) => {
      const view = book.look(time);
      if (view === undefined) return [];
      return [{ spec: book.spec, view, levels: book.levels, priceRatio: priceRatioOf(book.spec.id) }];
    });
  }

  #health(time: number): BookHealth {
    const ranks = [...this.#books.values()].map((book) => HEALTH.indexOf(book.health(time)));
    return ranks.length === 0 ? 'none' : HEALTH[Math.max(...ranks)]!;
  }

  #readingsOf(cluster: Cluster, { time, mark, isRelative }: JudgedSecond, books: readonly ReadBook[]): ClusterReadings {
    const distance = distanceTo(cluster, mark);
    const usual = cluster.side === 'long' ? this.#usual.bid : this.#usual.ask;
    return {
      pathNotional: pathOf(books, cluster),
      usualPathNotional: distance === undefined ? undefined : usual.medianAt(time, distance),
      resting: restingOf(books, cluster, time),
      absorbRatio: isRelative ? undefined : absorbedShare(books, cluster),
    };
  }

  #evidenceOf(outcomes: readonly ClusterOutcome[]): SetupEvidence {
    const rangeOf = ({ id }: ClusterOutcome) => this.#touches.rangeOf(id);
    const cascades = this.#cascades.outcomes();
    return {
      lifts: this.#magnet.lifts(),
      touches: TOUCH_HORIZONS_MS.map((afterMs) => touchRates(outcomes, afterMs, rangeOf, this.#source)),
      retracements: TOUCH_HORIZONS_MS.map((afterMs) => retracementRates(cascades, afterMs, this.#source)),
    };
  }
}
