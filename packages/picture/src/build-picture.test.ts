import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fraction, ObservedPrint, Price, SourceStatus, Tile, UnixMs, Usd } from '@liquidation-heatmap/core';
import { aFrame, aTheme, aTile } from '../test/sketches.js';
import { buildCrosshair, buildPicture, type PictureInput } from './build-picture.js';
import type { CandlesItem, DrawItem, HatchItem, LineItem, MarkerItem, TextItem } from './draw-list.js';
import { textWidth } from './ticks/text-width.js';
import { layoutPlot } from './view/layout-plot.js';
import { xOfTime, yOfPrice, type Viewport } from './viewport.js';

const T0 = 1_700_000_100_000;

function seconds(from: number, to: number, resolutionMs = 1_000): readonly number[] {
  return Array.from(
    { length: (to - from) / (resolutionMs / 1_000) },
    (_, i) => T0 + from * 1_000 + (i + 1) * resolutionMs,
  );
}

function viewOf(width: number, height: number, fromS = -60, toS = 20): Viewport {
  return {
    from: (T0 + fromS * 1_000) as UnixMs,
    to: (T0 + toS * 1_000) as UnixMs,
    low: 59_000 as Price,
    high: 63_000 as Price,
    plot: layoutPlot(width, height),
    width,
    height,
    pixelRatio: 1,
  };
}

function inputOf(tiles: readonly Tile[], change: Partial<PictureInput> = {}): PictureInput {
  const frame = aFrame(tiles, { seenTime: T0 as UnixMs });
  return { frame, view: viewOf(1_200, 600), theme: aTheme, locale: 'en', timeZone: 'UTC', ...change };
}

function itemsOf<Kind extends DrawItem['kind']>(
  items: readonly DrawItem[],
  kind: Kind,
): readonly Extract<DrawItem, { kind: Kind }>[] {
  return items.filter((item): item is Extract<DrawItem, { kind: Kind }> => item.kind === kind);
}

const full = [aTile({ resolutionMs: 1_000, ends: seconds(-60, 0) })];

