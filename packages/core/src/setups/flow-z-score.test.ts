import { expect, test } from 'vitest';
import { SeededRandom } from '../numeric/seeded-random.js';
import type { UnixMs, Usd } from '../model/units.js';
import { FlowZScore } from './flow-z-score.js';

const START = 1_700_000_000;

/** One trade a second of a size that changes, and the clock; returns the next second. */
function quiet(flow: FlowZScore, seconds: number, from = START, factor = 1): number {
  const random = new SeededRandom(from);
  for (let second = from; second < from + seconds; second++) {
    const time = (second * 1_000) as UnixMs;
    flow.add(time, 'sell', (factor * (100 + random.integer(100))) as Usd);
    flow.advance(time);
  }
  return from + seconds;
}

test('S54: ordinary flow scores near 0, ten times as much scores high, and the other side is not affected', () => {
  const flow = new FlowZScore();
  const second = quiet(flow, 3_620);
  expect(Math.abs(flow.zOf('sell') ?? NaN)).toBeLessThan(3);
  quiet(flow, 11, second, 10);
  expect(flow.zOf('sell')).toBeGreaterThan(20);
  expect(flow.zOf('buy')).toBeUndefined();
});

test('S54: a cascade of two minutes does not hide the flow that is still five times the usual', () => {
  const flow = new FlowZScore();
  const cascade = quiet(flow, 120, quiet(flow, 3_500), 50);
  const after = quiet(flow, 11, cascade, 5);
  expect(flow.zOf('sell')).toBeGreaterThan(10);
  quiet(flow, 11, after);
  expect(flow.zOf('sell')).toBeLessThan(3);
});

test('a score is robust: (now - median) / (1.4826 x median absolute deviation) of the windows before', () => {
  const flow = new FlowZScore({ fedBy: 'trades', windowSeconds: 360 });
  flow.advance(((START - 1) * 1_000) as UnixMs);
  // Ten windows of 1..10 USD, then one of 20.
  [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20].forEach((usd, window) => {
    for (let second = 0; second < 360; second += 60) flow.advance(((START + window * 360 + second) * 1_000) as UnixMs);
    flow.add(((START + window * 360 + 300) * 1_000) as UnixMs, 'buy', usd as Usd);
  });
  flow.advance(((START + 11 * 360) * 1_000) as UnixMs);
  expect(flow.zOf('buy')).toBeCloseTo((20 - 5.5) / (1.4826 * 2.5), 12);
});

test('a score needs half an hour, and none is given over seconds that were not seen', () => {
  const flow = new FlowZScore();
  const half = quiet(flow, 1_812);
  expect(flow.zOf('sell')).toBeDefined();
  const early = new FlowZScore();
  quiet(early, 1_811);
  expect(early.zOf('sell')).toBeUndefined();
  flow.skip(((half + 20) * 1_000) as UnixMs);
  expect(flow.zOf('sell')).toBeUndefined();
  quiet(flow, 12, half + 20);
  expect(flow.zOf('sell')).toBeDefined();
});

test('a minute without a word is no observation, not quiet flow', () => {
  const flow = new FlowZScore();
  const second = quiet(flow, 3_620);
  flow.advance(((second + 70) * 1_000) as UnixMs);
  expect(flow.zOf('sell')).toBeUndefined();
  const silent = new FlowZScore();
  quiet(silent, 3_620);
  silent.advance(((second + 30) * 1_000) as UnixMs);
  expect(silent.zOf('sell')).toBeLessThan(-1);
});

test('bars score by the newest one while it is at most one bar old', () => {
  const flow = new FlowZScore({ fedBy: 'bars', windowSeconds: 60 });
  for (let bar = 1; bar <= 62; bar++) {
    const close = (START - (START % 60) + bar * 60) * 1_000;
    flow.addBar(
      (close + 400) as UnixMs,
      close as UnixMs,
      (100 + (bar % 7)) as Usd,
      (bar === 62 ? 900 : 100 + (bar % 5)) as Usd,
    );
  }
  const close = START - (START % 60) + 62 * 60;
  expect(flow.zOf('sell')).toBeGreaterThan(100);
  expect(Math.abs(flow.zOf('buy') ?? NaN)).toBeLessThan(3);
  flow.advance(((close + 60) * 1_000) as UnixMs);
  expect(flow.zOf('sell')).toBeGreaterThan(100);
  flow.advance(((close + 61) * 1_000) as UnixMs);
  expect(flow.zOf('sell')).toBeUndefined();
});

test('a score goes on from its state as if never interrupted', () => {
  const flow = new FlowZScore();
  const second = quiet(flow, 2_000);
  const restored = FlowZScore.restore(JSON.parse(JSON.stringify(flow.state())) as ReturnType<FlowZScore['state']>);
  for (const one of [flow, restored]) quiet(one, 100, second, 3);
  expect(flow.zOf('sell')).toBeDefined();
  expect(restored.zOf('sell')).toBe(flow.zOf('sell'));
  expect(restored.state()).toEqual(flow.state());
});

test('time that runs backwards, a mixed feed and amounts that are none are refused and change nothing', () => {
  const flow = new FlowZScore();
  quiet(flow, 20);
  const before = flow.state();
  expect(() => flow.advance(1_000 as UnixMs)).toThrow('must be finite and not decrease');
  expect(() => flow.add((START * 2_000) as UnixMs, 'buy', NaN as Usd)).toThrow(
    'must be finite and not negative, was NaN',
  );
  expect(() => flow.addBar((START * 2_000) as UnixMs, 1 as UnixMs, 1 as Usd, 1 as Usd)).toThrow('takes no bars');
  expect(flow.state()).toEqual(before);
  expect(() => new FlowZScore({ fedBy: 'trades', windowSeconds: 0 })).toThrow('was 0');
});
