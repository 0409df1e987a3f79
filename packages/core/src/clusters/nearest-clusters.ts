import type { Cluster } from '../model/cluster.js';
import type { Fraction, Price } from '../model/units.js';

/** A cluster and how far its nearest edge is, as a share of the price; 0 where the price is inside. */
export interface ClusterAtDistance {
  readonly cluster: Cluster;
  readonly distance: Fraction;
}

/** The nearest cluster on either side of a price. */
export interface NearestClusters {
  readonly above: ClusterAtDistance | undefined;
  readonly below: ClusterAtDistance | undefined;
}

/**
 * The nearest cluster above and below a price, by nearest edge; of equally near ones the larger, then the one named first. One
 * that holds the price lies where its side is: longs below, shorts above.
 */
export function nearestClusters(clusters: readonly Cluster[], price: Price): NearestClusters {
  const nearest: Record<'above' | 'below', ClusterAtDistance | undefined> = { above: undefined, below: undefined };
  for (const cluster of clusters) {
    const where = placeOf(cluster, price);
    const candidate = { cluster, distance: distanceFrom(cluster, price) };
    const best = nearest[where];
    if (best === undefined || isNearer(candidate, best)) nearest[where] = candidate;
  }
  return nearest;
}

/** Distance from a price to the nearest edge of a band, as a share of the price; 0 inside. */
export function distanceFrom({ low, high }: Pick<Cluster, 'low' | 'high'>, price: Price): Fraction {
  return Math.max(0, low / price - 1, 1 - high / price) as Fraction;
}

function placeOf({ side, low, high }: Cluster, price: Price): 'above' | 'below' {
  if (low > price) return 'above';
  if (high < price) return 'below';
  return side === 'long' ? 'below' : 'above';
}

function isNearer(a: ClusterAtDistance, b: ClusterAtDistance): boolean {
  if (a.distance !== b.distance) return a.distance < b.distance;
  const [more, less] = [a.cluster.energy.p50, b.cluster.energy.p50];
  return more !== less ? more > less : a.cluster.id < b.cluster.id;
}
