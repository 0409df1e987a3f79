import { expect, test } from 'vitest';
import { changeOf, rulesOf, secondOf } from '../../test/alert-session.js';
import { sampleCluster, sampleRun } from '../../test/sample-cluster.js';
import type { Fraction, Price, UnixMs } from '../model/units.js';
import type { Cluster } from '../model/cluster.js';
import type { MagnetSetup } from '../model/setup.js';
import { AlertEvaluator } from './alert-evaluator.js';
import type { AlertInput } from './alert-input.js';

const CLUSTER = sampleCluster({ id: 'below', low: 97, usd: 400 });
const withEnergy = (usd: number): Cluster => ({ ...CLUSTER, energy: sampleCluster({ low: 97, usd }).energy });
/** A price this far above the cluster, as a fraction of the price. */
const priceAt = (distance: number) => (CLUSTER.high / (1 - distance)) as Price;

/** What is told, as `second kind rule`. */
function tell(
  evaluator: AlertEvaluator,
  seconds: readonly (readonly [number, Partial<AlertInput>])[],
): readonly string[] {
  return seconds.flatMap(([at, told]) =>
    evaluator.step(secondOf(at, told)).map(({ ruleId, seenTime }) => `${seenTime / 1_000} ${ruleId}`),
  );
}

test('S46: a session with every change gives the expected list', () => {
  const rules = rulesOf(
    { kind: 'appear' },
    { kind: 'grow', growBy: 0.5 },
    { kind: 'move' },
    { kind: 'approach', distance: 0.01 },
    { kind: 'consume' },
    { kind: 'dissolve' },
    { kind: 'cascade', phases: ['running', 'exhausted'] },
    { kind: 'stale' },
  ).map((rule) => ({ ...rule, cooldownMs: 60_000 as typeof rule.cooldownMs }));
  const other = sampleCluster({ id: 'above', side: 'short', low: 103, usd: 400 });
  const small = sampleCluster({ id: 'small', low: 96, usd: 40 });
  const clusters = [CLUSTER];
  const far = priceAt(0.02);
  expect(
    tell(new AlertEvaluator(rules), [
      [0, { clusters, price: far, changes: [changeOf('appear', CLUSTER), changeOf('appear', small)] }],
      // Within the cooldown of the cluster.
      [30, { clusters, price: far, changes: [changeOf('move', CLUSTER)] }],
      [61, { clusters, price: far, changes: [changeOf('move', CLUSTER)] }],
      // Grown by 40 %, then by 50 % since it was first seen, then by 40 % since it was told.
      [130, { clusters, price: far, changes: [changeOf('grow', withEnergy(560))] }],
      [200, { clusters, price: far, changes: [changeOf('grow', withEnergy(600))] }],
      [270, { clusters, price: far, changes: [changeOf('grow', withEnergy(840))] }],
      [300, { clusters, price: priceAt(0.0101) }],
      [301, { clusters, price: priceAt(0.0099) }],
      [302, { clusters, price: priceAt(0.0101) }],
      [303, { clusters, price: priceAt(0.0099) }],
      [310, { clusters, cascades: [sampleRun('armed')] }],
      [311, { clusters, cascades: [sampleRun('running')] }],
      [312, { clusters, cascades: [sampleRun('exhausted')] }],
      [313, { clusters, cascades: [sampleRun('running')] }],
      // The price has passed it: it went with little left, and is judged by what it was.
      [
        400,
        { price: 96 as Price, changes: [changeOf('consume', { ...withEnergy(4), peakEnergy: CLUSTER.peakEnergy })] },
      ],
      [410, { freshness: { state: 'stale', venues: [] }, changes: [changeOf('appear', other)] }],
      [411, { changes: [changeOf('dissolve', other), changeOf('dissolve', small)] }],
    ]),
  ).toEqual([
    '0 appear',
    '61 move',
    '200 grow',
    '301 approach distance=0.01',
    '311 cascade phases=running,exhausted',
    '312 cascade phases=running,exhausted',
    '400 consume',
    '410 stale',
    '411 dissolve',
  ]);
});

test('S74: an alert carries its figures and leads back to the moment and the place', () => {
  const evaluator = new AlertEvaluator(rulesOf({ kind: 'approach', id: 'mine', distance: 0.02 }));
  expect(evaluator.step(secondOf(5, { clusters: [CLUSTER], price: priceAt(0.0125) }))).toEqual([
    {
      ruleId: 'mine',
      kind: 'approach',
      seenTime: 5_000,
      clusterId: 'below',
      values: {
        energyUsd: 400,
        energyP10Usd: 200,
        energyP90Usd: 800,
        percentile: 1,
        distance: expect.closeTo(0.0125, 12) as number,
        threshold: 0.02,
      },
      deepLink: { time: 5_000, side: 'long', low: CLUSTER.low, high: CLUSTER.high },
    },
  ]);
});

