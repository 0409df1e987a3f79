import { ClusterArchive, type ClusterArchiveState, type OutcomeFilter } from '../clusters/cluster-archive.js';
import type { ClusterLimits } from '../clusters/cluster-limits.js';
import { ClusterTracker, type ClusterTrackerState } from '../clusters/track-clusters.js';
import { rowOfPrice } from '../grid/price-lattice.js';
import type { GaugeState } from '../cascade/cascade-gauge.js';
import type { Cluster, ClusterChange, ClusterOutcome } from '../model/cluster.js';
import { MS_PER_HOUR, MS_PER_MINUTE, type DurationMs, type Price, type UnixMs } from '../model/units.js';
import { CascadeWatch } from './cascade-watch.js';
import { momentOf, type HeldRows, type WatchLook } from './cluster-moment.js';

/** Clusters are looked for at least this often; the books hardly change in less. Half of the time a cluster is seen before it is told. */
const LOOK_MS = 5_000;
/** While the past is filled in, they are looked for so often: what was swept, printed and opened between two looks is summed. Chosen: what is quickest left takes 20 minutes to fall to a third. */
const PAST_LOOK_MS = 15 * MS_PER_MINUTE;
/** Steps of at most this are live, and then also a mark in another row, or a liquidation, asks for a look. */
const LIVE_STEP_MS = 2_000;
/** Live steps in a row before that: a bar and the report beside it come a second apart and are one moment. */
const LIVE_STEPS = 3;
/** Where a moment stands for minutes, detail is worked out once an hour: nobody looks while the past is filled in. */
const COARSE_DETAIL_MS = MS_PER_HOUR as DurationMs;
/** Factor by which a trade above (below) the median raises (lowers) it: rests where as many lie above as below. Chosen: e in 100 trades. */
const MEDIAN_STEP = 1.01;

/** Everything a watch goes on from, plain data a checkpoint can hold; what tracker, archive and gauge hold is JSON text. */
export type ClusterWatchState = ReturnType<ClusterWatch['state']>;

interface Records {
  readonly tracker: ClusterTrackerState;
  readonly archive: ClusterArchiveState;
  readonly gauge?: GaugeState;
}

/** Follows clusters, what became of them and the cascade gauge through an engine's life. Pure function of what it is told. */
export class ClusterWatch {
  readonly cascade = new CascadeWatch();
  readonly #archive = new ClusterArchive();
  readonly #limits: Pick<ClusterLimits, 'prominence' | 'keptProminence'>;
  #tracker: ClusterTracker;
  #instruments: readonly string[] = [];
  #held: ReadonlyMap<string, HeldRows> = new Map();
  #time = Number.NaN;
  #markRow = Number.NaN;
  #liveSteps = 0;
  #medianTrade = 0;
  #reached: readonly string[] = [];

  /** `prominence`: deviations that make a cluster; half of them keep it. */
  constructor(prominence: number) {
    this.#limits = { prominence, keptProminence: prominence / 2 };
    this.#tracker = new ClusterTracker({ instruments: [], limits: this.#limits });
  }

  /** An instrument was listed: ids of clusters that are born from now on name it. */
  list(instruments: readonly string[]): void {
    const before = this.#tracker;
    this.#instruments = instruments;
    this.#tracker = new ClusterTracker({ instruments, limits: this.#limits });
    this.#tracker.restore(before.state());
  }

