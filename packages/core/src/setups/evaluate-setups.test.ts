import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleCascade, sampleCluster, sampleRun } from '../../test/sample-cluster.js';
import type { BookHealth, Condition, MagnetLift, Setup } from '../model/setup.js';
import type { DurationMs, Fraction, Price, UnixMs, Usd } from '../model/units.js';
import { evaluateSetups } from './evaluate-setups.js';
import { NO_EVIDENCE, type ClusterReadings, type SetupInput } from './setup-input.js';

/** Twenty filled rows of 1..20 USD, and many empty ones. */
const ROWS = Float64Array.from({ length: 640 }, (_, row) => (row < 20 ? row + 1 : 0));
const READINGS: ClusterReadings = {
  pathNotional: 50,
  usualPathNotional: 100,
  resting: {
    side: 'bid',
    price: 98.05 as Price,
    notional: 1e6 as Usd,
    percentile: 0.97,
    persistedMs: 60_000 as DurationMs,
  },
  absorbRatio: 0.4,
};
/** Four rows of 19 USD: denser than 95 % of the filled rows. */
const CLUSTER = sampleCluster({ low: 98, rows: 4, usd: 4 * 19 });

function inputOf(told: Partial<SetupInput> = {}, readings: Partial<ClusterReadings> = {}): SetupInput {
  return {
    seenTime: 1_000 as UnixMs,
    price: 100 as Price,
    clusters: [CLUSTER],
    rows: { long: ROWS, short: ROWS },
    isStale: false,
    book: 'in-sync',
    readingsOf: () => ({ ...READINGS, ...readings }),
    cascades: [],
    evidence: NO_EVIDENCE,
    ...told,
  };
}

function only<Kind extends Setup['kind']>(setups: readonly Setup[], kind: Kind): Extract<Setup, { kind: Kind }> {
  const found = setups.filter((setup): setup is Extract<Setup, { kind: Kind }> => setup.kind === kind);
  expect(found).toHaveLength(1);
  return found[0]!;
}

function verdictsOf(conditions: readonly Condition[]) {
  return Object.fromEntries(conditions.map(({ name, verdict }) => [name, verdict]));
}

test('S47: a magnet lists every condition with value, threshold and verdict', () => {
  const magnet = only(evaluateSetups(inputOf()), 'magnet');
  expect(magnet.verdict).toBe('pass');
  expect(magnet.conditions).toEqual([
    { name: 'data', value: 'fresh', relation: 'is', threshold: 'fresh', unit: 'state', verdict: 'pass' },
    {
      name: 'distance',
      value: (100 - CLUSTER.high) / 100,
      relation: 'at most',
      threshold: 0.03,
      unit: 'fraction',
      verdict: 'pass',
    },
    {
      name: 'density-percentile',
      value: 0.95,
      relation: 'at least',
      threshold: 0.9,
      unit: 'percentile',
      verdict: 'pass',
    },
    { name: 'book', value: 'in-sync', relation: 'is', threshold: 'in-sync', unit: 'state', verdict: 'pass' },
    { name: 'path-thinness', value: 0.5, relation: 'below', threshold: 0.6, unit: 'ratio', verdict: 'pass' },
  ]);
});

test('S48: a path of 0.6 of the usual is not thin, and one that is not known leaves the magnet open', () => {
  expect(only(evaluateSetups(inputOf({}, { pathNotional: 60 })), 'magnet').verdict).toBe('fail');
  for (const unknown of [{ pathNotional: undefined }, { usualPathNotional: undefined }, { usualPathNotional: 0 }])
    expect(only(evaluateSetups(inputOf({}, unknown)), 'magnet').verdict).toBe('unknown');
});

test('S50: the target is the middle half of the cluster, and the heading leads to it', () => {
  expect(only(evaluateSetups(inputOf()), 'magnet')).toMatchObject({
    heading: 'down',
    target: { low: CLUSTER.quartileLow, high: CLUSTER.quartileHigh },
  });
  const above = sampleCluster({ side: 'short', low: 102, usd: 76 });
  expect(only(evaluateSetups(inputOf({ clusters: [above] })), 'magnet').heading).toBe('up');
});

test('S64: a small cluster in front does not hide a dense one behind it, and a far one does not replace the nearest', () => {
  const small = sampleCluster({ id: 'small', low: 99, rows: 2, usd: 4 });
  const far = sampleCluster({ id: 'far', low: 90, usd: 80 });
  expect(only(evaluateSetups(inputOf({ clusters: [small, far, CLUSTER] })), 'magnet').clusterId).toBe(CLUSTER.id);
  const magnet = only(evaluateSetups(inputOf({ clusters: [far, small] })), 'magnet');
  expect(magnet.clusterId).toBe('small');
  expect(verdictsOf(magnet.conditions)).toMatchObject({ 'distance': 'pass', 'density-percentile': 'fail' });
});

test('a cluster that the price has passed is no setup', () => {
  expect(evaluateSetups(inputOf({ price: 97 as Price }))).toEqual([]);
});

test('a cluster is as far as its near edge, and not far at all when the price is inside', () => {
  const inside = only(evaluateSetups(inputOf({ price: CLUSTER.peak })), 'magnet');
  expect(inside.conditions.find(({ name }) => name === 'distance')?.value).toBe(0);
});

const LIFT: MagnetLift = {
  horizonMs: 3_600_000 as DurationMs,
  n: 30,
  touched: { n: 30, rate: 0.6 as Fraction, low95: 0.4 as Fraction, high95: 0.8 as Fraction, source: 'recorded' },
  nullRate: 0.4 as Fraction,
  lift: 1.5,
  low95: 1.01,
  high95: 2,
  source: 'recorded',
};