describe('data layers', () => {
  test('S11: a candle stands in the middle of the time it covers, at its prices', () => {
    const { view, ...input } = inputOf(full);
    const candles: CandlesItem = itemsOf(buildPicture({ view, ...input }).plot, 'candles')[0]!;
    expect(candles.x[0]).toBeCloseTo(xOfTime(view, T0 - 59_500), 6);
    expect(candles.closeY[0]).toBeCloseTo(yOfPrice(view, 61_050), 6);
    expect(candles.highY[0]!).toBeLessThan(candles.lowY[0]!);
    expect(candles.x.length).toBe(60);
  });

  test('S11: candles of a crowded view cover more time each and never overlap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 280, max: 4_096 }), fc.integer({ min: 20, max: 4_000 }), (width, spanS) => {
        const view = viewOf(width, 400, -spanS, 0);
        const [candles] = itemsOf(buildPicture(inputOf(full, { view })).plot, 'candles');
        if (candles === undefined) return;
        for (let i = 1; i < candles.x.length; i++)
          expect(candles.x[i]! - candles.x[i - 1]!).toBeGreaterThan(candles.bodyWidth + 1);
      }),
      { numRuns: 50 },
    );
  });

  test('prices can be a line or left out', () => {
    const line = buildPicture(inputOf(full, { options: { prices: 'line' } })).plot;
    expect(itemsOf(line, 'candles')).toEqual([]);
    expect(itemsOf(line, 'line').some((item) => item.stroke === 'priceLine' && item.dash === undefined)).toBe(true);
    const none = buildPicture(inputOf(full, { options: { prices: 'none', hasMarkLine: false } })).plot;
    expect(itemsOf(none, 'line').some((item) => item.stroke === 'priceLine' && item.dash === undefined)).toBe(false);
  });

  test('missing columns and columns without delivery are hatched, time before the first column is not', () => {
    const ends = [...seconds(-50, -40), ...seconds(-30, 0)];
    const silent = { completeness: 0 as Fraction };
    const tile = aTile({
      resolutionMs: 1_000,
      ends,
      head: (end) => (end > T0 - 10_000 && end <= T0 - 8_000 ? silent : {}),
    });
    const { view, ...input } = inputOf([tile]);
    const gaps: readonly HatchItem[] = itemsOf(buildPicture({ view, ...input }).plot, 'hatch');
    expect(
      gaps.map((gap) => [gap.x, gap.x + gap.width].map((x) => Math.round((x / view.plot.width) * 80 - 60))),
    ).toEqual([
      [-40, -30],
      [-10, -8],
    ]);
    expect(itemsOf(buildPicture(inputOf(full)).plot, 'hatch')).toEqual([]);
  });

  test('the mark line breaks where columns are missing', () => {
    const tile = aTile({ resolutionMs: 1_000, ends: [...seconds(-50, -40), ...seconds(-30, 0)] });
    const mark: LineItem = itemsOf(buildPicture(inputOf([tile])).plot, 'line').find(
      (item) => item.stroke === 'accent',
    )!;
    const breaks = mark.points.filter((_, i) => i % 2 === 0 && i > 0).filter(Number.isNaN).length;
    expect(breaks).toBe(1);
    const unknown = aTile({ resolutionMs: 1_000, ends: seconds(-9, 0), head: () => ({ mark: Number.NaN as Price }) });
    expect(itemsOf(buildPicture(inputOf([unknown])).plot, 'line').some((item) => item.stroke === 'accent')).toBe(false);
  });

  test('S12: now is marked, and what lies beyond is called a projection', () => {
    const { view, ...input } = inputOf(full);
    const { plot } = buildPicture({ view, ...input });
    const label = itemsOf(plot, 'text').find((item) => item.text === 'Projection')!;
    const boundary = itemsOf(plot, 'line').find((item) => item.dash?.[0] === 3)!;
    expect(Math.abs(boundary.points[0]! - xOfTime(view, T0))).toBeLessThanOrEqual(1);
    expect(label.x).toBeGreaterThan(boundary.points[0]!);
    const past = buildPicture(inputOf(full, { view: viewOf(1_200, 600, -60, -10) })).plot;
    expect(itemsOf(past, 'text').some((item) => item.text === 'Projection')).toBe(false);
    expect(itemsOf(past, 'line').some((item) => item.dash?.[0] === 3)).toBe(false);
  });

  test('S41: liquidated longs point down and shorts up, in the color of their side, larger for more', () => {
    const print = (positionSide: 'long' | 'short', notional: number, seenTime = T0): ObservedPrint => ({
      eventTime: (T0 - 5_000) as UnixMs,
      seenTime: seenTime as UnixMs,
      venue: 'binance',
      positionSide,
      price: 61_000 as Price,
      notional: notional as Usd,
    });
    const prints = [print('short', 1e4), print('long', 1e6), print('long', 1e9, T0 + 1)];
    const frame = aFrame(full, { seenTime: T0 as UnixMs, prints });
    const markers: readonly MarkerItem[] = itemsOf(buildPicture(inputOf(full, { frame })).plot, 'marker');
    expect(markers.map(({ shape, fill }) => [shape, fill])).toEqual([
      ['triangle-down', 'long'],
      ['triangle-up', 'short'],
    ]);
    expect(markers[0]!.radius).toBeGreaterThan(markers[1]!.radius);
    const longs = buildPicture(inputOf(full, { frame, options: { sides: 'long' } })).plot;
    expect(itemsOf(longs, 'marker').map((marker) => marker.fill)).toEqual(['long']);
  });
});

