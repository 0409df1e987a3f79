import { CascadeGauge, type GaugeState } from '../cascade/cascade-gauge.js';
import type { ClusterAhead, GaugeInput } from '../cascade/gauge-options.js';
import { GAUGE_DEFAULTS } from '../cascade/gauge-options.js';
import { distanceFrom } from '../clusters/nearest-clusters.js';
import type { TouchedCluster } from '../clusters/track-clusters.js';
import { IDLE_CASCADE, type CascadeReading } from '../model/cascade.js';
import type { Cluster, ClusterOutcome, UsdRange } from '../model/cluster.js';
import type { Liquidation, PositionSide } from '../model/market-event.js';
import type { Fraction, Price, UnixMs, Usd } from '../model/units.js';

/** A cluster that the mark reached this long before a run's first print belongs to the run. Chosen: six detection windows. */
const RUN_LEAD_MS = 60_000;
/** Distance that stands for "nothing ahead": further than any reach, and a number that JSON can carry. */
const NOWHERE = 1 as Fraction;

/** What the gauge is told of clusters. */
export interface ClusterRecord {
  readonly clusters: readonly Cluster[];
  /** Those of them that the mark has reached, and those that are gone. */
  readonly touched: readonly TouchedCluster[];
  readonly outcomes: readonly ClusterOutcome[];
}

/** Feeds the gauge from the engine: prints and marks as they come, time each accounted second, clusters when they were looked for. */
export class CascadeWatch {
  #gauge: CascadeGauge | undefined;
  /** What the gauge was last told of the feed; undefined after a restart, and then it is told again, which changes nothing. */
  #hasPrints: boolean | undefined;

  /** The gauge now; at rest before anything was seen. */
  reading(): CascadeReading {
    return this.#gauge?.reading() ?? IDLE_CASCADE;
  }

  /** A venue reported a liquidation. */
  notePrint({ seenTime, positionSide, price, completeness }: Liquidation, notional: Usd): void {
    // Reporting is proof that the feed is there, also before the next second says so.
    this.#apply({ kind: 'print-feed', seenTime, isLive: true });
    this.#hasPrints = true;
    this.#apply({ kind: 'print', seenTime, positionSide, price, notional, completeness });
  }

  /** The reference venue said its mark. */
  noteMark(seenTime: UnixMs, price: Price): void {
    this.#apply({ kind: 'mark', seenTime, price });
  }

  /**
   * Time has passed. `price` stands in where no mark came; undefined where one did, where none is current, and while steps are
   * those of bars: their closes are no path of marks, and no range of a minute can be made of them.
   */
  pass(time: UnixMs, price: Price | undefined, hasPrints: boolean): void {
    if (hasPrints !== this.#hasPrints) this.#apply({ kind: 'print-feed', seenTime: time, isLive: hasPrints });
    this.#hasPrints = hasPrints;
    this.#apply(
      price !== undefined && price > 0 ? { kind: 'mark', seenTime: time, price } : { kind: 'tick', seenTime: time },
    );
  }

  /** Clusters were looked for. */
  look(time: UnixMs, mark: Price, record: ClusterRecord): void {
    const reading = this.reading();
    const ahead = { long: aheadOf('long', mark, record, reading), short: aheadOf('short', mark, record, reading) };
    this.#apply({ kind: 'ahead', seenTime: time, ...ahead });
  }

  /** What another watch goes on from, plain data. */
  state(): GaugeState | undefined {
    return this.#gauge?.state();
  }

  /** Goes on from a state that `state()` gave, also after JSON. */
  restore(state: GaugeState | undefined): void {
    this.#gauge = state === undefined ? undefined : new CascadeGauge({}, state);
  }

  #apply(input: GaugeInput): void {
    this.#gauge ??= restingGauge(input.seenTime);
    const result = this.#gauge.apply(input);
    // The engine has checked every event before; what the gauge refuses is our own mistake.
    if (!result.ok) throw new Error(`The gauge must take what the engine took: ${result.fault.message}`);
  }
}

function restingGauge(time: UnixMs): CascadeGauge {
  const phase = { phase: 'idle', since: time } as const;
  return new CascadeGauge({}, { ...new CascadeGauge().state(), clock: time, phase, hasPrints: false });
}

function aheadOf(
  side: PositionSide,
  mark: Price,
  { clusters, touched, outcomes }: ClusterRecord,
  { side: runSide, startedAt }: CascadeReading,
): ClusterAhead | undefined {
  const ofSide = clusters
    .filter((cluster) => cluster.side === side)
    .map((cluster) => ({ cluster, distance: distanceFrom(cluster, mark) }));
  const [first, ...others] = ofSide;
  const nearest = first && others.reduce((best, next) => (next.distance < best.distance ? next : best), first);
  const runStart = runSide === side ? startedAt : undefined;
  const fuel = touched.filter((cluster) => {
    if (cluster.side !== side) return false;
    if (runStart === undefined) return cluster.id === nearest?.cluster.id;
    return (
      cluster.touchedAt >= runStart - RUN_LEAD_MS || (cluster.id === nearest?.cluster.id && nearest.distance === 0)
    );
  });
  const spent = outcomes.filter(
    ({ side: theirs, mergedInto, touchedAt, endedAt }) =>
      runStart !== undefined &&
      theirs === side &&
      mergedInto === undefined &&
      touchedAt !== undefined &&
      endedAt >= runStart,
  );
  if (nearest === undefined && spent.length === 0) return undefined;
  const inReach = ofSide.filter(({ distance }) => distance <= GAUGE_DEFAULTS.reach);
  return {
    distance: nearest?.distance ?? NOWHERE,
    remaining: rangeOf(inReach.map(({ cluster }) => cluster.energy)),
    consumedShare: shareOf([...fuel, ...spent]),
  };
}

/** Clusters of one side err together as the bands of the estimate do, so ranges add up. */
function rangeOf(ranges: readonly UsdRange[]): UsdRange {
  const sum = (key: keyof UsdRange): Usd => ranges.reduce((total, range) => total + range[key], 0) as Usd;
  return { p10: sum('p10'), p50: sum('p50'), p90: sum('p90') };
}

/** Consumed share of several clusters, each counted by the most it held; undefined where none was reached. */
function shareOf(
  parts: readonly { readonly peakEnergy: Usd; readonly consumedShare: Fraction }[],
): Fraction | undefined {
  const most = parts.reduce((sum, { peakEnergy }) => sum + peakEnergy, 0);
  if (!(most > 0)) return undefined;
  return Math.min(
    1,
    parts.reduce((sum, { peakEnergy, consumedShare }) => sum + peakEnergy * consumedShare, 0) / most,
  ) as Fraction;
}