test('S64: a cluster below the percentile is not told, and neither is one whose percentile is not known', () => {
  const appear = (told: Partial<AlertInput>, cluster = CLUSTER) =>
    new AlertEvaluator(rulesOf({ kind: 'appear' })).step(
      secondOf(0, { changes: [changeOf('appear', cluster)], ...told }),
    );
  expect(appear({})).toHaveLength(1);
  expect(appear({}, sampleCluster({ low: 97, usd: 4 * 89.9 }))).toHaveLength(0);
  expect(appear({}, sampleCluster({ low: 97, usd: 4 * 90.1 }))).toHaveLength(1);
  expect(appear({ rows: undefined })).toHaveLength(0);
});

test('a rule asks for side, size, distance and venues', () => {
  const shares = [
    { part: 'binance', share: 0.6 as Fraction },
    { part: 'okx', share: 0.4 as Fraction },
  ] as const;
  const isTold = (rule: object, price = 100) =>
    new AlertEvaluator(rulesOf({ kind: 'appear', ...rule })).step(
      secondOf(0, { price: price as Price, changes: [changeOf('appear', { ...CLUSTER, venues: shares })] }),
    ).length === 1;
  expect([isTold({ side: 'long' }), isTold({ side: 'short' })]).toEqual([true, false]);
  expect([isTold({ minEnergyUsd: 400 }), isTold({ minEnergyUsd: 401 })]).toEqual([true, false]);
  expect([isTold({ distance: 0.0201 }, priceAt(0.02)), isTold({ distance: 0.0199 }, priceAt(0.02))]).toEqual([
    true,
    false,
  ]);
  expect([isTold({ venues: ['binance'] }), isTold({ venues: ['okx'] })]).toEqual([true, false]);
  expect(isTold({ venues: ['okx', 'binance'] })).toBe(true);
  // The price has passed it: as near as can be.
  expect(isTold({ distance: 0.001 }, 96)).toBe(true);
});

test('S46: an approach is told again only after the price left by the margin', () => {
  const rules = rulesOf({ kind: 'approach', distance: 0.01, cooldownMs: 0 });
  const clusters = [CLUSTER];
  expect(
    tell(new AlertEvaluator(rules), [
      [0, { clusters, price: priceAt(0.009) }],
      [1, { clusters, price: priceAt(0.0119) }],
      [2, { clusters, price: priceAt(0.009) }],
      [3, { clusters, price: priceAt(0.0121) }],
      [4, { clusters, price: priceAt(0.009) }],
    ]),
  ).toEqual(['0 approach cooldownMs=0 distance=0.01', '4 approach cooldownMs=0 distance=0.01']);
});

test('S46: of several alerts about one cluster in one second the most urgent is told; the cooldown is of the rule that asks', () => {
  const rules = rulesOf(
    { kind: 'approach', id: 'near' },
    { kind: 'appear', id: 'new' },
    { kind: 'move', id: 'now', cooldownMs: 0 },
  );
  const clusters = [CLUSTER];
  expect(
    tell(new AlertEvaluator(rules), [
      [0, { clusters, price: priceAt(0.01), changes: [changeOf('appear', CLUSTER)] }],
      [5, { clusters, price: priceAt(0.01), changes: [changeOf('move', CLUSTER)] }],
    ]),
  ).toEqual(['0 near', '5 now']);
});

test('S20: while data are stale only the stale rule speaks, and what happened meanwhile is not told later', () => {
  const rules = rulesOf({ kind: 'appear' }, { kind: 'approach' }, { kind: 'stale' }, { kind: 'cascade' });
  const all = {
    clusters: [CLUSTER],
    price: priceAt(0.01),
    changes: [changeOf('appear', CLUSTER)],
    cascades: [sampleRun('running')],
  };
  for (const state of ['stale', 'offline', 'error'] as const)
    expect(tell(new AlertEvaluator(rules), [[0, { ...all, freshness: { state, venues: [] } }]])).toEqual(['0 stale']);
  for (const state of ['idle', 'connecting', 'frozen'] as const)
    expect(tell(new AlertEvaluator(rules), [[0, { ...all, freshness: { state, venues: [] } }]])).toEqual([]);
  const evaluator = new AlertEvaluator(rules);
  tell(evaluator, [[0, { ...all, freshness: { state: 'stale', venues: [] } }]]);
  expect(tell(evaluator, [[1, { freshness: { state: 'amber', venues: [] } }]])).toEqual([]);
});

test('S20: data that come and go are told to be stale once, and again only after they came for a minute', () => {
  const evaluator = new AlertEvaluator(
    rulesOf(
      { kind: 'stale', id: 'picture', cooldownMs: 0 },
      { kind: 'stale', id: 'one', cooldownMs: 0, venues: ['okx'] },
    ),
  );
  const at = (second: number, state: 'live' | 'stale', okx = state) =>
    [second, { freshness: { state, venues: [{ venue: 'okx' as const, state: okx }] } }] as const;
  expect(
    tell(evaluator, [
      at(0, 'live'),
      at(1, 'live', 'stale'),
      at(2, 'stale'),
      at(3, 'live'),
      at(62, 'live'),
      at(62.5, 'stale'),
    ]),
  ).toEqual(['1 one', '2 picture']);
  expect(tell(evaluator, [at(63, 'live'), at(122, 'live'), at(123, 'live'), at(124, 'stale')])).toEqual([
    '124 one',
    '124 picture',
  ]);
});