test.each([
  ['its interval above 1 on 30 recorded clusters', {}, true],
  ['29 clusters', { n: 29 }, false],
  ['an interval that begins at 1', { low95: 1 }, false],
  ['no interval', { low95: undefined }, false],
  ['a simulated market', { source: 'simulated' as const }, false],
])('S34: with %s the word may be seen: %#', (_, told, isMeasured) => {
  const evidence = { ...NO_EVIDENCE, lifts: [{ ...LIFT, ...told }] };
  expect(only(evaluateSetups(inputOf({ evidence })), 'magnet').isMeasured).toBe(isMeasured);
});

test('S52 S54 S55: a fade asks for an exhausted cascade, 70 % consumed and ordinary flow, and names the extreme', () => {
  const told = { cascade: sampleRun('exhausted'), consumedShare: 0.7 as Fraction, flowZ: 1 };
  const fade = only(evaluateSetups(inputOf({ clusters: [], cascades: [told] })), 'fade');
  expect(fade).toMatchObject({ verdict: 'pass', side: 'long', heading: 'up', invalidation: 95, startPrice: 100 });
  expect(fade.conditions.map(({ name, value, threshold }) => [name, value, threshold])).toEqual([
    ['data', 'fresh', 'fresh'],
    ['book', 'in-sync', 'in-sync'],
    ['cascade-phase', 'exhausted', 'exhausted'],
    ['consumed-share', 0.7, 0.7],
    ['flow-z', 1, 1],
  ]);
  const verdict = (change: object) =>
    only(evaluateSetups(inputOf({ clusters: [], cascades: [{ ...told, ...change }] })), 'fade').verdict;
  expect(verdict({ cascade: sampleRun('running') })).toBe('fail');
  expect(verdict({ consumedShare: 0.69 })).toBe('fail');
  expect(verdict({ flowZ: 1.1 })).toBe('fail');
  expect(verdict({ flowZ: undefined })).toBe('unknown');
});

test('without a cascade there is nothing to fade', () => {
  const told = { cascade: sampleCascade({}), consumedShare: undefined, flowZ: undefined };
  expect(evaluateSetups(inputOf({ clusters: [], cascades: [told] }))).toEqual([]);
});

test('S57 S60: a confluence needs a large order within 0.1 % that has stood for a minute, and carries the absorb ratio', () => {
  const verdict = (change: object) =>
    only(evaluateSetups(inputOf({}, { resting: { ...READINGS.resting!, ...change } })), 'confluence').verdict;
  expect(only(evaluateSetups(inputOf()), 'confluence')).toMatchObject({
    verdict: 'pass',
    absorbRatio: 0.4,
    resting: { side: 'bid', price: 98.05, notional: 1e6, persistedMs: 60_000 },
  });
  expect(verdict({ persistedMs: 59_999 })).toBe('fail');
  expect(verdict({ percentile: 0.94 })).toBe('fail');
  expect(verdict({ price: CLUSTER.low / 1.0011 })).toBe('fail');
  expect(verdict({ price: CLUSTER.low / 1.0009 })).toBe('pass');
  expect(verdict({ price: CLUSTER.high * 1.0009 })).toBe('pass');
  expect(verdict({ price: CLUSTER.high * 1.0011 })).toBe('fail');
  expect(only(evaluateSetups(inputOf({}, { resting: undefined })), 'confluence')).toMatchObject({
    verdict: 'unknown',
    resting: undefined,
  });
});

test('S48: no setup passes on a book that is not in sync or on stale data, whatever else is true', () => {
  const cascades = [{ cascade: sampleRun('exhausted'), consumedShare: 1 as Fraction, flowZ: 0 }];
  const kinds = ['confluence', 'fade', 'magnet'];
  const passing = evaluateSetups(inputOf({ cascades })).filter(({ verdict }) => verdict === 'pass');
  expect(passing.map(({ kind }) => kind).sort()).toEqual(kinds);
  for (const book of ['unsynced', 'gapped', 'stale', 'none'] satisfies BookHealth[])
    expect(evaluateSetups(inputOf({ cascades, book })).map(({ verdict }) => verdict)).toEqual(Array(3).fill('unknown'));
  expect(evaluateSetups(inputOf({ cascades, isStale: true })).map(({ verdict }) => verdict)).toEqual(
    Array(3).fill('unknown'),
  );
});

const maybe = fc.option(fc.double({ noNaN: false }), { nil: undefined });

test('a verdict follows from the conditions alone: one failure fails, one unknown leaves open, else it passes', () => {
  fc.assert(
    fc.property(
      fc.record({ pathNotional: maybe, usualPathNotional: maybe, absorbRatio: maybe }),
      fc.double({ min: 80, max: 120, noNaN: true }),
      fc.constantFrom<BookHealth>('in-sync', 'gapped', 'stale'),
      fc.boolean(),
      maybe,
      maybe,
      (readings, price, book, isStale, consumedShare, flowZ) => {
        const cascades = [{ cascade: sampleRun('exhausted'), consumedShare: consumedShare as Fraction, flowZ }];
        for (const setup of evaluateSetups(inputOf({ price: price as Price, book, isStale, cascades }, readings))) {
          const verdicts = setup.conditions.map(({ verdict }) => verdict);
          const expected = verdicts.includes('fail') ? 'fail' : verdicts.includes('unknown') ? 'unknown' : 'pass';
          expect(setup.verdict).toBe(expected);
          if (setup.verdict === 'pass') expect([book, isStale]).toEqual(['in-sync', false]);
          for (const { value, verdict } of setup.conditions) if (value === undefined) expect(verdict).toBe('unknown');
        }
      },
    ),
  );
});
