import { priceAtPosition } from '../grid/price-lattice.js';
import type { Cluster, ClusterOutcome, Share } from '../model/cluster.js';
import type { DurationMs, UnixMs, Usd } from '../model/units.js';
import type { ClusterMoment } from './cluster-rows.js';
import { consumedOf, type ClusterTrack, type HeldDetail } from './cluster-track.js';
import { toldMoves } from './moves-after-touch.js';

/** Detail is asked for again after this, or when the band has changed: in between, its proportions are kept. */
const DETAIL_MS = 10_000;

/** Asks for detail where none is held, the band has changed, or it is old; a moment may say that older detail will do. */
export function refreshDetail(track: ClusterTrack, moment: ClusterMoment, hasNewBand: boolean): void {
  const { time, detailKeptMs } = moment;
  const isNewBand = hasNewBand && detailKeptMs === undefined;
  const isOld = track.detail === null || isNewBand || time - track.detail.time >= (detailKeptMs ?? DETAIL_MS);
  if (!isOld || !(track.energy > 0)) return;
  const { low, high } = track;
  const rows = moment[track.side];
  const detail = rows.detail(low as typeof rows.originRow, high as typeof rows.originRow);
  const share = (part: number): number => (detail.p50 > 0 ? part / detail.p50 : 1);
  track.detail = {
    time,
    lowShare: Math.min(1, share(detail.p10)),
    highShare: Math.max(1, share(detail.p90)),
    meanAgeMs: detail.meanAgeMs,
    oldestAgeMs: detail.oldestAgeMs,
    venues: largestFirst(detail.venues, (venue) => venue),
    classes: largestFirst(detail.classes, ({ from }) => String(from)),
  };
}

function largestFirst<Part>(shares: readonly Share<Part>[], nameOf: (part: Part) => string): readonly Share<Part>[] {
  const held = shares.filter(({ share }) => share > 0);
  return held.sort((a, b) => b.share - a.share || (nameOf(a.part) < nameOf(b.part) ? -1 : 1));
}

/** The track as readers see it at `time`. */
export function clusterOf(track: ClusterTrack, time: number): Cluster {
  const { id, side, low, high, energy, quartiles, bornAt } = track;
  const detail = track.detail ?? withoutDetail(time);
  const p10 = energy * detail.lowShare;
  const p90 = energy * detail.highShare;
  const since = time - detail.time;
  return {
    id,
    side,
    low: priceAtPosition(low),
    high: priceAtPosition(high),
    peak: priceAtPosition(track.peakRow + 0.5),
    quartileLow: priceAtPosition(quartiles[0]),
    quartileHigh: priceAtPosition(quartiles[2]),
    energy: { p10: p10 as Usd, p50: energy as Usd, p90: p90 as Usd },
    peakEnergy: track.peakEnergy as Usd,
    prominence: track.prominence,
    isUncertain: (p90 - p10) / 2 > energy,
    bornAt,
    meanAgeMs: (detail.meanAgeMs + since) as DurationMs,
    oldestAgeMs: (detail.oldestAgeMs + since) as DurationMs,
    venues: detail.venues,
    classes: detail.classes,
    ledger: ledgerOf(track),
  };
}

/** How the track ended; moves that are not known yet stay undefined. `last` is how it was when it was last found. */
export function outcomeOf(
  track: ClusterTrack,
  time: UnixMs,
  end: ClusterOutcome['end'],
  mergedInto: string | undefined,
  last: Cluster,
): ClusterOutcome {
  return {
    id: track.id,
    side: track.side,
    low: last.low,
    high: last.high,
    bornAt: track.bornAt,
    endedAt: time,
    end,
    mergedInto,
    peakEnergy: track.peakEnergy as Usd,
    touchedAt: track.touch?.touchedAt,
    touchMark: track.touch?.mark,
    consumedShare: consumedOf(track, track.peakEnergy) as ClusterOutcome['consumedShare'],
    ledger: ledgerOf(track),
    moves: toldMoves(track.touch),
  };
}

function withoutDetail(time: number): HeldDetail {
  return { time, lowShare: 1, highShare: 1, meanAgeMs: 0, oldestAgeMs: 0, venues: [], classes: [] };
}

function ledgerOf({ born, opened, swept, printed, closed, faded }: ClusterTrack): Cluster['ledger'] {
  const ledger = { born, opened, swept, printed, closed, faded };
  return ledger as unknown as Cluster['ledger'];
}
