import { expect, test } from 'vitest';
import { matchClusters, peaksOf } from './cluster-match.js';

/** Empty bins with some towers. */
const towers = (length: number, at: Readonly<Record<number, number>>) =>
  Float64Array.from({ length }, (_, i) => at[i] ?? 0);

test('towers are peaks, highest first; a bump that hardly stands out is none', () => {
  expect(peaksOf(towers(20, { 4: 10, 12: 20, 17: 1 })).map(({ bin }) => bin)).toEqual([12, 4]);
});

test('a shoulder counts by how far it stands out over its saddle, not by its height', () => {
  // Smoothed heights around the shoulder: 92.5 at bin 8, 90 in the saddle; only 2.5 of 100 stand out.
  const ridge = Float64Array.from({ length: 16 }, (_, i) => (i < 3 || i > 11 ? 0 : 90));
  ridge[5] = 130;
  ridge[9] = 95;
  expect(peaksOf(ridge).map(({ bin }) => bin)).toEqual([5]);
});

test('an even density and a slope that leaves the window have no peak', () => {
  expect(peaksOf(new Float64Array(9).fill(3))).toEqual([]);
  expect(peaksOf(Float64Array.from([9, 8, 7, 6, 5, 4, 3]))).toEqual([]);
});

test('a flat top is one peak at its middle', () => {
  expect(peaksOf(Float64Array.from([0, 0, 4, 4, 4, 4, 4, 0, 0])).map(({ bin }) => bin)).toEqual([4]);
});

test('precision counts the estimate’s peaks, recall the true ones, and one true peak is met once', () => {
  const truth = towers(40, { 10: 10, 30: 10 });
  expect(matchClusters(towers(40, { 11: 10, 20: 10 }), truth, 2)).toEqual({ precision: 0.5, recall: 0.5 });
  expect(matchClusters(towers(40, { 8: 10, 12: 10 }), truth, 2)).toEqual({ precision: 0.5, recall: 0.5 });
  expect(matchClusters(towers(40, { 13: 10 }), truth, 2)).toEqual({ precision: 0, recall: 0 });
  expect(matchClusters(towers(40, {}), truth, 2)).toEqual({ precision: Number.NaN, recall: 0 });
});
