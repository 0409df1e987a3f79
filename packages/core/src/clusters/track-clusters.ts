import { rowOfPrice } from '../grid/price-lattice.js';
import type { Cluster, ClusterChange, ClusterChangeKind, ClusterOutcome } from '../model/cluster.js';
import type { PositionSide } from '../model/market-event.js';
import type { DurationMs, Fraction, UnixMs, Usd } from '../model/units.js';
import { resolveLimits, type ClusterLimits } from './cluster-limits.js';
import type { ClusterMoment, ClusterRows } from './cluster-rows.js';
import { beginTrack, consumedOf, followTrack, isCrossed, type ClusterTrack } from './cluster-track.js';
import { findClusters, type FoundCluster } from './find-clusters.js';
import { matchBands } from './match-bands.js';
import { advancedMoves } from './moves-after-touch.js';
import { sharedRows, type RowBand } from './row-band.js';
import { clusterOf, outcomeOf, refreshDetail } from './show-cluster.js';
import { dueChanges, tellAppeared } from './tell-changes.js';

const SIDES = ['long', 'short'] as const;
/** Changes kept for `changes(since)`: a day of one every three minutes. */
const CHANGES_KEPT = 500;
/** Width of the columns whose end is part of an id. */
const DEFAULT_COLUMN_MS = 60_000 as DurationMs;

/** What a tracker is made for. */
export interface ClusterTrackerOptions {
  /** Ids of the instruments whose exposure is followed, in any order: part of every cluster's id. */
  readonly instruments: readonly string[];
  /** Width of the columns whose end is part of an id; default 1 minute. */
  readonly columnMs?: DurationMs;
  readonly limits?: Partial<ClusterLimits>;
}

/** A cluster that stands and that the mark has reached, and how much of the most it held is used up. */
export interface TouchedCluster {
  readonly id: string;
  readonly side: PositionSide;
  readonly touchedAt: UnixMs;
  readonly peakEnergy: Usd;
  readonly consumedShare: Fraction;
}

/** What one moment brought. */
export interface ClusterUpdate {
  readonly changes: readonly ClusterChange[];
  /** Clusters that are gone, for `ClusterArchive`. */
  readonly outcomes: readonly ClusterOutcome[];
}

/** Everything a tracker goes on from, as plain data that JSON can carry. */
export interface ClusterTrackerState {
  readonly time: number | null;
  readonly tracks: readonly ClusterTrack[];
  readonly changes: readonly ClusterChange[];
  /** Ids given in the column that ends at `columnEnd`. */
  readonly columnEnd: number | null;
  readonly idsOfColumn: readonly string[];
}

/** A track that ends in this moment. */
interface Ending {
  readonly track: ClusterTrack;
  readonly mergedInto: string | undefined;
}

/**
 * Follows clusters from moment to moment: gives each a name that stays, keeps its ledger, and says what changed. Deterministic:
 * the same moments give the same names and changes. A cluster is told after it has stood for a while and given up after it has
 * been missed for a while, so that noise below the deviation of the estimate neither makes nor ends one.
 */
export class ClusterTracker {
  readonly limits: ClusterLimits;
  readonly #instruments: string;
  readonly #columnMs: number;
  #time: number | null = null;
  #tracks: ClusterTrack[] = [];
  #changes: ClusterChange[] = [];
  #columnEnd: number | null = null;
  #idsOfColumn: string[] = [];

  constructor(options: ClusterTrackerOptions) {
    const columnMs = options.columnMs ?? DEFAULT_COLUMN_MS;
    if (!(Number.isFinite(columnMs) && columnMs > 0)) {
      throw new RangeError(`columnMs must be a positive number, was ${columnMs}`);
    }
    this.limits = resolveLimits(options.limits);
    this.#instruments = [...options.instruments].sort().join('+');
    this.#columnMs = columnMs;
  }

