import { describe, expect, test } from 'vitest';
import { middleOf, SyntheticExposure } from '../../test/synthetic-exposure.js';
import type { PositionSide } from '../model/market-event.js';
import { resolveLimits, type ClusterLimits } from './cluster-limits.js';
import { findClusters } from './find-clusters.js';

/** 200 rows from row 1,000, the mark in the middle of row 1,100; every row errs by 1,000. */
const exposure = (): SyntheticExposure => new SyntheticExposure(1_000, 200, 1_100);

function found(
  market: SyntheticExposure,
  side: PositionSide,
  limits: Partial<ClusterLimits> = {},
  standing: readonly { readonly low: number; readonly high: number }[] = [],
) {
  const moment = market.moment(0);
  const { mark, openInterest, medianTrade } = moment;
  return findClusters(moment[side], {
    ...{ side, mark, openInterest, medianTrade, standing },
    limits: resolveLimits(limits),
  });
}
const bandsOf = (clusters: readonly { readonly low: number; readonly high: number }[]): readonly [number, number][] =>
  clusters.map(({ low, high }) => [low, high]);

describe('where clusters are', () => {
  test('an even density and an empty one hold none', () => {
    const even = exposure();
    even.open('long', 1_000, ...new Array<number>(100).fill(50_000));
    // The window cuts the density off far below and the mark near above: that is an edge, not a peak.
    expect(found(even, 'long').map(({ low, high }) => high - low)).toEqual([]);
    expect(found(exposure(), 'long')).toEqual([]);
    expect(found(exposure(), 'short')).toEqual([]);
  });

  test('a single row is a cluster of one row', () => {
    const [only, ...others] = found(exposure().open('short', 1_120, 40_000), 'short');
    expect(others).toEqual([]);
    expect(only).toMatchObject({ low: 1_120, high: 1_121, peakRow: 1_120, mass: 40_000, isStrong: true });
    // Six sixteenths of the row are left at its top, and the deviation of even rows stays what it is.
    expect(only?.prominence).toBeGreaterThan(14.9);
  });

  test('a band ends where half the rise over the surroundings is lost, and background does not widen it', () => {
    const bell = [4, 8, 16, 24, 28, 24, 16, 8, 4].map((k) => k * 1_000);
    const alone = found(exposure().open('short', 1_120, ...bell), 'short');
    const onGround = exposure().open('short', 1_101, ...new Array<number>(99).fill(20_000));
    const raised = found(onGround.open('short', 1_120, ...bell), 'short');
    expect(bandsOf(alone)).toEqual([[1_122, 1_127]]);
    expect(bandsOf(raised.filter(({ peakRow }) => peakRow === 1_124))).toEqual(bandsOf(alone));
  });

  test('two peaks with a deep valley are two clusters on either side of it, with a shallow one they are one', () => {
    const twin = (valley: number): SyntheticExposure =>
      exposure().open('short', 1_120, 30_000, 30_000, 30_000, valley, valley, valley, 30_000, 30_000, 30_000);
    expect(bandsOf(found(twin(3_000), 'short'))).toEqual([
      [1_120, 1_123],
      [1_126, 1_129],
    ]);
    expect(bandsOf(found(twin(28_500), 'short'))).toEqual([[1_120, 1_129]]);
  });

  test('a rise of less than a deviation is noise', () => {
    const market = exposure().open('short', 1_101, ...new Array<number>(99).fill(30_000));
    // 2,500 in one row are 938 after smoothing, 3,000 are 1,125.
    market.open('short', 1_150, 2_500);
    expect(found(market, 'short').filter(({ peakRow }) => peakRow === 1_150)).toEqual([]);
    market.open('short', 1_150, 500);
    expect(found(market, 'short').filter(({ peakRow }) => peakRow === 1_150)).toHaveLength(1);
  });

  test('S64: what is lighter than 0.3 % of open interest or 50 median trades is none', () => {
    const market = exposure().open('short', 1_120, 40_000);
    market.openInterest = 40_000 / 0.003 - 1;
    expect(found(market, 'short')).toHaveLength(1);
    market.openInterest += 2;
    expect(found(market, 'short')).toHaveLength(0);
    market.openInterest = 0;
    market.medianTrade = 799;
    expect(found(market, 'short')).toHaveLength(1);
    market.medianTrade = 800;
    expect(found(market, 'short')).toHaveLength(0);
  });

  test('S40: longs are looked for at and below the mark, shorts at and above it', () => {
    const market = exposure();
    for (const side of ['long', 'short'] as const) market.open(side, 1_080, 40_000).open(side, 1_120, 40_000);
    expect(bandsOf(found(market, 'long'))).toEqual([[1_080, 1_081]]);
    expect(bandsOf(found(market, 'short'))).toEqual([[1_120, 1_121]]);
    market.mark = middleOf(1_120);
    expect(bandsOf(found(market, 'long'))).toEqual([
      [1_120, 1_121],
      [1_080, 1_081],
    ]);
    expect(bandsOf(found(market, 'short'))).toEqual([[1_120, 1_121]]);
  });

  test('with the mark outside the window one side has everything and the other nothing', () => {
    const market = exposure().open('long', 1_080, 40_000).open('short', 1_120, 40_000);
    market.mark = middleOf(2_000);
    expect([found(market, 'long').length, found(market, 'short').length]).toEqual([1, 0]);
    market.mark = middleOf(500);
    expect([found(market, 'long').length, found(market, 'short').length]).toEqual([0, 1]);
  });

  test('of equal rows the one nearest to the mark is the peak, on both sides', () => {
    const flat = [20_000, 20_000, 20_000, 20_000];
    expect(found(exposure().open('short', 1_120, ...flat), 'short')[0]?.peakRow).toBe(1_120);
    expect(found(exposure().open('long', 1_080, ...flat), 'long')[0]?.peakRow).toBe(1_083);
  });

  test('half of the mass lies between the quartiles', () => {
    const [cluster] = found(exposure().open('short', 1_120, 10_000, 20_000, 10_000), 'short');
    expect(cluster?.quartiles).toEqual([1_121, 1_121.5, 1_122]);
  });
});

