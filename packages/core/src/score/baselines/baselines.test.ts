import { describe, expect, test } from 'vitest';
import { eventsOf, instrumentOf, START } from '../../../test/market.js';
import { PRIOR } from '../../cohorts/distance-classes.js';
import { ROW_RATIO } from '../../grid/price-lattice.js';
import type { MarketEvent } from '../../model/market-event.js';
import type { Fraction } from '../../model/units.js';
import { scoreEdges, sumOf } from '../score-bins.js';
import { mirroredModel, type ScoreModel } from '../score-model.js';
import { BASELINES, isBaselineName } from './baselines.js';
import { pyLiquidationMapModel } from './py-liquidation-map.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const spec = instrumentOf('binance');
const on = eventsOf(spec);
const PRICE = 50_000;
const edges = scoreEdges(PRICE);
const still = (ms: number, price = PRICE, size = 0) => on.bar(ms, 5 * MINUTE, [price, price, price, price], size);

function told(model: ScoreModel, events: readonly MarketEvent[]): ScoreModel {
  for (const event of [on.listed(), ...events]) model.apply(event);
  return model;
}

/** Percent from `PRICE` and USD of the bins that hold something. */
function heldBy(bins: Float64Array): readonly (readonly [percent: number, usd: number])[] {
  return [...bins].flatMap((usd, i) =>
    usd > 1e-6 ? [[Math.round(400 * (((edges[i]! + edges[i + 1]!) / 2 / PRICE) * 100 - 100)) / 400, usd] as const] : [],
  );
}

/** Mass within a quarter percent of a signed distance, USD. */
function near(bins: Float64Array, percent: number): number {
  return heldBy(bins).reduce((sum, [at, usd]) => sum + (Math.abs(at - percent) <= 0.26 ? usd : 0), 0);
}

describe('uniform (B1)', () => {
  const { long, short } = told(BASELINES.uniform(), [still(0), on.openInterest(0, 960)]).density(edges);

  test('spreads the open interest evenly, longs below and shorts above', () => {
    expect(sumOf(long) + sumOf(short)).toBeCloseTo(960 * PRICE, 3);
    expect(long[0]).toBeCloseTo((960 * PRICE) / 96, 3);
    expect(long[47]).toBeCloseTo(long[0]!, 3);
    expect(long[48]).toBe(0);
    expect(short[47]).toBe(0);
    expect(short[48]).toBeCloseTo(long[0]!, 3);
  });
});

describe('fixed levels (B2)', () => {
  const { long, short } = told(BASELINES['fixed-levels'](), [still(0), on.openInterest(0, 200)]).density(edges);

  test('puts all within 12 % at 1, 2, 4 and 10 % with the weights of 100x, 50x, 25x and 10x', () => {
    [
      [1, 0.1],
      [2, 0.2],
      [4, 0.25],
      [10, 0.3],
    ].forEach(([percent, weight]) => {
      expect(near(long, -percent!)).toBeCloseTo(100 * PRICE * weight!, 3);
      expect(near(short, percent!)).toBeCloseTo(100 * PRICE * weight!, 3);
    });
    expect(sumOf(long)).toBeCloseTo(100 * PRICE * 0.85, 3);
  });
});

describe('py-liquidation-map (B3)', () => {
  const build = (...events: readonly MarketEvent[]) => told(BASELINES['py-liquidation-map'](), events).density(edges);

  test('a taken buy of 100,000 USD puts its whole amount at each of four levels below, one of less puts nothing', () => {
    const { long, short } = build(on.trade(0, PRICE, 2), on.trade(1, PRICE, 1.9));
    for (const percent of [-1, -2, -4, -10])
      expect(near(long, percent)).toBeCloseTo(2 * PRICE * (1 + percent / 100), -3);
    expect(sumOf(short)).toBe(0);
    expect(heldBy(long).every(([at]) => [-1, -2, -4, -10].some((level) => Math.abs(at - level) < 0.3))).toBe(true);
  });

  test('a sell goes above, and a bar counts as one buy and one sell', () => {
    expect(sumOf(build(on.trade(0, PRICE, 2, 'sell')).long)).toBe(0);
    const { long, short } = build(still(0, PRICE, 10));
    expect(near(long, -2)).toBeCloseTo(5 * PRICE * 0.98, -3);
    expect(near(short, 4)).toBeCloseTo(5 * PRICE * 1.04, -3);
  });

  test('a bar whose trades came one by one is not counted again', () => {
    const both = build(on.trade(0, PRICE, 4), on.bar(6 * MINUTE, 5 * MINUTE, [PRICE, PRICE, PRICE, PRICE], 4));
    expect(near(both.long, -1)).toBeCloseTo(4 * PRICE * 0.99, -3);
  });

  test('after a day it is forgotten', () => {
    expect(sumOf(build(on.trade(0, PRICE, 2), on.mark(23 * HOUR, PRICE)).long)).toBeGreaterThan(0);
    expect(sumOf(build(on.trade(0, PRICE, 2), on.mark(24 * HOUR, PRICE)).long)).toBe(0);
  });

  test('it keeps what price has touched; the variant with consumption does not', () => {
    const dip = [on.trade(0, PRICE, 2), on.mark(1, PRICE), on.mark(2, PRICE * 0.97), on.mark(3, PRICE)];
    expect(near(build(...dip).long, -2)).toBeGreaterThan(0);
    const consumed = told(BASELINES['py-liquidation-map-consumed'](), dip).density(edges);
    expect(heldBy(consumed.long).every(([at]) => at < -3)).toBe(true);
    expect(near(consumed.long, -4)).toBeGreaterThan(0);
    const kept = told(pyLiquidationMapModel('kept', { windowHours: 72, isConsumed: false }), dip).density(edges);
    expect(near(kept.long, -2)).toBeGreaterThan(0);
  });
});

