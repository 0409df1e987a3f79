import { expect, test } from 'vitest';
import { sampleCluster } from '../../test/sample-cluster.js';
import { IDLE_CASCADE } from '../model/cascade.js';
import type { Cluster, ClusterChange } from '../model/cluster.js';
import type { Price, UnixMs, Usd } from '../model/units.js';
import { toldClusters } from './told-clusters.js';

/** Forty clusters above and below 1,000, the larger the further away. */
const FORTY = Array.from({ length: 40 }, (_, i) => {
  const side = i < 20 ? ('long' as const) : ('short' as const);
  return sampleCluster({ id: `${i}`, side, low: 801 + i * 10, usd: 1e6 * (1 + Math.abs(i - 19.5)) });
});

function told(clusters: readonly Cluster[], changes: readonly ClusterChange[] = []) {
  const cascade = { reading: () => ({ ...IDLE_CASCADE, printRate: 2.6e-43, printed: 123_456_789 as Usd }) };
  return toldClusters({ clusters: () => clusters, changes: () => changes, cascade }, 1_000 as Price);
}

test('S5: facts tell of 24 clusters, the nearest on either side among them, and count the others', () => {
  const { clusters, clustersHidden } = told(FORTY);
  const ids = clusters.map(({ id }) => Number(id));
  expect(clustersHidden).toBe(16);
  expect(ids).toEqual([
    ...Array.from({ length: 11 }, (_, i) => i),
    19,
    20,
    ...Array.from({ length: 11 }, (_, i) => i + 29),
  ]);
});

test('of changes the newest twelve are told, oldest first', () => {
  const changes = FORTY.map((cluster, i) => ({ kind: 'appear' as const, seenTime: i as UnixMs, cluster }));
  expect(told([], changes).clusterChanges.map(({ seenTime }) => seenTime)).toEqual(
    Array.from({ length: 12 }, (_, i) => 28 + i),
  );
});

test('amounts are told to five digits, and what adding up leaves of a cent is nothing', () => {
  const ledger = { born: 1_234_567, opened: 0, swept: 0, printed: 0, closed: 99.994_9, faded: -7e-10 };
  const [cluster] = told([
    sampleCluster({ low: 900, usd: 9_876_543.21, ledger: ledger as Cluster['ledger'] }),
  ]).clusters;
  expect(cluster!.ledger).toEqual({ born: 1_234_600, opened: 0, swept: 0, printed: 0, closed: 99.995, faded: 0 });
  expect(cluster!.energy.p50).toBe(9_876_500);
  expect(told([]).cascade).toMatchObject({ printed: 123_460_000, printRate: 0 });
});

test('a part of less than half a percent is left out', () => {
  const venues = [
    { part: 'binance', share: 0.996_04 },
    { part: 'bybit', share: 0.003_96 },
  ] as unknown as Cluster['venues'];
  expect(told([sampleCluster({ low: 900, venues })]).clusters[0]!.venues).toEqual([{ part: 'binance', share: 0.996 }]);
});
