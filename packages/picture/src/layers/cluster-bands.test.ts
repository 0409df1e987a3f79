import type { Cluster, Price, UnixMs, Usd } from '@liquidation-heatmap/core';
import { describe, expect, test } from 'vitest';
import { clusterAt } from './cluster-bands.js';
import { buildPicture } from '../build-picture.js';
import type { LineItem, TextItem } from '../draw-list.js';
import { yOfPrice } from '../viewport.js';
import { aCluster, aFrame, aNow, aTheme, aTile, aView } from '../../test/sketches.js';

const NOW = 1_700_000_000_000;
const MINUTE = 60_000;
const view = aView({
  from: NOW - 60 * MINUTE,
  to: NOW + 5 * MINUTE,
  low: 58_000,
  high: 64_000,
  width: 1000,
  height: 600,
});
const tile = aTile({ resolutionMs: MINUTE, ends: Array.from({ length: 60 }, (_, i) => NOW - (59 - i) * MINUTE) });

function pictureOf(clusters: readonly Cluster[], options = {}, width = 1000) {
  const frame = aFrame([tile], { clusters, seenTime: NOW as UnixMs }, aNow({ mark: 61_000 as Price }));
  const { plot } = buildPicture({
    frame,
    view: width === 1000 ? view : aView({ ...view, width, height: 600 }),
    theme: aTheme,
    locale: 'en',
    timeZone: 'UTC',
    options,
  });
  const lines = plot.filter(
    (item): item is LineItem => item.kind === 'line' && (item.stroke === 'long' || item.stroke === 'short'),
  );
  const tags = plot.filter((item): item is TextItem => item.kind === 'text' && /^[↓↑]/u.test(item.text));
  return { lines, tags };
}

const above = aCluster({ id: 'a', side: 'short', low: 62_000, high: 62_200, peak: 62_100 });
const below = aCluster({ id: 'b', side: 'long', low: 59_000, high: 59_300, peak: 59_100 });

describe('clusters in the picture', () => {
  test('each has two edges at its prices, in the color of its side, from its birth to the end of the projection', () => {
    const { lines } = pictureOf([{ ...above, bornAt: (NOW - 30 * MINUTE) as UnixMs }]);
    expect(lines.map(({ stroke }) => stroke)).toEqual(['short', 'short']);
    const ys = lines.map(({ points }) => points[1]!);
    expect(ys[0]).toBeCloseTo(yOfPrice(view, 62_200), 0);
    expect(ys[1]).toBeCloseTo(yOfPrice(view, 62_000), 0);
    for (const { points } of lines) {
      expect(points[0]).toBeCloseTo((30 / 65) * view.plot.width, 0);
      // Five minutes of future are seen, and the projection is as long as 8 % of the view: 5.2.
      expect(points[2]).toBeCloseTo(view.plot.x + view.plot.width, 6);
    }
  });

  test('S14: a tag says which way its orders push and the range of what it holds, never one number', () => {
    const { tags } = pictureOf([above, below]);
    expect(tags.map(({ text }) => text).sort()).toEqual(['↑ $10–40M +1.8%', '↓ $10–40M -3.11%']);
  });

  test('one whose range is wider than what it holds is dashed', () => {
    const { lines } = pictureOf([{ ...above, isUncertain: true }, below]);
    expect(lines.map(({ dash }) => dash !== undefined)).toEqual([true, true, false, false]);
  });

  test('a band thinner than can be seen has edges that can', () => {
    const { lines } = pictureOf([{ ...above, low: 62_100 as Price, high: 62_101 as Price }]);
    expect(lines[1]!.points[1]! - lines[0]!.points[1]!).toBeGreaterThanOrEqual(2);
  });

  test('tags never overlap, however close their clusters are, and the nearest are always among them', () => {
    const crowd = Array.from({ length: 12 }, (_, i) =>
      aCluster({
        id: `c${String(i)}`,
        side: 'short',
        low: 62_300 + 20 * i,
        high: 62_310 + 20 * i,
        peak: 62_305 + 20 * i,
        p50: 90e6,
      }),
    );
    const { tags } = pictureOf([...crowd, above, below]);
    expect(tags.length).toBeLessThanOrEqual(6);
    const ys = tags.map(({ y }) => y).sort((a, b) => a - b);
    for (const [i, y] of ys.slice(1).entries()) expect(y - ys[i]!).toBeGreaterThanOrEqual(aTheme.fontSize * 1.2 + 6);
    const texts = tags.map(({ text }) => text);
    expect(texts).toContain('↑ $10–40M +1.8%');
    expect(texts).toContain('↓ $10–40M -3.11%');
  });

  test('out of view, of the side that is not shown, or switched off, there is none', () => {
    expect(pictureOf([aCluster({ ...above, low: 70_000, high: 70_100, peak: 70_050 })])).toEqual({
      lines: [],
      tags: [],
    });
    expect(pictureOf([above, below], { sides: 'long' }).lines.map(({ stroke }) => stroke)).toEqual(['long', 'long']);
    expect(pictureOf([above, below], { hasClusters: false })).toEqual({ lines: [], tags: [] });
  });

  test('a narrow chart has its tags on the left, where no price stands', () => {
    const { tags } = pictureOf([above], {}, 400);
    expect(tags[0]).toMatchObject({ align: 'left', text: '↑ $10–40M' });
    expect(tags[0]!.x).toBeLessThan(20);
  });
});

test('a tap on a band or a little beside it means its cluster, before its birth and elsewhere none', () => {
  const young = { ...above, bornAt: (NOW - 30 * MINUTE) as UnixMs };
  const frame = aFrame([tile], { clusters: [young, below] }, aNow({ mark: 61_000 as Price }));
  const at = (x: number, price: number, dy = 0): string | undefined =>
    clusterAt(frame, view, x, yOfPrice(view, price) + dy)?.id;
  expect(at(900, 62_100)).toBe('a');
  expect(at(900, 62_200, -6)).toBe('a');
  expect(at(900, 62_200, -20)).toBeUndefined();
  expect(at(100, 62_100)).toBeUndefined();
  expect(at(100, 59_100)).toBe('b');
  expect(at(900, 61_000)).toBeUndefined();
});

test('edges end with the projection, and without a mark distances are told from the last price', () => {
  const wide = { ...view, to: (NOW + 60 * MINUTE) as UnixMs };
  const now = aNow({ mark: Number.NaN as Price, lastPrice: 61_000 as Price });
  const frame = aFrame([tile], { clusters: [above], seenTime: NOW as UnixMs }, now);
  const { plot } = buildPicture({ frame, view: wide, theme: aTheme, locale: 'en', timeZone: 'UTC' });
  const [edge] = plot.filter((item): item is LineItem => item.kind === 'line' && item.stroke === 'short');
  expect(edge!.points[2]).toBeCloseTo(view.plot.width * (0.5 + 0.08), 0);
  const tag = plot.find((item): item is TextItem => item.kind === 'text' && item.text.startsWith('↑'));
  expect(tag?.text).toBe('↑ $10–40M +1.8%');
});

test('where sizes only compare with each other no dollars are told', () => {
  const frame = aFrame([tile], { clusters: [above], scale: 'relative' }, aNow({ mark: 61_000 as Price }));
  const { plot } = buildPicture({ frame, view, theme: aTheme, locale: 'en', timeZone: 'UTC' });
  const tag = plot.find((item): item is TextItem => item.kind === 'text' && item.text.startsWith('↑'));
  expect(tag?.text).toBe('↑ +1.8%');
  expect(above.energy.p50 as Usd).toBeGreaterThan(0);
});