describe('clusters that stand', () => {
  const hill = (rise: number): SyntheticExposure => {
    const market = exposure().open('short', 1_101, ...new Array<number>(99).fill(30_000));
    return market.open('short', 1_150, rise, rise, rise, rise, rise);
  };
  const band = { low: 1_149, high: 1_156 };
  const onHill = (clusters: readonly { readonly peakRow: number; readonly isStrong: boolean }[]) =>
    clusters.filter(({ peakRow }) => peakRow >= 1_149 && peakRow < 1_156).map(({ isStrong }) => isStrong);

  test('are kept by a rise of half a deviation, where a new one needs a whole one', () => {
    expect(onHill(found(hill(1_100), 'short'))).toEqual([true]);
    expect(onHill(found(hill(700), 'short'))).toEqual([]);
    expect(onHill(found(hill(700), 'short', {}, [band]))).toEqual([false]);
    expect(onHill(found(hill(400), 'short', {}, [band]))).toEqual([]);
  });

  test('are kept by three fifths of the least mass', () => {
    const market = exposure().open('short', 1_120, 40_000);
    const standing = [{ low: 1_120, high: 1_121 }];
    market.openInterest = 40_000 / 0.003 / 0.6 - 1;
    expect(found(market, 'short', {}, standing).map(({ isStrong }) => isStrong)).toEqual([false]);
    market.openInterest += 2;
    expect(found(market, 'short', {}, standing)).toEqual([]);
  });

  test('are not split by less than a new cluster needs', () => {
    const twin = exposure().open(
      'short',
      1_120,
      30_000,
      30_000,
      30_000,
      28_500,
      28_500,
      28_500,
      30_000,
      30_000,
      30_000,
    );
    expect(bandsOf(found(twin, 'short', {}, [{ low: 1_120, high: 1_129 }]))).toEqual([[1_120, 1_129]]);
  });
});
