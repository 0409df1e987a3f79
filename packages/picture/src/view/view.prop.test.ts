import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aFrame, aTile, aView } from '../../test/sketches.js';
import { priceAtY, timeAtX, xOfTime, yOfPrice, type Viewport } from '../viewport.js';
import { fitPriceRange } from './fit-view.js';
import { layoutPlot, widthClassOf } from './layout-plot.js';
import { panView, zoomView } from './move-view.js';

const views: fc.Arbitrary<Viewport> = fc
  .record({
    from: fc.double({ min: 1.6e12, max: 1.8e12, noNaN: true }),
    span: fc.double({ min: 6_000, max: 1e10, noNaN: true }),
    low: fc.double({ min: -3, max: 5, noNaN: true }).map((log) => 10 ** log),
    ratio: fc.double({ min: 1.005, max: 7, noNaN: true }),
    width: fc.integer({ min: 100, max: 4_000 }),
    height: fc.integer({ min: 100, max: 2_000 }),
    inset: fc.integer({ min: 0, max: 50 }),
  })
  .map(({ from, span, low, ratio, width, height, inset }) => {
    const view = aView({ from, to: from + span, low, high: low * ratio, width, height });
    return {
      ...view,
      plot: { x: inset, y: inset / 2, width, height },
      width: width + 2 * inset,
      height: height + inset,
    };
  });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('places and values', () => {
  test('S11: x and time, y and price are inverse far below a hundredth of a pixel', () => {
    fc.assert(
      fc.property(views, share, share, (view, a, b) => {
        const x = view.plot.x + a * view.plot.width;
        const y = view.plot.y + b * view.plot.height;
        expect(Math.abs(xOfTime(view, timeAtX(view, x)) - x)).toBeLessThan(1e-2);
        expect(Math.abs(yOfPrice(view, priceAtY(view, y)) - y)).toBeLessThan(1e-3);
      }),
    );
  });

  test('S11: higher prices stand higher, equal ratios stand equally far apart', () => {
    fc.assert(
      fc.property(views, share, share, (view, a, b) => {
        const [p, q] = [view.low * 2 ** a, view.low * 2 ** b];
        if (p < q) expect(yOfPrice(view, p)).toBeGreaterThan(yOfPrice(view, q) - 1e-9);
        const step = yOfPrice(view, p) - yOfPrice(view, p * 1.001);
        expect(step).toBeCloseTo(yOfPrice(view, q) - yOfPrice(view, q * 1.001), 6);
      }),
    );
  });
});

describe('moving', () => {
  test('zooming keeps time and price under the anchor in place', () => {
    fc.assert(
      fc.property(views, share, share, fc.double({ min: 0.1, max: 10, noNaN: true }), (view, a, b, factor) => {
        const x = view.plot.x + a * view.plot.width;
        const y = view.plot.y + b * view.plot.height;
        const zoomed = zoomView(view, factor, x, y);
        const tolerance = (zoomed.to - zoomed.from) * 1e-6 + 1e-3;
        expect(Math.abs(timeAtX(zoomed, x) - timeAtX(view, x))).toBeLessThan(tolerance);
        expect(priceAtY(zoomed, y) / priceAtY(view, y)).toBeCloseTo(1, 9);
      }),
    );
  });

  test('however far one zooms, the view keeps a time and a price span that can be drawn', () => {
    fc.assert(
      fc.property(views, fc.constantFrom(1e-9, 1e9), (view, factor) => {
        const zoomed = zoomView(view, factor, view.plot.x, view.plot.y);
        expect(zoomed.to - zoomed.from).toBeGreaterThan(4_999);
        expect(zoomed.to - zoomed.from).toBeLessThan(1e11);
        expect(zoomed.high / zoomed.low).toBeGreaterThan(1.003);
        expect(zoomed.high / zoomed.low).toBeLessThan(8.001);
        expect(zoomed.low).toBeGreaterThan(0);
      }),
    );
  });

  test('zooming one axis leaves the other alone', () => {
    fc.assert(
      fc.property(views, (view) => {
        const time = zoomView(view, 2, view.plot.x, view.plot.y, 'time');
        expect([time.low, time.high]).toEqual([view.low, view.high]);
        const price = zoomView(view, 2, view.plot.x, view.plot.y, 'price');
        expect([price.from, price.to]).toEqual([view.from, view.to]);
      }),
    );
  });

  test('content follows the pointer when dragged, and dragging back restores the view', () => {
    fc.assert(
      fc.property(views, fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500, max: 500 }), (view, dx, dy) => {
        const moved = panView(view, dx, dy);
        const x = view.plot.x + 20;
        const y = view.plot.y + 20;
        const tolerance = (view.to - view.from) * 1e-6 + 1e-3;
        expect(Math.abs(timeAtX(moved, x + dx) - timeAtX(view, x))).toBeLessThan(tolerance);
        expect(priceAtY(moved, y + dy) / priceAtY(view, y)).toBeCloseTo(1, 9);
        expect(panView(moved, -dx, -dy).high / view.high).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe('fitting', () => {
  const T0 = 1_700_000_000_000;

  test('a calm market gets 3 % around the mark on both sides', () => {
    const frame = aFrame([
      aTile({
        resolutionMs: 1_000,
        ends: [T0],
        head: () => ({ high: 61_010 as never, low: 60_990 as never, close: 61_000 as never }),
      }),
    ]);
    const range = fitPriceRange(frame, T0 - 60_000, T0);
    expect(range!.high / 61_000).toBeCloseTo(1.03, 9);
    expect(61_000 / range!.low).toBeCloseTo(1.03, 9);
  });

  test('a wild market gets 1.5 times its range, counted only in the time in view', () => {
    const wild = aTile({
      resolutionMs: 1_000,
      ends: [T0],
      head: () => ({ high: 63_000 as never, low: 57_000 as never, close: 60_000 as never }),
    });
    const past = aTile({
      resolutionMs: 1_000,
      ends: [T0 - 1e6],
      head: () => ({ high: 90_000 as never, low: 10_000 as never }),
    });
    const range = fitPriceRange(aFrame([past, wild]), T0 - 60_000, T0);
    expect(range!.high / 60_000).toBeCloseTo(1.15, 9);
  });

  test('without a price there is nothing to fit', () => {
    expect(fitPriceRange(aFrame([]), 0, T0)).toBeUndefined();
    const silent = aTile({
      resolutionMs: 1_000,
      ends: [T0],
      head: () => ({ high: Number.NaN as never, low: Number.NaN as never, close: Number.NaN as never }),
    });
    expect(fitPriceRange(aFrame([silent]), 0, T0)).toBeUndefined();
  });
});

describe('layout', () => {
  test.each([
    [280, 'mini', 280],
    [360, 'compact', 360],
    [600, 'medium', 534],
    [1200, 'full', 1124],
  ] as const)('S77: %d px is %s and gives the plot %d px', (width, widthClass, plotWidth) => {
    expect(widthClassOf(width)).toBe(widthClass);
    expect(layoutPlot(width, 400).width).toBe(plotWidth);
  });

  test('the plot lies inside the element and is never empty', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 3_000 }), (width, height) => {
        const plot = layoutPlot(width, height);
        expect(plot.width).toBeGreaterThanOrEqual(1);
        expect(plot.height).toBeGreaterThanOrEqual(1);
        expect(plot.x + plot.width).toBeLessThanOrEqual(width);
        expect(plot.y + plot.height).toBeLessThanOrEqual(height);
      }),
    );
  });
});
