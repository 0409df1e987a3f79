import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Usd } from '@liquidation-heatmap/core';
import { legendModel } from './legend-model.js';
import { en } from './locales/en.js';

const usd = { scale: 'usd', basis: 'learned' } as const;
const relative = { scale: 'relative', basis: 'prior-only' } as const;

test('S38: the legend gives round USD between the ends, and the brightest', () => {
  const model = legendModel({ low: 10_000 as Usd, high: 12_345_678 as Usd }, usd, 'relative', en, 'en');
  expect(model.ticks.map((tick) => tick.label)).toEqual(['$2M', '$5M', '$12.3M']);
  expect(model.ticks.at(-1)!.position).toBe(1);
  expect(model.unit).toBe('USD per 0.1% price row');
});

test('S39: the scale mode is named, and what the estimate lacks', () => {
  const scale = { low: 1 as Usd, high: 1_000 as Usd };
  expect(legendModel(scale, usd, 'absolute', en, 'en').scaleLabel).toBe('absolute scale');
  expect(legendModel(scale, relative, 'relative', en, 'en').scaleLabel).toBe(
    'relative scale · no open interest · prior only',
  );
});

test('S39: without open interest the legend gives percent, never USD', () => {
  const model = legendModel({ low: 1_000 as Usd, high: 1_000_000 as Usd }, relative, 'relative', en, 'en');
  expect(model.ticks.at(-1)).toEqual({ position: 1, label: '100%' });
  expect(model.ticks.map((tick) => tick.label).join()).not.toContain('$');
  expect(model.unit).not.toContain('USD');
});

test('ticks ascend, stand apart and on the bar, and no label repeats, at any scale', () => {
  const scales = fc.record({
    low: fc.double({ min: -3, max: 9, noNaN: true }).map((log) => 10 ** log),
    ratio: fc.double({ min: 8, max: 1e5, noNaN: true }),
  });
  fc.assert(
    fc.property(scales, fc.constantFrom(usd, relative), ({ low, ratio }, facts) => {
      const { ticks } = legendModel({ low: low as Usd, high: (low * ratio) as Usd }, facts, 'relative', en, 'en');
      expect(new Set(ticks.map((tick) => tick.label)).size).toBe(ticks.length);
      expect(ticks.length).toBeGreaterThanOrEqual(1);
      for (let i = 0; i < ticks.length; i++) {
        expect(ticks[i]!.position).toBeGreaterThanOrEqual(0);
        if (i > 0) expect(ticks[i]!.position - ticks[i - 1]!.position).toBeGreaterThanOrEqual(0.219);
      }
    }),
  );
});

test('without a scale there are no ticks, but still words', () => {
  const model = legendModel(undefined, usd, 'relative', en, 'en');
  expect(model.ticks).toEqual([]);
  expect(model.title).toBe('Estimated exposure');
});
