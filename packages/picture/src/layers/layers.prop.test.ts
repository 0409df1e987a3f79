import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ColumnHead, Price, Tile } from '@liquidation-heatmap/core';
import { aTile } from '../../test/sketches.js';
import { mergeCandles } from './merge-candles.js';
import { spreadTags } from './spread-tags.js';

const T0 = 1_700_000_100_000; // a multiple of 60 s, 300 s, 900 s
const price = fc.integer({ min: 100, max: 200 });
const bars = fc.array(fc.option(fc.tuple(price, price, price, price), { freq: 5 }), { minLength: 1, maxLength: 60 });

type Bar = readonly number[] | null;

function tileOf(list: readonly Bar[], resolutionMs: number, firstStart: number): Tile {
  const present = list.map((bar, i) => ({ bar, end: firstStart + (i + 1) * resolutionMs }));
  const head = (end: number): Partial<ColumnHead> => {
    const bar = present.find((candidate) => candidate.end === end)!.bar ?? [Number.NaN, Number.NaN];
    const asPrice = (value: number): Price => value as Price;
    return {
      open: asPrice(bar[0]!),
      high: asPrice(Math.max(...bar)),
      low: asPrice(Math.min(...bar)),
      close: asPrice(bar.at(-1)!),
    };
  };
  return aTile({ resolutionMs, ends: present.map(({ end }) => end), head });
}

describe('candles', () => {
  test('a candle has the first open, the last close and the extremes of its columns; silence adds nothing', () => {
    fc.assert(
      fc.property(bars, fc.constantFrom(1_000, 5_000, 60_000), (list, durationMs) => {
        const candles = mergeCandles([tileOf(list, 1_000, T0)], T0, T0 + 60_000, durationMs);
        const groups = new Map<number, (readonly number[])[]>();
        for (const [i, bar] of list.entries()) {
          const start = Math.floor((T0 + i * 1_000) / durationMs) * durationMs;
          if (bar !== null) groups.set(start, [...(groups.get(start) ?? []), bar]);
        }
        expect(candles).toEqual(
          [...groups].map(([start, group]) => ({
            start,
            durationMs,
            open: group[0]![0],
            high: Math.max(...group.flat()),
            low: Math.min(...group.flat()),
            close: group.at(-1)!.at(-1),
          })),
        );
      }),
    );
  });

  test('coarse columns stand alone where fine ones do not reach back, each time is drawn once', () => {
    const coarse = tileOf(
      Array.from({ length: 3 }, () => [100, 110]),
      900_000,
      T0 - 2_700_000,
    );
    const fine = tileOf(
      Array.from({ length: 60 }, () => [120, 130]),
      60_000,
      T0 - 900_000,
    );
    const candles = mergeCandles([coarse, fine], T0 - 2_700_000, T0, 300_000);
    expect(candles.map(({ start, durationMs, open }) => [(start - T0) / 60_000, durationMs / 60_000, open])).toEqual([
      [-45, 15, 100],
      [-30, 15, 100],
      [-15, 5, 120],
      [-10, 5, 120],
      [-5, 5, 120],
    ]);
  });
});

describe('tags', () => {
  const tags = fc.array(
    fc.record({ y: fc.double({ min: -50, max: 450, noNaN: true }), height: fc.integer({ min: 10, max: 24 }) }),
    { maxLength: 8 },
  );

  test('tags never overlap, keep their order and stay inside', () => {
    fc.assert(
      fc.property(tags, (wishes) => {
        const middles = spreadTags(wishes, 0, 400);
        const order = wishes.map((_, i) => i).sort((a, b) => wishes[a]!.y - wishes[b]!.y || a - b);
        let edge = -1e-9;
        for (const i of order) {
          expect(middles[i]! - wishes[i]!.height / 2).toBeGreaterThanOrEqual(edge);
          edge = middles[i]! + wishes[i]!.height / 2 - 1e-9;
        }
        expect(edge).toBeLessThanOrEqual(400);
      }),
    );
  });

  test('a tag that nobody pushes stands where it wants', () => {
    expect(
      spreadTags(
        [
          { y: 50, height: 20 },
          { y: 90, height: 20 },
        ],
        0,
        400,
      ),
    ).toEqual([50, 90]);
    expect(
      spreadTags(
        [
          { y: 60, height: 20 },
          { y: 55, height: 20 },
        ],
        0,
        400,
      ),
    ).toEqual([75, 55]);
  });
});