  /**
   * Takes the state of one moment; nothing happens while no mark is known. Throws when time goes back or vectors differ in
   * length: only a caller can do that.
   */
  update(moment: ClusterMoment): ClusterUpdate {
    checkMoment(moment, this.#time);
    if (!(moment.mark > 0)) return { changes: [], outcomes: [] };
    const endings: Ending[] = [];
    const swept = new Map<ClusterTrack, number>();
    const kept = SIDES.flatMap((side) => this.#followSide(side, moment, endings, swept));
    shareOutFall(swept, moment.openInterestFall);
    for (const { touch, side } of this.#tracks) {
      if (touch !== null) touch.moves = advancedMoves(touch, side, moment.time, moment.mark);
    }
    this.#tracks = kept;
    this.#time = moment.time;
    const outcomes: ClusterOutcome[] = [];
    const changes = [...this.#end(endings, moment, outcomes), ...this.#tell(moment)];
    if (changes.length > 0) this.#changes = [...this.#changes, ...changes].slice(-CHANGES_KEPT);
    return { changes, outcomes };
  }

  /** What stands, as of the latest moment: longs then shorts, each by rising price. */
  clusters(): readonly Cluster[] {
    return this.#tracks.filter(({ isTold }) => isTold).map((track) => clusterOf(track, this.#time ?? 0));
  }

  /** The newest changes that were seen after `since`, oldest first; at most the last 500. */
  changes(since: UnixMs): readonly ClusterChange[] {
    return this.#changes.filter(({ seenTime }) => seenTime > since);
  }

  /** The newest change. */
  lastChange(): ClusterChange | undefined {
    return this.#changes.at(-1);
  }

  /** Clusters that stand and have been reached, in the order of `clusters`. */
  touched(): readonly TouchedCluster[] {
    return this.#tracks.flatMap((track) => {
      const { id, side, touch, isTold, peakEnergy } = track;
      if (touch === null || !isTold) return [];
      const consumedShare = consumedOf(track, peakEnergy) as Fraction;
      return [{ id, side, touchedAt: touch.touchedAt, peakEnergy: peakEnergy as Usd, consumedShare }];
    });
  }

  /** A copy of everything that decides what comes next. */
  state(): ClusterTrackerState {
    return copyOf({
      time: this.#time,
      tracks: this.#tracks,
      changes: this.#changes,
      columnEnd: this.#columnEnd,
      idsOfColumn: this.#idsOfColumn,
    });
  }

  /** Goes on from a state that `state()` gave, whatever was followed before. */
  restore(state: ClusterTrackerState): void {
    const { time, tracks, changes, columnEnd, idsOfColumn } = copyOf(state);
    this.#time = time;
    this.#tracks = [...tracks];
    this.#changes = [...changes];
    this.#columnEnd = columnEnd;
    this.#idsOfColumn = [...idsOfColumn];
  }

  #followSide(
    side: PositionSide,
    moment: ClusterMoment,
    endings: Ending[],
    swept: Map<ClusterTrack, number>,
  ): readonly ClusterTrack[] {
    const rows = moment[side];
    const before = this.#tracks.filter((track) => track.side === side);
    const standing = before.filter(({ isTold }) => isTold);
    const { mark, openInterest, medianTrade } = moment;
    const found = findClusters(rows, { side, mark, openInterest, medianTrade, limits: this.limits, standing });
    const { now, within } = matchBands(before, found, rows.p50, rows.originRow);
    const taken = new Set(now);
    const fresh = found.filter((band, f) => band.isStrong && !taken.has(f));
    const shown = [...found.filter((_, f) => taken.has(f)), ...fresh];
    const owners = new Map(before.flatMap((track, i) => (now[i]! >= 0 ? [[now[i]!, track]] : [])));
    const kept: ClusterTrack[] = [];
    before.forEach((track, i) => {
      const band = found[now[i]!];
      if (band !== undefined) {
        swept.set(track, this.#found(track, band, rows, moment));
        if (track.isTold || band.isStrong) kept.push(track);
        return;
      }
      if (!track.isTold) return;
      const owner = owners.get(within[i]!);
      const mergedInto = owner?.isTold === true ? owner.id : undefined;
      swept.set(track, this.#missed(track, shown, rows, moment));
      const isOver = mergedInto !== undefined || this.#isOver(track, moment);
      if (isOver) endings.push({ track, mergedInto });
      else kept.push(track);
    });
    for (const band of fresh) {
      kept.push(beginTrack(this.#nameFor(side, band, moment), side, band, moment));
    }
    return kept.sort((a, b) => a.low - b.low);
  }

  #found(track: ClusterTrack, band: FoundCluster, rows: ClusterRows, moment: ClusterMoment): number {
    const hasNewBand = track.low !== band.low || track.high !== band.high;
    const { swept } = followTrack(track, band, rows, moment);
    track.prominence = band.prominence;
    track.missedSince = null;
    if (track.isTold) refreshDetail(track, moment, hasNewBand);
    return swept;
  }

  /** Not found: the band stays where it was, less what others have taken of it and what the mark has passed. */
  #missed(track: ClusterTrack, shown: readonly RowBand[], rows: ClusterRows, moment: ClusterMoment): number {
    track.missedSince ??= moment.time;
    return followTrack(track, withoutOthers(aheadOf(track, moment.mark), shown), rows, moment).swept;
  }

  #isOver(track: ClusterTrack, moment: ClusterMoment): boolean {
    const isConsumed = consumedOf(track, track.fuel) >= this.limits.consumedShare;
    return (
      isConsumed ||
      isCrossed(track, moment) ||
      track.low >= track.high ||
      moment.time - (track.missedSince ?? moment.time) >= this.limits.dissolveMs
    );
  }

  #nameFor(side: PositionSide, band: FoundCluster, { time }: ClusterMoment): string {
    const columnEnd = (Math.floor(time / this.#columnMs) + 1) * this.#columnMs;
    if (columnEnd !== this.#columnEnd) {
      this.#columnEnd = columnEnd;
      this.#idsOfColumn = [];
    }
    const name = `${this.#instruments}:${side}:${columnEnd}:${band.peakRow}`;
    let id = name;
    for (let again = 2; this.#idsOfColumn.includes(id); again++) id = `${name}.${again}`;
    this.#idsOfColumn.push(id);
    return id;
  }

  #end(endings: readonly Ending[], { time }: ClusterMoment, outcomes: ClusterOutcome[]): readonly ClusterChange[] {
    const changes: ClusterChange[] = [];
    for (const { track, mergedInto } of endings) {
      const isConsumed = mergedInto === undefined && consumedOf(track, track.fuel) >= this.limits.consumedShare;
      const end = isConsumed ? 'consume' : 'dissolve';
      const last = track.lastFound ?? clusterOf(track, time);
      changes.push({ kind: end, seenTime: time, cluster: last });
      outcomes.push(outcomeOf(track, time, end, mergedInto, last));
    }
    return changes;
  }

  #tell(moment: ClusterMoment): readonly ClusterChange[] {
    const changes: ClusterChange[] = [];
    for (const track of this.#tracks) {
      const kinds = this.#kindsToTell(track, moment);
      if (!track.isTold) continue;
      const cluster = clusterOf(track, moment.time);
      if (track.missedSince === null) track.lastFound = cluster;
      for (const kind of kinds) changes.push({ kind, seenTime: moment.time, cluster });
    }
    return changes;
  }

  #kindsToTell(track: ClusterTrack, moment: ClusterMoment): readonly ClusterChangeKind[] {
    const { time, mark } = moment;
    if (track.isTold) return track.missedSince === null ? dueChanges(track, time, mark, this.limits) : [];
    if (time <= track.bornAt || time - track.bornAt < this.limits.appearMs) return [];
    tellAppeared(track, mark, this.limits);
    refreshDetail(track, moment, true);
    return ['appear'];
  }
}

