import { describe, expect, test } from 'vitest';
import { trueDensity } from '@liquidation-heatmap/simulator';
import { scoreEdges } from '@liquidation-heatmap/core/score';
import { FlowLog, forcedSince, sweptEdges } from './flow-log.js';
import { openMarket, type ScoreMarket } from './open-market.js';
import { scoreMarket } from './score-market.js';
import { StepPath } from './step-path.js';
import { trueBins } from './true-bins.js';

const request = { world: 'momentum', seed: 3, days: 0.25, feed: 'complete' } as const;

test('no more than one step of the market is taken at a time, and never beyond its end', () => {
  const market = openMarket(request);
  const asked: number[] = [];
  const watched: ScoreMarket = {
    startTime: market.startTime,
    endTime: market.endTime,
    get time() {
      return market.time;
    },
    events: (until) => {
      asked.push(until);
      return market.events(until);
    },
    truth: () => market.truth(),
  };
  const result = scoreMarket({ ...request, models: ['uniform'], isRobust: false }, watched);
  expect(asked).toEqual(Array.from({ length: 72 }, (_, i) => market.startTime + (i + 1) * 300_000));
  expect(asked.at(-1)).toBe(market.endTime);
  expect(result).toMatchObject({ snapshots: 30, bars: 360 });
});

test('a market is scored with what its feed prints', () => {
  const counted = (feed: 'complete' | 'none') => {
    const market = openMarket({ ...request, days: 1, feed });
    const result = scoreMarket({ ...request, days: 1, feed, models: ['uniform'], isRobust: false }, market);
    const { forcedCloses } = market.truth();
    return { prints: result.prints, forced: forcedCloses.filter(({ closedAt }) => closedAt > market.startTime) };
  };
  const { prints, forced } = counted('complete');
  expect(forced.length).toBeGreaterThan(20);
  expect(prints).toBeGreaterThan(0.9 * forced.length);
  expect(prints).toBeLessThanOrEqual(forced.length);
  expect(counted('none').prints).toBe(0);
});

test('the truth of one venue is its true density', () => {
  const truth = openMarket(request).truth();
  const edges = scoreEdges(truth.venues[0]!.mark);
  expect(trueBins(truth, edges)).toEqual(trueDensity(truth, { edges, unit: 'usd' }));
});

describe('flow', () => {
  const truth = openMarket(request).truth();
  const closes = (count: number, kept: number) => ({
    ...truth,
    forcedCount: count,
    forcedCloses: Array.from({ length: kept }, (_, i) => ({
      ...truth.venues[0]!.positions[0]!,
      venue: 'simulated' as const,
      side: i % 2 === 0 ? ('long' as const) : ('short' as const),
      size: 2,
      liquidationPrice: 100,
      mark: 100,
      closedAt: i,
    })),
  });

  test('only closes since the last count are counted, per side', () => {
    expect(forcedSince(closes(10, 4), 7)).toEqual({ long: 200, short: 400 });
    expect(forcedSince(closes(10, 4), 10)).toEqual({ long: 0, short: 0 });
    expect(() => forcedSince(closes(10, 4), 5)).toThrow('must list all fresh forced closes');
  });

  test('the way down sweeps longs, the way up shorts, no way nothing', () => {
    expect([...sweptEdges(100, 90, 105)]).toEqual([90, 100, 105]);
    expect([...sweptEdges(100, 100, 105)]).toEqual([100, 105]);
    expect([...sweptEdges(100, 95, 100)]).toEqual([95, 100]);
    expect(sweptEdges(100, 100, 100)).toHaveLength(0);
  });

  test('steps add up to windows and begin anew', () => {
    const log = new FlowLog();
    log.addStep({ long: 1, short: 2 });
    log.addStep({ long: 3, short: 0 });
    log.closeWindow({ long: 5, short: 6 }, { long: 0.1, short: 0.2 }, 1_000);
    log.closeWindow({ long: 0, short: 0 }, { long: 0, short: 0 }, 1_000);
    expect(log.windows).toEqual([
      { predicted: 4, realized: 5, range: 0.1, openInterestUsd: 1_000 },
      { predicted: 2, realized: 6, range: 0.2, openInterestUsd: 1_000 },
      { predicted: 0, realized: 0, range: 0, openInterestUsd: 1_000 },
      { predicted: 0, realized: 0, range: 0, openInterestUsd: 1_000 },
    ]);
  });

  test('the path goes by the mark once there is one, and each step begins at the price before', () => {
    const market = openMarket(request);
    const path = new StepPath();
    const events = [...market.events(market.startTime + 600_000)];
    for (const event of events) path.add(event);
    const marks = events.filter((event) => event.kind === 'mark-bar');
    expect(path.price).toBe(marks.at(-1)!.close);
    expect(path.bars).toBe(10);
    path.startStep();
    expect([path.low, path.high]).toEqual([path.price, path.price]);
  });
});