function magnetWith(pathThinness: number): MagnetSetup {
  const verdict = pathThinness < 0.6 ? 'pass' : 'fail';
  return {
    kind: 'magnet',
    seenTime: 0 as UnixMs,
    side: 'long',
    clusterId: 'below',
    band: { low: CLUSTER.low, high: CLUSTER.high },
    heading: 'down',
    target: { low: CLUSTER.quartileLow, high: CLUSTER.quartileHigh },
    isMeasured: false,
    lifts: [],
    verdict,
    conditions: [
      { name: 'path-thinness', value: pathThinness, relation: 'below', threshold: 0.6, unit: 'ratio', verdict },
    ],
  };
}

test('a setup is told when all conditions pass, and again only after one has failed by the margin', () => {
  const evaluator = new AlertEvaluator(
    rulesOf({ kind: 'setup', id: 'set', cooldownMs: 0 }, { kind: 'setup', id: 'no', setups: ['fade'] }),
  );
  const steps = [0.61, 0.59, 0.61, 0.59, 0.71, 0.59, 0.73, 0.59];
  expect(
    tell(
      evaluator,
      steps.map((thin, second) => [second, { setups: [magnetWith(thin)] }] as const),
    ),
  ).toEqual(['1 set', '7 set']);
  expect(evaluator.step(secondOf(8, { setups: [magnetWith(0.9)] }))).toEqual([]);
  expect(evaluator.step(secondOf(9, { setups: [magnetWith(0.5)] }))[0]).toMatchObject({
    clusterId: 'below',
    values: { 'setup': 'magnet', 'path-thinness': 0.5 },
    deepLink: { side: 'long', low: CLUSTER.low, high: CLUSTER.high },
  });
});

test('a cascade is told once a phase and run, and a new run after a minute of rest', () => {
  const evaluator = new AlertEvaluator(
    rulesOf({ kind: 'cascade', id: 'run', cooldownMs: 0 }, { kind: 'cascade', id: 'up', side: 'short' }),
  );
  const at = (second: number, phase: 'idle' | 'running' | 'exhausted' | 'done') =>
    [second, { cascades: phase === 'idle' ? [] : [sampleRun(phase)] }] as const;
  expect(
    tell(evaluator, [at(0, 'running'), at(1, 'exhausted'), at(2, 'running'), at(3, 'done'), at(4, 'running')]),
  ).toEqual(['0 run']);
  expect(tell(evaluator, [at(5, 'done'), at(64, 'idle'), at(65, 'idle'), at(66, 'running')])).toEqual(['66 run']);
  expect(
    new AlertEvaluator(rulesOf({ kind: 'cascade' })).step(secondOf(0, { cascades: [sampleRun('running')] }))[0],
  ).toMatchObject({
    clusterId: undefined,
    values: { phase: 'running', printedUsd: 5e6, isLowerBound: 'no' },
    deepLink: { time: 0, side: 'long', low: 95, high: 100 },
  });
});

test('time that runs backwards and rules of one id are refused', () => {
  const evaluator = new AlertEvaluator(rulesOf({ kind: 'appear' }));
  evaluator.step(secondOf(5));
  const before = evaluator.state();
  expect(() => evaluator.step(secondOf(4))).toThrow('must be finite and not decrease, was 4000 after 5000');
  expect(evaluator.state()).toEqual(before);
  const [rule] = rulesOf({ kind: 'appear' });
  expect(() => new AlertEvaluator([rule!, rule!])).toThrow('must be unique');
});

test('with other rules, those that stayed remember what they told', () => {
  const near = { kind: 'approach', id: 'near', cooldownMs: 0 };
  const evaluator = new AlertEvaluator(rulesOf(near, { kind: 'approach', id: 'gone', cooldownMs: 0 }));
  const told = { clusters: [CLUSTER], price: priceAt(0.01) };
  expect(tell(evaluator, [[0, told]])).toEqual(['0 gone', '0 near']);
  const changed = AlertEvaluator.restore(
    rulesOf(near, { kind: 'approach', id: 'new', cooldownMs: 0 }),
    evaluator.state(),
  );
  expect(tell(changed, [[1, told]])).toEqual(['1 new']);
});

test('memory does not grow with the clusters that have been', () => {
  const evaluator = new AlertEvaluator(
    rulesOf({ kind: 'appear' }, { kind: 'grow' }, { kind: 'approach', distance: 0.1 }),
  );
  for (let minute = 0; minute < 600; minute++) {
    const cluster = { ...CLUSTER, id: `number ${minute}` };
    evaluator.step(secondOf(minute * 60, { clusters: [cluster], changes: [changeOf('appear', cluster)] }));
  }
  const { told, disarmed, bases, seen } = evaluator.state();
  for (const list of [told, disarmed, bases, seen]) expect(list.length).toBeLessThanOrEqual(61);
  expect(seen.length).toBeGreaterThan(50);
});
