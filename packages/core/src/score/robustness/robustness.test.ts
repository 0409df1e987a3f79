import { expect, test } from 'vitest';
import { eventsOf, instrumentOf } from '../../../test/market.js';
import type { MarketEvent } from '../../model/market-event.js';
import type { ScoreModel } from '../score-model.js';
import { clusterShift } from './cluster-shift.js';
import { droppedPrints, noisyOpenInterest, perturbedModel, shiftedMark } from './perturb-events.js';

const on = eventsOf(instrumentOf('binance'));
const towers = (at: Readonly<Record<number, number>>) => Float64Array.from({ length: 60 }, (_, i) => at[i] ?? 0);

test('open interest is off by at most its share, nothing else changes, and the seed repeats it', () => {
  const reports = Array.from({ length: 200 }, (_, i) => on.openInterest(i, 1_000));
  const through = (seed: number) => reports.map(noisyOpenInterest(0.01, seed)) as { size: number }[];
  const sizes = through(3).map(({ size }) => size);
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(990);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(1_010);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeGreaterThan(15);
  expect(through(3)).toEqual(through(3));
  expect(through(4)).not.toEqual(through(3));
  expect(noisyOpenInterest(0.01, 3)(on.mark(0, 5))).toEqual(on.mark(0, 5));
});

test('about the share of prints is dropped, and only prints', () => {
  const drop = droppedPrints(0.1, 5);
  const kept = Array.from({ length: 2_000 }, (_, i) => drop(on.liquidation(i, 0, 100))).filter((event) => event);
  expect(kept.length).toBeGreaterThan(1_740);
  expect(kept.length).toBeLessThan(1_860);
  const always = droppedPrints(1, 5);
  expect(always(on.trade(0, 100))).toBeDefined();
  expect(always(on.liquidation(0, 0, 100))).toBeUndefined();
});

test('the mark is shifted, bars of marks with all four prices, trades not', () => {
  const shift = shiftedMark(5);
  expect(shift(on.mark(0, 10_000))).toMatchObject({ price: 10_005 });
  const bar = { ...on.bar(0, 1_000, [100, 120, 80, 110]), kind: 'mark-bar' } as MarketEvent;
  const { open, high, low, close } = shift(bar) as unknown as Record<string, number>;
  [open, high, low, close].forEach((price, i) => expect(price).toBeCloseTo([100, 120, 80, 110][i]! * 1.0005, 9));
  expect(shift(on.trade(0, 100))).toEqual(on.trade(0, 100));
});

test('a perturbed model hears what the transform lets through', () => {
  const heard: string[] = [];
  const base: ScoreModel = {
    name: 'base',
    apply: ({ kind }) => heard.push(kind),
    density: () => ({ long: new Float64Array(1), short: new Float64Array(1) }),
  };
  const model = perturbedModel(base, 'deaf', droppedPrints(1, 1));
  for (const event of [on.mark(0, 1), on.liquidation(1, 0, 1), on.mark(2, 1)]) model.apply(event);
  expect(heard).toEqual(['mark', 'mark']);
  expect(model.conservationError).toBeUndefined();
});

test('clusters that stay have not moved; each counts the way to the nearest one', () => {
  expect(clusterShift(towers({ 10: 9, 40: 9 }), towers({ 10: 5, 40: 7 }))).toBe(0);
  expect(clusterShift(towers({ 10: 9, 40: 9 }), towers({ 12: 5, 44: 7 }))).toBe(3);
  expect(clusterShift(towers({ 10: 9 }), towers({}))).toBe(60);
  expect(clusterShift(towers({}), towers({ 10: 9 }))).toBeNaN();
});

test('only the five brightest are watched', () => {
  const many = { 5: 20, 15: 19, 25: 18, 35: 17, 45: 16, 55: 6 };
  const { 55: _dim, ...bright } = many;
  expect(clusterShift(towers(many), towers(bright))).toBe(0);
});
