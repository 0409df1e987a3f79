import type { PositionSide } from '../model/market-event.js';
import type { Price, UnixMs } from '../model/units.js';

/** What a deep link says of a cluster: ids hold only within one lineage, a band in time and price holds everywhere. */
export interface ClusterLink {
  readonly time: UnixMs;
  readonly side: PositionSide;
  readonly low: Price;
  readonly high: Price;
}

/** What a link can be resolved to: a cluster that stands, or the outcome of one that is gone. */
export interface LinkedCluster {
  readonly side: PositionSide;
  readonly low: Price;
  readonly high: Price;
  readonly bornAt: UnixMs;
  readonly endedAt?: UnixMs;
}

/**
 * The cluster a link means: of its side, and of those that overlap its band the one with the largest overlap in proportion to
 * both (on the log-price axis). One that stood at the link's time goes before one that did not; of equals the older one.
 * Undefined where nothing overlaps.
 */
export function resolveCluster<Candidate extends LinkedCluster>(
  link: ClusterLink,
  clusters: readonly Candidate[],
): Candidate | undefined {
  let best: { readonly cluster: Candidate; readonly fit: number } | undefined;
  for (const cluster of clusters) {
    const overlap = cluster.side === link.side ? overlapOf(link, cluster) : 0;
    if (overlap === 0) continue;
    // An overlap is at most 1, so that standing at the time outweighs every overlap.
    const fit = overlap + (stoodAt(cluster, link.time) ? 1 : 0);
    const isBetter = best === undefined || fit > best.fit || (fit === best.fit && cluster.bornAt < best.cluster.bornAt);
    if (isBetter) best = { cluster, fit };
  }
  return best?.cluster;
}

function stoodAt({ bornAt, endedAt }: LinkedCluster, time: UnixMs): boolean {
  return bornAt <= time && (endedAt === undefined || time <= endedAt);
}

/** Common height of two bands over their joint height, 0..1. */
function overlapOf(a: Pick<LinkedCluster, 'low' | 'high'>, b: Pick<LinkedCluster, 'low' | 'high'>): number {
  const common = Math.log(Math.min(a.high, b.high) / Math.max(a.low, b.low));
  return common > 0 ? common / Math.log(Math.max(a.high, b.high) / Math.min(a.low, b.low)) : 0;
}