/** The part of a band that the mark has not passed. */
function aheadOf({ side, low, high }: ClusterTrack, mark: number): RowBand {
  const row = rowOfPrice(mark);
  return side === 'long'
    ? { low, high: Math.max(low, Math.min(high, row + 1)) }
    : { low: Math.min(high, Math.max(low, row)), high };
}

/** A band less the rows that others hold; empty where one of them lies inside it. */
function withoutOthers({ low, high }: RowBand, others: readonly RowBand[]): RowBand {
  let left: RowBand = { low, high };
  for (const other of others) {
    if (sharedRows(left, other) === 0) continue;
    if (other.low <= left.low) left = { low: Math.min(other.high, left.high), high: left.high };
    else if (other.high >= left.high) left = { low: left.low, high: other.low };
    else return { low: left.low, high: left.low };
  }
  return left;
}

/** A fall of open interest counts for the bands the mark crossed meanwhile, by how much it crossed in each. */
function shareOutFall(swept: ReadonlyMap<ClusterTrack, number>, fall: number): void {
  let total = 0;
  for (const size of swept.values()) total += size;
  if (!(total > 0 && fall > 0)) return;
  for (const [track, size] of swept) track.openInterestFall += (fall * size) / total;
}

function checkMoment(moment: ClusterMoment, before: number | null): void {
  if (!Number.isFinite(moment.time)) throw new RangeError(`moment.time must be finite, was ${moment.time}`);
  if (before !== null && moment.time < before) {
    throw new RangeError(`moment.time must not decrease, was ${moment.time} after ${before}`);
  }
  for (const side of SIDES) {
    const { p50, deviation, opened, swept, closed, printed } = moment[side];
    const isUneven = [deviation, opened, swept, closed, printed].some(({ length }) => length !== p50.length);
    if (isUneven) throw new RangeError(`moment.${side} must hold vectors of one length`);
  }
}

/** The future depends on numbers, texts and lists alone, so that a copy through JSON loses nothing. */
function copyOf<Plain>(value: Plain): Plain {
  return JSON.parse(JSON.stringify(value)) as Plain;
}
