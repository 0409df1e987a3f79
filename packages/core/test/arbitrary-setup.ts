import fc from 'fast-check';
import type { Alert, Setup } from '../src/index.js';

const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const amount = fc.double({ min: 0, max: 1e15, noNaN: true });
const positive = fc.double({ min: 1e-3, max: 1e9, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const time = fc.integer({ min: 0, max: 4e12 });
const text = fc.string({ unit: 'grapheme', maxLength: 8 });
const optional = <Value>(of: fc.Arbitrary<Value>) => fc.option(of, { nil: undefined });
const side = fc.constantFrom('long', 'short');
const verdict = fc.constantFrom('pass', 'fail', 'unknown');
const source = fc.constantFrom('recorded', 'archive', 'simulated');
const band = fc.tuple(positive, positive).map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }));

const condition = fc.oneof(
  fc.record({
    name: fc.constantFrom('distance', 'density-percentile', 'path-thinness', 'flow-z', 'resting-persistence'),
    value: optional(number),
    relation: fc.constantFrom('at least', 'at most', 'below'),
    threshold: number,
    unit: fc.constantFrom('fraction', 'ratio', 'percentile', 'standard-deviations', 'ms'),
    verdict,
  }),
  fc.record({
    name: fc.constant('book'),
    value: fc.constantFrom('in-sync', 'unsynced', 'gapped', 'stale', 'none'),
    threshold: fc.constant('in-sync'),
    relation: fc.constant('is'),
    unit: fc.constant('state'),
    verdict,
  }),
);
const rate = fc.record({ n: fc.nat(), rate: optional(share), low95: share, high95: share, source });
const base = { seenTime: time, side, verdict, conditions: fc.array(condition, { maxLength: 3 }) };

/** Any setup a sender may send. */
export const arbitrarySetup = fc.oneof(
  fc.record({
    kind: fc.constant('magnet'),
    ...base,
    clusterId: text,
    band,
    heading: fc.constantFrom('up', 'down'),
    target: band,
    isMeasured: fc.boolean(),
    lifts: fc.array(
      fc.record({
        horizonMs: fc.nat(),
        n: fc.nat(),
        touched: rate,
        nullRate: optional(share),
        lift: optional(number),
        low95: optional(number),
        high95: optional(number),
        source,
      }),
      { maxLength: 2 },
    ),
  }),
  fc.record({
    kind: fc.constant('fade'),
    ...base,
    heading: fc.constantFrom('up', 'down'),
    invalidation: optional(positive),
    startPrice: optional(positive),
    retracements: fc.array(
      fc.record({
        afterMs: fc.nat(),
        n: fc.nat(),
        median: optional(number),
        quartileLow: optional(number),
        quartileHigh: optional(number),
        source,
      }),
      { maxLength: 2 },
    ),
  }),
  fc.record({
    kind: fc.constant('confluence'),
    ...base,
    clusterId: text,
    band,
    resting: optional(
      fc.record({
        side: fc.constantFrom('bid', 'ask'),
        price: positive,
        notional: amount,
        persistedMs: fc.nat(),
      }),
    ),
    absorbRatio: optional(amount),
    outcomes: fc.array(fc.record({ afterMs: fc.nat(), broke: rate, bounced: rate }), { maxLength: 2 }),
  }),
) as unknown as fc.Arbitrary<Setup>;

/** Any alert a sender may send. */
export const arbitraryAlert = fc.record({
  ruleId: text,
  kind: fc.constantFrom('appear', 'grow', 'approach', 'setup', 'cascade', 'stale'),
  seenTime: time,
  clusterId: optional(text),
  values: fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.oneof(number, text), {
    maxKeys: 3,
    noNullPrototype: true,
  }),
  deepLink: fc.record({ time, side: optional(side), low: optional(positive), high: optional(positive) }),
}) as unknown as fc.Arbitrary<Alert>;