describe('words on the picture', () => {
  const texts = (input: PictureInput): readonly string[] => {
    const { plot, chrome } = buildPicture(input);
    return [...itemsOf(plot, 'text'), ...itemsOf(chrome, 'text')].map((item) => item.text);
  };

  test('S23: "Estimated" stands on every picture, with what it lacks where there is room', () => {
    const relative = aFrame(full, { seenTime: T0 as UnixMs, scale: 'relative', basis: 'prior-only' });
    expect(texts(inputOf(full))).toContain('Estimated');
    expect(texts(inputOf(full, { frame: relative }))).toContain('Estimated · relative - no open interest · prior only');
    expect(
      texts(inputOf(full, { frame: relative, view: viewOf(280, 200) })).some((text) => text.startsWith('Estimated')),
    ).toBe(true);
    expect(texts(inputOf(full, { options: { hasEstimatedLabel: false } }))).not.toContain('Estimated');
  });

  test.each([
    ['simulated', 'live', 'SIMULATED'],
    ['recorded', 'live', 'RECORDED'],
    ['live', 'frozen', 'FROZEN'],
  ] as const)('a source that is %s and %s carries the watermark %s', (origin, state, word) => {
    const status: SourceStatus = { state, origin, detail: '', dataTime: T0 as UnixMs, venues: [] };
    expect(texts(inputOf(full, { status }))).toContain(word);
    expect(texts(inputOf(full, { status, options: { hasWatermark: false } }))).not.toContain(word);
  });

  test('a live market carries no watermark', () => {
    const status: SourceStatus = { state: 'live', origin: 'live', detail: '', dataTime: T0 as UnixMs, venues: [] };
    expect(
      texts(inputOf(full, { status })).filter((text) => text === text.toUpperCase() && /[A-Z]{5}/.test(text)),
    ).toEqual([]);
  });

  test('the last price has a tag with the decimals of the tick', () => {
    expect(texts(inputOf(full))).toContain('61,050.0');
  });

  test('S77: nothing on the price axis overlaps at any size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 4_096 }), fc.integer({ min: 80, max: 2_160 }), (width, height) => {
        const { chrome } = buildPicture(inputOf(full, { view: viewOf(width, height) }));
        const axis: readonly TextItem[] = itemsOf(chrome, 'text').filter((item) => item.isMono === true);
        const ys = axis.map((item) => item.y).sort((a, b) => a - b);
        for (let i = 1; i < ys.length; i++) expect(ys[i]! - ys[i - 1]!).toBeGreaterThanOrEqual(14);
        for (const item of axis) {
          const right = item.align === 'left' ? item.x + textWidth(item.text, item.size) : item.x;
          expect(right).toBeLessThanOrEqual(width);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the cursor', () => {
  test('the crosshair names price and time where it stands, and only inside the plot', () => {
    const view = viewOf(1_200, 600);
    const cursor = { x: xOfTime(view, T0 - 30_000), y: yOfPrice(view, 60_500) };
    const { plot, chrome } = buildCrosshair(inputOf(full, { view, cursor }));
    expect(plot).toHaveLength(2);
    expect(itemsOf(chrome, 'text').map((item) => item.text)).toEqual(['60,500.0', 'Nov 14, 2023, 22:14:30']);
    expect(buildCrosshair(inputOf(full, { view, cursor: { x: view.plot.width + 5, y: 5 } }))).toEqual({
      plot: [],
      chrome: [],
    });
    expect(buildCrosshair(inputOf(full, { view }))).toEqual({ plot: [], chrome: [] });
  });

  test('its tags stay on the element at the edges', () => {
    const view = viewOf(320, 200);
    for (const cursor of [
      { x: 0, y: 0 },
      { x: view.plot.width, y: view.plot.height },
    ]) {
      for (const item of itemsOf(buildCrosshair(inputOf(full, { view, cursor })).chrome, 'text')) {
        const half = item.align === 'center' ? textWidth(item.text, item.size) / 2 : 0;
        expect(item.x - half).toBeGreaterThanOrEqual(0);
        expect(item.x + half).toBeLessThanOrEqual(320);
        expect(item.y).toBeGreaterThan(5);
        expect(item.y).toBeLessThanOrEqual(200);
      }
    }
  });
});

test('the same input gives the same list, and an empty frame gives one without data', () => {
  expect(buildPicture(inputOf(full))).toEqual(buildPicture(inputOf(full)));
  const { plot } = buildPicture(inputOf([]));
  expect([...itemsOf(plot, 'candles'), ...itemsOf(plot, 'hatch'), ...itemsOf(plot, 'marker')]).toEqual([]);
});