  /** A trade took place. */
  noteTrade(usd: number): void {
    if (this.#medianTrade === 0) this.#medianTrade = usd;
    else this.#medianTrade *= usd > this.#medianTrade ? MEDIAN_STEP : 1 / MEDIAN_STEP;
  }

  /** A step of time has passed; `price` is what stands in for a mark, where there is none. */
  pass(time: UnixMs, stepMs: number, price: Price | undefined, hasPrints: boolean): void {
    this.#reached = [];
    this.#liveSteps = stepMs <= LIVE_STEP_MS ? Math.min(LIVE_STEPS, this.#liveSteps + 1) : 0;
    this.cascade.pass(time, this.isLive ? price : undefined, hasPrints);
  }

  /** Whether time passes second by second, or the past is being filled in. */
  get isLive(): boolean {
    return this.#liveSteps >= LIVE_STEPS;
  }

  /** Ids of clusters that price first came to in this step, those that it went right through included. */
  reached(): readonly string[] {
    return this.#reached;
  }

  /** Whether clusters are to be looked for now. */
  isDue(time: UnixMs, mark: Price, hasPrinted: boolean): boolean {
    if (Number.isNaN(this.#time) || time - this.#time >= (this.isLive ? LOOK_MS : PAST_LOOK_MS)) return true;
    return this.isLive && (hasPrinted || rowOfPrice(mark) !== this.#markRow);
  }

  /** Looks for clusters, and clears the flows that this look has accounted for; returns what changed. */
  look(look: Omit<WatchLook, 'medianTrade' | 'detailKeptMs'>): readonly ClusterChange[] {
    const detailKeptMs = this.isLive ? undefined : COARSE_DETAIL_MS;
    const { moment, held } = momentOf({ ...look, medianTrade: this.#medianTrade, detailKeptMs }, this.#held);
    const { outcomes, changes } = this.#tracker.update(moment);
    const { time, mark } = look;
    this.#archive.update(time, mark, outcomes);
    const touched = [...this.#tracker.touched(), ...outcomes];
    this.#reached = touched.filter(({ touchedAt }) => touchedAt === time).map(({ id }) => id);
    this.#held = held;
    this.#time = time;
    this.#markRow = mark > 0 ? rowOfPrice(mark) : Number.NaN;
    for (const { estimate } of look.venues) estimate.flows.clear();
    // Of a past that is filled in no gauge is read.
    if (this.isLive && mark > 0) this.#tellGauge(time, mark);
    return changes;
  }

  /** What stands as of the last look: longs then shorts, each by rising price. */
  clusters(): readonly Cluster[] {
    return this.#tracker.clusters();
  }

  /** The newest changes that were seen after `since`, oldest first. */
  changes(since: UnixMs): readonly ClusterChange[] {
    return this.#tracker.changes(since);
  }

  /** The newest change. */
  lastChange(): ClusterChange | undefined {
    return this.#tracker.lastChange();
  }

  /** How clusters that are gone ended, oldest first. */
  outcomes(filter?: OutcomeFilter): readonly ClusterOutcome[] {
    return this.#archive.outcomes(filter);
  }

  /** What a checkpoint holds. */
  state() {
    const gauge = this.cascade.state();
    const records: Records = {
      tracker: this.#tracker.state(),
      archive: this.#archive.state(),
      ...(gauge && { gauge }),
    };
    return {
      time: this.#time,
      markRow: this.#markRow,
      liveSteps: this.#liveSteps,
      medianTrade: this.#medianTrade,
      instruments: this.#instruments,
      held: [...this.#held].map(([id, { origin, rows, openInterest }]) => ({
        id,
        origin,
        long: rows[0],
        short: rows[1],
        openInterest,
      })),
      records: JSON.stringify(records),
    };
  }

  /** Goes on from what `state` gave. */
  restore(state: ClusterWatchState): void {
    this.#time = state.time;
    this.#markRow = state.markRow;
    this.#liveSteps = state.liveSteps;
    this.#medianTrade = state.medianTrade;
    this.#held = new Map(
      state.held.map(({ id, origin, long, short, openInterest }) => [
        id,
        { origin, rows: [long, short], openInterest },
      ]),
    );
    const { tracker, archive, gauge } = JSON.parse(state.records) as Records;
    this.#instruments = [...state.instruments];
    this.#tracker = new ClusterTracker({ instruments: this.#instruments, limits: this.#limits });
    this.#tracker.restore(tracker);
    this.#archive.restore(archive);
    this.cascade.restore(gauge);
  }

  #tellGauge(time: UnixMs, mark: Price): void {
    const { startedAt } = this.cascade.reading();
    const outcomes = startedAt === undefined ? [] : this.#archive.outcomes({ from: startedAt });
    const clusters = this.#tracker.clusters();
    this.cascade.look(time, mark, { clusters, touched: this.#tracker.touched(), outcomes });
  }
}