describe('time-evolving (B4)', () => {
  const opening = (close: number) => [
    still(0),
    on.openInterest(0, 1_000),
    on.bar(5 * MINUTE, 5 * MINUTE, [PRICE, Math.max(PRICE, close), Math.min(PRICE, close), close]),
    on.openInterest(5 * MINUTE, 1_100),
  ];
  const build = (...events: readonly MarketEvent[]) => told(BASELINES['time-evolving'](), events).density(edges);

  test('a rise of open interest in a rising candle or a doji is long, in a falling one short', () => {
    const doji = build(...opening(PRICE));
    expect(sumOf(doji.short)).toBe(0);
    // 100x, 50x, 25x and 10x lie within 12 %: 85 % of 100 coins, valued at their levels.
    expect(sumOf(doji.long)).toBeCloseTo(100 * PRICE * (0.1 * 0.99 + 0.2 * 0.98 + 0.25 * 0.96 + 0.3 * 0.9), -4);
    expect(near(doji.long, -2 * 0.996)).toBeCloseTo(20 * PRICE * 0.98, -4);
    expect(sumOf(build(...opening(PRICE * 0.9999)).long)).toBe(0);
  });

  test('levels that price touches are deleted', () => {
    const { long } = build(...opening(PRICE), on.bar(10 * MINUTE, 5 * MINUTE, [PRICE, PRICE, PRICE * 0.97, PRICE]));
    expect(heldBy(long).every(([at]) => at < -3)).toBe(true);
    expect(sumOf(long)).toBeGreaterThan(0);
  });

  test('a fall of open interest scales what stands by its share', () => {
    const before = sumOf(build(...opening(PRICE)).long);
    expect(sumOf(build(...opening(PRICE), still(10 * MINUTE), on.openInterest(10 * MINUTE, 1_075)).long)).toBeCloseTo(
      0.75 * before,
      3,
    );
    expect(sumOf(build(...opening(PRICE), still(10 * MINUTE), on.openInterest(10 * MINUTE, 500)).long)).toBe(0);
  });
});

