import { expect, test } from 'vitest';
import { createEngine } from '../engine/create-engine.js';
import { eventsOf, instrumentOf } from '../../test/market.js';
import { scoreSnapshot } from './metrics/snapshot-score.js';
import { scoreEdges } from './score-bins.js';
import { engineModel, hasBand, mirroredDensity } from './score-model.js';

const on = eventsOf(instrumentOf('binance'));
const PRICE = 50_000;
const edges = scoreEdges(PRICE);

function model() {
  const made = engineModel(createEngine({ symbol: 'BTCUSDT', venues: ['binance'] }), 'standard');
  for (const event of [on.listed(), on.mark(0, PRICE), on.openInterest(1, 1_000), on.openInterest(300_000, 1_200)]) {
    made.apply(event);
  }
  return made;
}

test('an engine is a model as it is: density with its band, accounts that close', () => {
  const density = model().density(edges);
  expect(hasBand(density)).toBe(true);
  expect(Math.max(...density.long)).toBeGreaterThan(0);
  expect(model().conservationError?.()).toBeLessThan(1e-9);
});

test('accounts that do not close are told as a share of the open interest', () => {
  const side = { shown: 50, outOfReach: 30, outOfWindow: 10 };
  const engine = {
    apply: () => undefined,
    density: () => ({ long: new Float64Array(1), short: new Float64Array(1) }),
    totals: () => [{ reportedOpenInterest: 100, long: side, short: { ...side, shown: 60 } }],
  };
  expect(engineModel(engine, 'leaky').conservationError?.()).toBeCloseTo(0.1, 12);
});

test('mirroring twice gives the map back, band included', () => {
  const once = (of: Float64Array) => mirroredDensity(model(), of, PRICE);
  const twice = mirroredDensity({ density: once }, edges, PRICE);
  const straight = model().density(edges);
  for (const part of ['long', 'short', 'low', 'high'] as const) {
    twice[part]!.forEach((usd, i) => expect(usd).toBeCloseTo(straight[part]![i]!, 3));
  }
});

test('the truth scores perfectly against itself, and its mirror image does not know places', () => {
  const truth = {
    long: Float64Array.from({ length: 96 }, (_, i) => (i < 48 && i % 7 === 0 ? 10 + i : 0)),
    short: Float64Array.from({ length: 96 }, (_, i) => (i >= 48 && i % 11 === 0 ? 10 + i : 0)),
  };
  const own = scoreSnapshot(truth, truth, PRICE).metrics;
  expect(own).toMatchObject({
    emd: 0,
    emdSide: 0,
    hit: 1,
    capture: 1,
    logMass: 0,
    longShareError: 0,
    clusterRecall: 1,
  });
  const mirrored = scoreSnapshot(mirroredDensity({ density: () => truth }, edges, PRICE), truth, PRICE).metrics;
  expect(mirrored.emd).toBeGreaterThan(0.2);
  expect(mirrored.capture).toBeLessThan(0.5);
  expect(mirrored.logMass).toBe(0);
});

test('bands are counted near and far apart, and a model without one has none', () => {
  const long = new Float64Array(96).fill(1);
  const truth = { long, short: new Float64Array(96) };
  const low = new Float64Array(96);
  const high = Float64Array.from({ length: 96 }, (_, i) => (i >= 28 && i < 68 ? 2 : 0.5));
  const scored = scoreSnapshot({ ...truth, low, high }, truth, PRICE);
  expect(scored.near).toEqual({ bins: 40, covered: 40 });
  expect(scored.far).toEqual({ bins: 56, covered: 0 });
  expect(scoreSnapshot(truth, truth, PRICE)).toMatchObject({ near: undefined, far: undefined });
});
