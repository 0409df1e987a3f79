import { expect, test } from 'vitest';
import type { ForcedClose } from '../venue-market.js';
import { lesserFeed, shownPrints } from './shown-prints.js';

const fill = (moment: number, side: 'long' | 'short', size: number) => ({
  moment,
  forced: { side, size } as ForcedClose,
});
const FILLS = [fill(0.05, 'long', 3), fill(0.15, 'short', 9), fill(0.18, 'long', 4), fill(0.35, 'long', 1)];
const sizesOf = (feed: Parameters<typeof shownPrints>[1]): number[] =>
  shownPrints(FILLS, feed, 60_000, 5000).map(({ forced }) => forced.size);

test('a throttled feed keeps one a second: the largest, the latest, or the largest of each side', () => {
  expect(sizesOf('complete')).toEqual([3, 9, 4, 1]);
  expect(sizesOf('throttled-largest')).toEqual([9, 1]);
  expect(sizesOf('throttled-latest')).toEqual([4, 1]);
  expect(sizesOf('throttled')).toEqual([9, 4, 1]);
  expect(sizesOf('none')).toEqual([]);
});

test('of two feeds the one that tells less counts, the own one between two kinds of throttling', () => {
  expect(lesserFeed('complete', 'throttled-largest')).toBe('throttled-largest');
  expect(lesserFeed('throttled-latest', 'complete')).toBe('throttled-latest');
  expect(lesserFeed('throttled-latest', 'throttled-largest')).toBe('throttled-largest');
  expect(lesserFeed('none', 'complete')).toBe('none');
  expect(lesserFeed('complete', 'none')).toBe('none');
});
