import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeOf, rulesOf, secondOf } from '../../test/alert-session.js';
import { sampleCluster, sampleRun } from '../../test/sample-cluster.js';
import type { Alert, AlertRule } from '../model/alert.js';
import type { Price } from '../model/units.js';
import { AlertEvaluator } from './alert-evaluator.js';
import type { AlertInput } from './alert-input.js';

const CLUSTERS = [
  sampleCluster({ id: 'a', low: 98, usd: 400 }),
  sampleCluster({ id: 'b', low: 96, usd: 380 }),
  sampleCluster({ id: 'c', side: 'short', low: 102, usd: 400 }),
];

const anyRules = fc
  .uniqueArray(
    fc.record(
      {
        kind: fc.constantFrom('appear', 'grow', 'move', 'consume', 'approach', 'cascade', 'stale'),
        cooldownMs: fc.constantFrom(0, 1_000, 5_000, 60_000),
      },
      { requiredKeys: ['kind'] },
    ),
    { minLength: 1, maxLength: 8, selector: (rule) => JSON.stringify([rule.kind, rule.cooldownMs ?? 900_000]) },
  )
  .map((rules) => rulesOf(...rules));

const anySecond = fc.record({
  after: fc.integer({ min: 0, max: 20 }),
  price: fc.double({ min: 95, max: 105, noNaN: true }),
  changed: fc.array(
    fc.tuple(
      fc.constantFrom('appear', 'grow', 'move', 'consume'),
      fc.constantFrom(...CLUSTERS),
      fc.double({ min: 0.5, max: 4, noNaN: true }),
    ),
    { maxLength: 4 },
  ),
  phase: fc.constantFrom('idle', 'running', 'exhausted', 'done'),
  state: fc.constantFrom('live', 'live', 'live', 'amber', 'stale'),
});

const anySession = fc.array(anySecond, { minLength: 1, maxLength: 40 }).map((seconds) => {
  let time = 0;
  return seconds.map(({ after, price, changed, phase, state }): AlertInput => {
    time += after;
    return secondOf(time, {
      price: price as Price,
      clusters: CLUSTERS,
      changes: changed.map(([kind, cluster, factor]) =>
        changeOf(kind as 'grow', {
          ...cluster,
          energy: sampleCluster({ low: 98, usd: cluster.energy.p50 * factor }).energy,
        }),
      ),
      cascades: phase === 'idle' ? [] : [sampleRun(phase as 'running')],
      freshness: { state: state as 'live', venues: [] },
    });
  });
});

function run(rules: readonly AlertRule[], session: readonly AlertInput[]): readonly Alert[] {
  const evaluator = new AlertEvaluator(rules);
  return session.flatMap((second) => evaluator.step(second));
}

test('S46: a cluster is never told of twice within the cooldown of the rule that speaks', () => {
  let pairs = 0;
  fc.assert(
    fc.property(anyRules, anySession, (rules, session) => {
      const cooldowns = new Map(rules.map(({ id, cooldownMs }) => [id, cooldownMs as number]));
      const last = new Map<string, number>();
      for (const { clusterId, ruleId, seenTime, values } of run(rules, session)) {
        const subject = clusterId ?? `${ruleId} ${String(values['phase'] ?? '')}`;
        const before = last.get(subject);
        if (before !== undefined) pairs++;
        if (before !== undefined) expect(seenTime - before).toBeGreaterThanOrEqual(cooldowns.get(ruleId)!);
        last.set(subject, seenTime);
      }
    }),
    { seed: 3, numRuns: 300 },
  );
  expect(pairs).toBeGreaterThan(100);
});

test('the order of the rules changes nothing', () => {
  fc.assert(
    fc.property(anyRules, anySession, fc.nat(7), (rules, session, turn) => {
      const turned = [...rules.slice(turn % rules.length), ...rules.slice(0, turn % rules.length)].reverse();
      expect(run(turned, session)).toEqual(run(rules, session));
    }),
  );
});

test('an interrupted run tells what the uninterrupted one tells, and ends in the same state', () => {
  fc.assert(
    fc.property(anyRules, anySession, fc.nat(39), (rules, session, cut) => {
      const through = new AlertEvaluator(rules);
      const expected = session.flatMap((second) => through.step(second));
      let resumed = new AlertEvaluator(rules);
      const told = session.flatMap((second, i) => {
        if (i === cut) {
          const stored = JSON.stringify(resumed.state());
          resumed = AlertEvaluator.restore(rules, JSON.parse(stored) as ReturnType<AlertEvaluator['state']>);
        }
        return resumed.step(second);
      });
      expect(told).toEqual(expected);
      expect(resumed.state()).toEqual(through.state());
    }),
  );
});

test('S20: no second of stale data tells of anything but that', () => {
  fc.assert(
    fc.property(anyRules, anySession, (rules, session) => {
      const stale = new Set(
        session.filter(({ freshness }) => freshness.state === 'stale').map(({ seenTime }) => seenTime),
      );
      const fresh = new Set(
        session.filter(({ freshness }) => freshness.state !== 'stale').map(({ seenTime }) => seenTime),
      );
      for (const { kind, seenTime } of run(rules, session))
        if (stale.has(seenTime) && !fresh.has(seenTime)) expect(kind).toBe('stale');
    }),
  );
});

test('S46: noise around the threshold is told once, however long it lasts', () => {
  const rules = rulesOf({ kind: 'approach', distance: 0.01, cooldownMs: 0 });
  const cluster = CLUSTERS[0]!;
  const distance = fc.double({ min: 0.0085, max: 0.0119, noNaN: true });
  fc.assert(
    fc.property(fc.array(distance, { minLength: 1, maxLength: 200 }), (distances) => {
      const session = distances.map((away, second) =>
        secondOf(second * 60, { clusters: [cluster], price: (cluster.high / (1 - away)) as Price }),
      );
      const isReached = session.some(({ price }) => (price! - cluster.high) / price! <= 0.01);
      expect(run(rules, session)).toHaveLength(isReached ? 1 : 0);
    }),
  );
});