describe('heat (B5)', () => {
  const REACHABLE = PRIOR.reduce((sum, share) => sum + share, 0);
  const wide = scoreEdges(PRICE, 0.5, 400);
  const ratio = (longShare: number): MarketEvent => ({
    kind: 'long-short-ratio',
    instrument: spec.id,
    eventTime: START,
    seenTime: START,
    population: 'all-accounts',
    longShare: longShare as Fraction,
  });
  const opening = [still(0), on.openInterest(0, 1_000), still(5 * MINUTE), on.openInterest(5 * MINUTE, 1_100)];
  const sizeOf = (bins: Float64Array) => bins.reduce((sum, usd, i) => sum + usd / ((wide[i]! + wide[i + 1]!) / 2), 0);

  test('both sides stand for the reachable share of the whole open interest', () => {
    const { long, short } = told(BASELINES['heat-both'](), opening).density(wide);
    expect(sizeOf(long)).toBeCloseTo(1_100 * REACHABLE, 0);
    expect(sizeOf(short)).toBeCloseTo(1_100 * REACHABLE, 0);
  });

  test('the first version splits a rise by the long/short ratio, to the same total', () => {
    const { long, short } = told(BASELINES.heat(), [ratio(0.75), ...opening]).density(wide);
    expect(sizeOf(long)).toBeCloseTo(2 * 1_100 * REACHABLE * 0.75, 0);
    expect(sizeOf(short)).toBeCloseTo(2 * 1_100 * REACHABLE * 0.25, 0);
  });

  test('the distances are those of the engine’s prior', () => {
    const { long } = told(BASELINES['heat-both'](), opening).density(
      Float64Array.from([PRICE * 0.954, PRICE * 0.966, PRICE * 0.975]),
    );
    // Classes 3.4-4.6 % and 2.5-3.4 %.
    expect(long[0]! / (PRICE * 0.96)).toBeCloseTo(1_100 * PRIOR[6]!, 0);
    expect(long[1]! / (PRICE * 0.9705)).toBeCloseTo(1_100 * PRIOR[5]!, 0);
  });

  test('an older rise weighs half as much after seven days', () => {
    const days = 7 * 24 * HOUR;
    const far = PRICE * 1.3;
    const events = [
      ...opening,
      on.bar(days, 5 * MINUTE, [far, far, far, far]),
      on.openInterest(days, 1_100),
      on.bar(days + 5 * MINUTE, 5 * MINUTE, [far, far, far, far]),
      on.openInterest(days + 5 * MINUTE, 1_200),
    ];
    const { long } = told(BASELINES['heat-both'](), events).density(Float64Array.from([0.5 * PRICE, PRICE, 2 * PRICE]));
    const inCoins = [long[0]! / (PRICE * 0.92), long[1]! / (far * 0.92)];
    // The later rise reaches down to 0.975 of the first price, so the two overlap a little.
    expect(inCoins[0]! / inCoins[1]!).toBeGreaterThan(0.45);
    expect(inCoins[0]! / inCoins[1]!).toBeLessThan(0.6);
  });

  test('a cohort that price has crossed is gone', () => {
    const dip = on.bar(10 * MINUTE, 5 * MINUTE, [PRICE, PRICE, PRICE * 0.96, PRICE]);
    const { long, short } = told(BASELINES['heat-both'](), [...opening, dip]).density(edges);
    expect(heldBy(long).every(([at]) => at < -3.8)).toBe(true);
    expect(sumOf(short)).toBeGreaterThan(0);
  });
});

describe('every baseline', () => {
  const names = Object.keys(BASELINES).filter(isBaselineName);

  test.each(names)('%s says nothing before it has heard anything, and answers for any bins', (name) => {
    const model = BASELINES[name]();
    expect(sumOf(model.density(edges).long)).toBe(0);
    for (const event of [on.listed(), still(0, PRICE, 100), on.openInterest(0, 10)]) model.apply(event);
    expect(model.density(edges).long).toHaveLength(96);
    expect(model.name).toBe(name);
  });

  test.each(names)('%s is additive: halves of bins add up to the bins', (name) => {
    const model = told(BASELINES[name](), busy());
    const coarse = model.density(edges);
    const fine = model.density(scoreEdges(PRICE, 0.12, 192));
    for (const side of ['long', 'short'] as const) {
      expect(sumOf(coarse[side])).toBeGreaterThan(0);
      coarse[side].forEach((usd, i) => {
        expect(fine[side][2 * i]! + fine[side][2 * i + 1]!).toBeCloseTo(usd, 3);
      });
    }
  });

  test.each(names)('%s adds venues up, each moved to the reference’s price', (name) => {
    const alone = told(BASELINES[name](), busy()).density(edges);
    const model = told(BASELINES[name](), busy());
    // Ten rows higher, so that levels fall on the same parts of rows.
    const factor = ROW_RATIO ** 10;
    const other = eventsOf(instrumentOf('bybit'));
    for (const event of [other.listed(), ...busy(other, factor)]) model.apply(event);
    const both = model.density(edges);
    both.long.forEach((usd, i) => expect(usd / 1e6).toBeCloseTo(((1 + factor) * alone.long[i]!) / 1e6, 6));
  });
});

test('a mirrored model tells of above what its base tells of below', () => {
  const base = told(BASELINES.heat(), busy());
  const { long, short } = base.density(edges);
  const mirrored = mirroredModel(base, () => PRICE).density(edges);
  expect([...mirrored.short].reverse().map(Math.round)).toEqual([...long].map(Math.round));
  expect([...mirrored.long].reverse().map(Math.round)).toEqual([...short].map(Math.round));
  expect(() => mirroredModel(base, () => PRICE / 3).density(edges)).toThrow('below twice the price');
});

/** Hours of bars that rise and fall with changing open interest. */
function busy(of = on, factor = 1): readonly MarketEvent[] {
  const priceAt = (i: number) => factor * (i === 59 ? PRICE : PRICE * (1 + 0.01 * Math.sin(i / 3)));
  return Array.from({ length: 60 }, (_, i) => {
    const ms = i * 5 * MINUTE;
    const [open, close] = [priceAt(i - 1), priceAt(i)];
    const range = [open, Math.max(open, close), Math.min(open, close), close] as const;
    return [of.bar(ms, 5 * MINUTE, range, 50), of.openInterest(ms, 1_000 + 50 * i - 40 * (i % 3))];
  }).flat();
}
