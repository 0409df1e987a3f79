import { expect, test } from 'vitest';
import { SeededRandom } from '../numeric/seeded-random.js';
import type { Fraction, Price, UnixMs } from '../model/units.js';
import { magnetCases, magnetLift, type MagnetCase, type PlacedCluster } from './magnet-lift.js';
import { isLiftShown } from './magnet.js';
import { isTouched, trailingRange, type PricePath } from './price-path.js';

const BAR = 300_000;
const HOUR = 3_600_000;
const BARS_A_DAY = 288;
const DAYS = 40;

interface Market {
  readonly path: PricePath;
  readonly clusters: readonly PlacedCluster[];
}

/** A random walk in 5-minute bars with a cluster 1 % away every 3 hours; `pull` of each bar's step leads toward it. */
function marketOf(seed: number, pull: number): Market {
  const random = new SeededRandom(seed);
  const bars = DAYS * BARS_A_DAY;
  const path = {
    barMs: BAR,
    endTimes: Float64Array.from({ length: bars }, (_, i) => (i + 1) * BAR),
    high: new Float64Array(bars),
    low: new Float64Array(bars),
    close: new Float64Array(bars),
  };
  const clusters: PlacedCluster[] = [];
  let price = 100;
  let target: number | undefined;
  for (let i = 0; i < bars; i++) {
    if (i > 0 && i % 36 === 0) {
      const side = random.next() < 0.5 ? 'long' : 'short';
      target = price * (side === 'long' ? 0.99 : 1.01);
      const [low, high] = side === 'long' ? [target * 0.99, target] : [target, target * 1.01];
      clusters.push({ side, low: low as Price, high: high as Price, bornAt: (i * BAR) as UnixMs });
    }
    const lead = target === undefined ? 0 : pull * Math.sign(target - price);
    const open = price;
    price *= Math.exp(0.0015 * (random.normal() + lead));
    path.high[i] = Math.max(open, price);
    path.low[i] = Math.min(open, price);
    path.close[i] = price;
  }
  return { path, clusters };
}

function liftIn({ path, clusters }: Market) {
  return magnetLift(magnetCases(clusters, path, HOUR, 7), HOUR, 'recorded', 11);
}

test('S34: where clusters draw nothing the lift is not told from 1, and the word stays hidden', () => {
  const shown = [1, 2, 3, 4, 5, 6].map((seed) => liftIn(marketOf(seed, 0)));
  for (const lift of shown) expect(lift.n).toBeGreaterThan(250);
  expect(shown.filter(isLiftShown).length).toBeLessThanOrEqual(1);
  const mean = shown.reduce((sum, { lift }) => sum + (lift ?? NaN), 0) / shown.length;
  expect(mean).toBeGreaterThan(0.85);
  expect(mean).toBeLessThan(1.15);
});

test('S34: where price is drawn to clusters the whole interval lies above 1', () => {
  const lift = liftIn(marketOf(1, 0.4));
  expect(lift.low95).toBeGreaterThan(1);
  expect(lift.lift).toBeGreaterThan(lift.low95!);
  expect(lift.high95).toBeGreaterThan(lift.lift!);
  expect(isLiftShown(lift)).toBe(true);
  expect(isLiftShown({ ...lift, source: 'simulated' })).toBe(false);
});

test('the same archive and seed give the same lift', () => {
  const market = marketOf(3, 0.1);
  expect(liftIn(market)).toEqual(liftIn(market));
});

test('clusters without a price at birth, a whole horizon or an hour before are left out, as are those behind the price', () => {
  const { path } = marketOf(1, 0);
  const at = (bar: number, from: number, to: number): PlacedCluster => ({
    side: 'long',
    low: (path.close[bar]! * from) as Price,
    high: (path.close[bar]! * to) as Price,
    bornAt: ((bar + 1) * BAR) as UnixMs,
  });
  const count = (cluster: PlacedCluster) => magnetCases([cluster], path, HOUR, 1).length;
  expect(count(at(2_000, 0.98, 0.99))).toBe(1);
  expect(count({ ...at(2_000, 0.98, 0.99), bornAt: 0 as UnixMs })).toBe(0);
  expect(count(at(2_000, 1.01, 1.02))).toBe(0);
  expect(count(at(2_000, 0.99, 1.01))).toBe(0);
  expect(count(at(DAYS * BARS_A_DAY - 3, 0.8, 0.81))).toBe(0);
  expect(count(at(5, 0.98, 0.99))).toBe(0);
});

test('a bar that is missing within the horizon, or yet to come, leaves a level open, touched or not', () => {
  const path: PricePath = { barMs: 1, endTimes: [1, 2, 4], high: [10, 12, 11], low: [10, 9, 8], close: [10, 11, 8] };
  expect(isTouched(path, 0, 9, 'down', 3)).toBeUndefined();
  expect(isTouched(path, 1, 9, 'down', 5)).toBeUndefined();
  expect(isTouched(path, 0, 7, 'down', 3)).toBeUndefined();
  expect(isTouched(path, 0, 8, 'down', 1)).toBe(false);
  expect(isTouched(path, 0, 12, 'up', 1)).toBe(true);
  expect([...trailingRange(path, 2)].map((range) => Number.isNaN(range))).toEqual([true, false, true]);
});

function casesOn(days: number, n: number): readonly MagnetCase[] {
  return Array.from({ length: n }, (_, i) => ({
    seenTime: ((i % days) * 86_400_000) as UnixMs,
    isTouched: i % 3 !== 0,
    nullShare: 0.3 as Fraction,
  }));
}

test('S34: fewer than 30 clusters or 5 days have a count and a null rate, but no lift', () => {
  expect(magnetLift(casesOn(10, 29), HOUR, 'recorded', 1)).toMatchObject({ n: 29, lift: undefined, low95: undefined });
  expect(magnetLift(casesOn(4, 60), HOUR, 'recorded', 1)).toMatchObject({ n: 60, lift: undefined, low95: undefined });
  const lift = magnetLift(casesOn(5, 30), HOUR, 'recorded', 1);
  expect(lift).toMatchObject({ n: 30, touched: { n: 30, rate: 2 / 3 } });
  expect(lift.nullRate).toBeCloseTo(0.3, 12);
  expect(lift.lift).toBeCloseTo(2 / 3 / 0.3, 9);
  expect(magnetLift([], HOUR, 'recorded', 1)).toMatchObject({ n: 0, nullRate: undefined, lift: undefined });
});
