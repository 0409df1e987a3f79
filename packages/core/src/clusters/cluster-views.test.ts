import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clusterLike, outcomeLike } from '../../test/cluster-examples.js';
import type { DurationMs, Price, UnixMs, Usd } from '../model/units.js';
import { diffClusters } from './diff-clusters.js';
import { nearestClusters } from './nearest-clusters.js';
import { resolveCluster } from './resolve-cluster.js';
import { selectClusters } from './select-clusters.js';

describe('S5: the nearest clusters', () => {
  const clusters = [
    clusterLike({ id: 'far-below', low: 80, high: 82 }),
    clusterLike({ id: 'below', low: 90, high: 95 }),
    clusterLike({ id: 'above', side: 'short', low: 104, high: 106 }),
    clusterLike({ id: 'far-above', side: 'short', low: 120, high: 122 }),
  ];

  test('are told with the distance of their nearest edge', () => {
    const { above, below } = nearestClusters(clusters, 100 as Price);
    expect([above?.cluster.id, above?.distance]).toEqual(['above', expect.closeTo(0.04, 12)]);
    expect([below?.cluster.id, below?.distance]).toEqual(['below', expect.closeTo(0.05, 12)]);
  });

  test('one that holds the price is at distance 0, on its own side', () => {
    const { above, below } = nearestClusters(clusters, 94 as Price);
    expect([below?.cluster.id, below?.distance, above?.cluster.id]).toEqual(['below', 0, 'above']);
    expect(nearestClusters(clusters, 105 as Price).above).toMatchObject({ cluster: { id: 'above' }, distance: 0 });
  });

  test('are missing where there is none', () => {
    expect(nearestClusters([], 100 as Price)).toEqual({ above: undefined, below: undefined });
    expect(nearestClusters(clusters, 200 as Price).above).toBeUndefined();
  });

  test('do not depend on the order of the list', () => {
    const twins = [...clusters, clusterLike({ id: 'twin', low: 93, high: 95, energy: { p10: 1, p50: 500, p90: 900 } })];
    const expected = nearestClusters(twins, 100 as Price);
    expect(expected.below?.cluster.id).toBe('twin');
    fc.assert(
      fc.property(fc.shuffledSubarray(twins, { minLength: twins.length }), (shuffled) => {
        expect(nearestClusters(shuffled, 100 as Price)).toEqual(expected);
      }),
    );
  });
});

describe('a deep link', () => {
  const link = { time: 50 as UnixMs, side: 'long' as const, low: 90 as Price, high: 94 as Price };

  test('means the cluster of its side with the largest overlap in proportion to both', () => {
    const fits = clusterLike({ id: 'fits', low: 91, high: 94 });
    const covers = clusterLike({ id: 'covers', low: 60, high: 140 });
    const other = clusterLike({ id: 'other', side: 'short', low: 90, high: 94 });
    expect(resolveCluster(link, [covers, other, fits])?.id).toBe('fits');
    expect(resolveCluster(link, [other, clusterLike({ low: 94, high: 99 })])).toBeUndefined();
  });

  test('means what stood at its time before what came later or was gone', () => {
    const later = { ...outcomeLike({ id: 'later', low: 90, high: 94, bornAt: 60, endedAt: 70 }) };
    const gone = { ...outcomeLike({ id: 'gone', low: 90, high: 94, bornAt: 0, endedAt: 40 }) };
    const then = { ...outcomeLike({ id: 'then', low: 93, high: 99, bornAt: 10, endedAt: 50 }) };
    expect(resolveCluster(link, [later, gone, then])?.id).toBe('then');
    expect(resolveCluster(link, [later, gone])?.id).toBe('gone');
  });
});

describe('S45: since you last looked', () => {
  test('clusters appeared, grew, dissolved or were consumed; the rest is not told', () => {
    const worth = (p50: number) => ({ p10: p50 / 2, p50, p90: p50 * 2 });
    const before = ['same', 'grew', 'faded', 'swept', 'unknown'].map((id) => clusterLike({ id, energy: worth(100) }));
    const after = [
      clusterLike({ id: 'same', energy: worth(149) }),
      clusterLike({ id: 'grew', energy: worth(150) }),
      clusterLike({ id: 'new', energy: worth(10) }),
    ];
    const ends = { faded: 'dissolve', swept: 'consume' } as Readonly<Record<string, string>>;
    const archive = {
      find: (id: string) => (ends[id] === undefined ? undefined : outcomeLike({ id, end: ends[id] })),
    };
    const diff = diffClusters(before, after, archive);
    expect(diff.appeared.map(({ id }) => id)).toEqual(['new']);
    expect(diff.grown.map((pair) => [pair.before.energy.p50, pair.after.id])).toEqual([[100, 'grew']]);
    expect(diff.dissolved.map(({ cluster, outcome }) => [cluster.id, outcome?.end])).toEqual([
      ['faded', 'dissolve'],
      ['unknown', undefined],
    ]);
    expect(diff.consumed.map(({ cluster }) => cluster.id)).toEqual(['swept']);
    expect(diffClusters(after, after, archive)).toEqual({ appeared: [], grown: [], dissolved: [], consumed: [] });
  });
});

describe('S62, S64: a selection', () => {
  test('says how many clusters it hides', () => {
    const clusters = [
      clusterLike({ id: 'large', energy: { p10: 1, p50: 500, p90: 900 } }),
      clusterLike({ id: 'old', meanAgeMs: 7_200_000 }),
      clusterLike({ id: 'short', side: 'short', isUncertain: true }),
    ];
    const idsOf = (selection: Parameters<typeof selectClusters>[1]) => {
      const { shown, hiddenCount } = selectClusters(clusters, selection);
      return [...shown.map(({ id }) => id), hiddenCount];
    };
    expect(idsOf({})).toEqual(['large', 'old', 'short', 0]);
    expect(idsOf({ leastEnergy: 101 as Usd })).toEqual(['large', 2]);
    expect(idsOf({ mostMeanAgeMs: 3_600_000 as DurationMs })).toEqual(['large', 'short', 1]);
    expect(idsOf({ sides: ['short'] })).toEqual(['short', 2]);
    expect(idsOf({ isUncertainLeftOut: true })).toEqual(['large', 'old', 1]);
  });
});
