import { expect, test } from 'vitest';
import type { Price, UnixMs } from '@liquidation-heatmap/core';
import { priceAtY, timeAtX, type Viewport } from '@liquidation-heatmap/picture';
import { changedView } from './view-change.js';

const view: Viewport = {
  from: 1_700_000_000_000 as UnixMs,
  to: 1_700_000_900_000 as UnixMs,
  low: 50_000 as Price,
  high: 60_000 as Price,
  plot: { x: 10, y: 20, width: 800, height: 400 },
  width: 880,
  height: 440,
  pixelRatio: 1,
};

test('what was under the finger before a pan is under it after', () => {
  const moved = changedView(view, { kind: 'pan', dx: 37, dy: -12 });
  expect(timeAtX(moved, 137)).toBeCloseTo(timeAtX(view, 100), 3);
  expect(priceAtY(moved, 88)).toBeCloseTo(priceAtY(view, 100), 6);
});

test('time and price under the pointer stay there when zooming, and each axis takes its own factor', () => {
  const zoomed = changedView(view, { kind: 'zoom', x: 300, y: 120, factorX: 2, factorY: 1.25 });
  expect(timeAtX(zoomed, 300)).toBeCloseTo(timeAtX(view, 300), 3);
  expect(priceAtY(zoomed, 120)).toBeCloseTo(priceAtY(view, 120), 6);
  expect((view.to - view.from) / (zoomed.to - zoomed.from)).toBeCloseTo(2, 9);
  expect(Math.log(view.high / view.low) / Math.log(zoomed.high / zoomed.low)).toBeCloseTo(1.25, 9);
});
