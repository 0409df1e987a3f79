import { describe, expect, test } from 'vitest';
import type { UsdRange } from '../model/cluster.js';
import type { Price, Usd } from '../model/units.js';
import { evenBook } from '../../test/arbitrary-book.js';
import { absorbRatio, asymmetry, pathDepth, pathThinness, type ClusterBand } from './path-measures.js';

const usd = (value: number): Usd => value as Usd;
const range = (p10: number, p50: number, p90: number): UsdRange => ({ p10: usd(p10), p50: usd(p50), p90: usd(p90) });
const band = (side: 'long' | 'short', low: number, high: number): ClusterBand => ({
  side,
  low: low as Price,
  high: high as Price,
});
/** Bids 59,999 59,998 ..., asks 60,001 60,002 ...; inverse, so every level is $1,000. */
const book = evenBook(10, 1_000);

describe('the way to a cluster', () => {
  test('S42: long clusters are reached through bids, short ones through asks, up to the nearer edge', () => {
    expect(pathDepth(band('long', 59_990, 59_996), book, 'inverse')?.notional).toBe(4_000);
    expect(pathDepth(band('short', 60_003, 60_009), book, 'inverse')?.notional).toBe(3_000);
  });

  test('S42: asymmetry is energy over the notional on the way, as a range', () => {
    const path = pathDepth(band('long', 59_990, 59_996), book, 'inverse');
    expect(asymmetry(range(2_000, 8_000, 40_000), path)).toEqual({
      notional: 4_000,
      isExtrapolated: false,
      ratio: { p10: 0.5, p50: 2, p90: 10 },
    });
  });

  test('S48: thinness compares with what is usual, and says when the way leaves the snapshot', () => {
    const path = pathDepth(band('long', 59_000, 59_996), book, 'inverse');
    expect(pathThinness(path, usd(8_000))?.ratio).toBe(0.5);
    const far = pathDepth(band('long', 59_000, 59_900), book, 'inverse');
    expect(far?.isExtrapolated).toBe(true);
    expect(pathThinness(far, usd(1))?.isExtrapolated).toBe(true);
  });

  test('S48: without a book in sync, or without what is usual, thinness is unknown', () => {
    expect(pathDepth(band('long', 1, 2), undefined, 'linear')).toBeUndefined();
    expect(pathThinness(undefined, usd(1))).toBeUndefined();
    expect(pathThinness({ notional: usd(1), isExtrapolated: false }, undefined)).toBeUndefined();
    expect(pathThinness({ notional: usd(1), isExtrapolated: false }, usd(0))).toBeUndefined();
    expect(asymmetry(range(1, 2, 3), undefined)).toBeUndefined();
  });

  test('a cluster that begins inside the spread has no finite asymmetry', () => {
    expect(asymmetry(range(1, 2, 3), pathDepth(band('long', 59_000, 60_000), book, 'inverse'))).toBeUndefined();
  });
});

describe('orders resting in a cluster', () => {
  test('S60: absorb ratio is what rests in the band over what would be forced; low belongs to much forced', () => {
    expect(absorbRatio(band('long', 59_995, 59_997), range(1_000, 3_000, 6_000), book, 'inverse')).toEqual({
      resting: 3_000,
      p10: 0.5,
      p50: 1,
      p90: 3,
    });
  });

  test('S60: a band that the snapshot does not cover, or a book out of sync, is unknown', () => {
    expect(absorbRatio(band('long', 59_900, 59_997), range(1, 2, 3), book, 'inverse')).toBeUndefined();
    expect(absorbRatio(band('long', 59_995, 59_997), range(1, 2, 3), undefined, 'inverse')).toBeUndefined();
  });

  test('S60: where nothing may be forced there is no ratio', () => {
    expect(absorbRatio(band('short', 60_001, 60_002), range(0, 0, 500), book, 'inverse')).toEqual({
      resting: 2_000,
      p10: 4,
      p50: undefined,
      p90: undefined,
    });
  });
});
