import type { ClusterChange } from '../model/cluster.js';
import type { MagnetLift, OutcomeSource } from '../model/setup.js';
import { magnetCases, magnetLift, MAGNET_HORIZONS_MS, type PlacedCluster } from '../setups/magnet-lift.js';
import { PriceRecord, type PriceRecordState } from '../setups/price-record.js';

/** Clusters kept: as many as the archive keeps outcomes. */
const KEPT = 500;
/** After the first count of every horizon, one of them is counted anew so often (minutes): days change little in an hour. */
const RECOUNT_MINUTES = 20;
/** Seeds of the draws of moments and of days: the same record gives the same figures. */
const CASE_SEED = 34;
const DAY_SEED = 35;

/** Everything a record goes on from. */
export interface MagnetRecordState {
  readonly path: PriceRecordState;
  readonly placed: readonly PlacedCluster[];
  readonly lifts: readonly MagnetLift[];
}

/**
 * How often price comes to clusters, against levels without one (S34). A cluster counts from the moment it was first told, where it
 * lay then: what became of its band later was not known. Those that still stand count like those that are gone.
 */
export class MagnetRecord {
  readonly #path = new PriceRecord();
  #placed: readonly PlacedCluster[] = [];
  #lifts: readonly MagnetLift[] = [];

  /** A price of the reference, or a bar of it that ended at a time. */
  notePrice(time: number, low: number, high: number, close: number): void {
    this.#path.note(time, low, high, close);
  }

  /** What was told of clusters. */
  noteChanges(changes: readonly ClusterChange[]): void {
    const placed = changes.flatMap(({ kind, seenTime, cluster: { side, low, high } }) =>
      kind === 'appear' ? [{ side, low, high, bornAt: seenTime }] : [],
    );
    if (placed.length > 0) this.#placed = [...this.#placed, ...placed].slice(-KEPT);
  }

  /** A minute has passed: counts one horizon, at first one after the other, because each takes some milliseconds. */
  count(minute: number, source: OutcomeSource): void {
    const known = this.#lifts.length;
    const isDue = known < MAGNET_HORIZONS_MS.length || minute % RECOUNT_MINUTES === 0;
    if (!isDue || this.#placed.length === 0) return;
    const at = known < MAGNET_HORIZONS_MS.length ? known : (minute / RECOUNT_MINUTES) % MAGNET_HORIZONS_MS.length;
    const horizonMs = MAGNET_HORIZONS_MS[at]!;
    const lift = magnetLift(
      magnetCases(this.#placed, this.#path.path(), horizonMs, CASE_SEED),
      horizonMs,
      source,
      DAY_SEED,
    );
    this.#lifts = [...this.#lifts.slice(0, at), lift, ...this.#lifts.slice(at + 1)];
  }

  /** By horizon, shortest first; empty before the first count. */
  lifts(): readonly MagnetLift[] {
    return this.#lifts;
  }

  /** Everything needed to go on. */
  state(): MagnetRecordState {
    return { path: this.#path.state(), placed: this.#placed, lifts: this.#lifts };
  }

  /** Goes on from what `state` gave; numbers that are not known may have been lost on the way through JSON. */
  restore({ path, placed, lifts }: MagnetRecordState): void {
    this.#path.restore(path);
    this.#placed = placed;
    this.#lifts = lifts.map((lift) => ({
      ...lift,
      nullRate: lift.nullRate,
      lift: lift.lift,
      low95: lift.low95,
      high95: lift.high95,
      touched: { ...lift.touched, rate: lift.touched.rate },
    }));
  }
}
