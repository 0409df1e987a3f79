import type { Price } from '@liquidation-heatmap/core';
import { describe, expect, test } from 'vitest';
import { aCluster, aFrame, aNow } from '../test/sketches.js';
import { glanceOf, nextCluster } from './glance.js';
import { en } from './locales/en.js';

const words = { messages: en, locale: 'en' };
const above = aCluster({ id: 'a', side: 'short', low: 62_000, high: 62_200, peak: 62_100, meanAgeMs: 3 * 3_600_000 });
const below = aCluster({ id: 'b', side: 'long', low: 59_000, high: 59_300, peak: 59_100 });
const far = aCluster({ id: 'c', side: 'long', low: 50_000, high: 50_300, peak: 50_100 });
const frame = (clusters = [far, below, above], facts = {}) =>
  aFrame([], { clusters, ...facts }, aNow({ mark: 61_000 as Price }));

test('X1: from cluster to cluster by price, beginning at the price, ending at the last', () => {
  const ids = (chosen: string | undefined, step: 1 | -1) => nextCluster(frame(), chosen, step)?.id;
  expect([ids(undefined, 1), ids(undefined, -1)]).toEqual(['a', 'b']);
  expect([ids('b', -1), ids('b', 1), ids('a', 1), ids('c', -1)]).toEqual(['c', 'a', undefined, undefined]);
  // One that stands no more is none.
  expect(ids('gone', -1)).toBe('b');
});

describe('S5: the nearest cluster above and below, without touching anything', () => {
  test('price, distance, range, age and who is forced', () => {
    const glance = glanceOf(frame(), words);
    expect(glance?.above).toMatchObject({
      id: 'a',
      label: 'Above',
      price: '62,100',
      change: '+1.8%',
      energy: '$10–40M',
      age: '3 h',
      confidence: '',
    });
    expect(glance?.below).toMatchObject({ id: 'b', side: 'long', price: '59,100', change: '-3.11%' });
  });

  test('the sentence says it in full, and has no holes where something is not known', () => {
    const glance = glanceOf(frame([above], { scale: 'relative' }), words);
    expect(glance?.above?.sentence).toBe('Above: 62,100, +1.8%, forced buying if reached, age 3 h');
    const uncertain = glanceOf(frame([{ ...below, isUncertain: true }]), words);
    expect(uncertain?.below?.sentence).toMatch(/^Below: 59,100, -3\.11%, \$10–40M, forced selling .*, uncertain$/u);
    expect(uncertain?.below?.confidence).toBe('uncertain');
  });

  test('where none stands out it says so, and before any price nothing', () => {
    expect(glanceOf(frame([]), words)).toEqual({ above: undefined, below: undefined, none: 'none stands out' });
    expect(glanceOf(frame([], { basis: 'prior-only' }), words)?.none).toBe('none stands out yet');
    expect(glanceOf(aFrame([], { clusters: [above] }), words)).toBeUndefined();
  });

  test('without a mark the last price stands in', () => {
    const noMark = aFrame([], { clusters: [above] }, aNow({ mark: Number.NaN as Price, lastPrice: 61_000 as Price }));
    expect(glanceOf(noMark, words)?.above?.change).toBe('+1.8%');
  });
});
