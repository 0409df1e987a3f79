import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertRule } from '../model/alert.js';
import { ALERT_KINDS, RULE_FIELDS } from './alert-rule-fields.js';
import { alertRulesSchema } from './alert-rule-schema.js';
import { checkAlertRules } from './check-alert-rules.js';

const SCHEMA_FILE = new URL('./alert-rules.schema.json', import.meta.url);

function messageOf(json: unknown): string {
  const checked = checkAlertRules(json);
  return checked.ok ? 'no fault' : checked.fault.message;
}

function rulesOf(json: unknown): readonly AlertRule[] {
  const checked = checkAlertRules(json);
  if (!checked.ok) throw new Error(checked.fault.message);
  return checked.value;
}

test('a rule of one word is complete: the defaults are filled in', () => {
  expect(rulesOf([{ kind: 'approach', distance: 0.02 }, { kind: 'stale' }])).toEqual([
    {
      id: 'approach distance=0.02',
      kind: 'approach',
      cooldownMs: 900_000,
      side: undefined,
      minEnergyUsd: 0,
      minPercentile: 0.9,
      venues: undefined,
      distance: 0.02,
      hysteresis: 0.2,
    },
    { id: 'stale', kind: 'stale', cooldownMs: 900_000, venues: undefined },
  ]);
});

test('S64: every rule about clusters asks for the densest tenth unless told otherwise', () => {
  for (const kind of ['appear', 'grow', 'move', 'dissolve', 'consume', 'approach'])
    expect(rulesOf([{ kind }])[0]).toMatchObject({ minPercentile: 0.9 });
});

const good = { kind: 'appear' };
test.each([
  ['x', 'alertRules must be a list, was "x"'],
  [Array(65).fill(good), 'alertRules must have at most 64 rules, had 65'],
  [[good, null], 'alertRules[1] must be an object, was null'],
  [[[]], 'alertRules[0] must be an object, was an empty list'],
  [
    [{}],
    'alertRules[0].kind must be one of appear, grow, move, dissolve, consume, approach, setup, cascade, stale, was missing',
  ],
  [
    [{ kind: 'constructor' }],
    'alertRules[0].kind must be one of appear, grow, move, dissolve, consume, approach, setup, cascade, stale, was "constructor"',
  ],
  [
    [good, { kind: 'grow' }, { kind: 'approach', distance: 'x' }],
    'alertRules[2].distance must be above 0 and at most 0.5, was "x"',
  ],
  [[{ kind: 'approach', distance: 0 }], 'alertRules[0].distance must be above 0 and at most 0.5, was 0'],
  [[{ kind: 'approach', distance: NaN }], 'alertRules[0].distance must be above 0 and at most 0.5, was NaN'],
  [[{ kind: 'move', minPercentile: 90 }], 'alertRules[0].minPercentile must be at least 0 and at most 1, was 90'],
  [[{ kind: 'move', side: 'buy' }], 'alertRules[0].side must be one of long, short, was "buy"'],
  [
    [{ kind: 'stale', distance: 0.1 }],
    'alertRules[0].distance is no field of this kind; stale has id, cooldownMs, venues',
  ],
  [[{ kind: 'stale', id: '' }], 'alertRules[0].id must be a text of 1 to 400 characters, was ""'],
  [
    [{ kind: 'cascade', phases: [] }],
    'alertRules[0].phases must be a list with at least one of armed, running, exhausted, done, was an empty list',
  ],
  [
    [{ kind: 'cascade', phases: ['running', 'idle'] }],
    'alertRules[0].phases[1] must be one of armed, running, exhausted, done, was "idle"',
  ],
  [[{ kind: 'setup', setups: ['fade', 'fade'] }], 'alertRules[0].setups[1] must not be named twice, was "fade"'],
  [[good, { kind: 'stale' }, good], 'alertRules[2].id must be unique, was the same as that of alertRules[0]'],
  [
    [
      { ...good, id: 'a' },
      { kind: 'stale', id: 'a' },
    ],
    'alertRules[1].id must be unique, was the same as that of alertRules[0]',
  ],
])('a fault names its path and its rule: %#', (json, message) => {
  expect(messageOf(json)).toBe(message);
});

test('whatever a host puts into the rules, the check answers', () => {
  const circular: Record<string, unknown> = { kind: 'appear' };
  circular['side'] = circular;
  expect(messageOf([circular])).toBe('alertRules[0].side must be one of long, short, was an object');
  expect(messageOf([{ kind: Symbol('appear') }])).toContain('was Symbol(appear)');
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }), (json) => {
      expect(typeof checkAlertRules(json).ok).toBe('boolean');
    }),
  );
});

const words = ['appear', 'long', 'short', 'running', 'done', 'fade', 'magnet', 'binance', 'okx', 'simulated', ''];
const anyValue = fc.oneof(
  fc.constantFrom(...words),
  fc.constantFrom(-1, 0, 1e-9, 0.2, 0.5, 0.51, 1, 90, 1e6, 1e9, 1e16),
  fc.uniqueArray(fc.constantFrom(...words), { maxLength: 3 }),
  fc.constantFrom(null, true),
);
/** Mostly sound rules: a kind with some of its fields, each with a value of a sound or unsound kind. */
const anyRule = fc
  .constantFrom(...ALERT_KINDS)
  .chain((kind) =>
    fc.tuple(
      fc.constant(kind),
      fc.uniqueArray(fc.constantFrom(...Object.keys(RULE_FIELDS[kind]), 'colour'), { maxLength: 3 }),
      fc.array(anyValue, { minLength: 3, maxLength: 3 }),
    ),
  )
  .map(([kind, names, values]) => ({ kind, ...Object.fromEntries(names.map((name, i) => [name, values[i]])) }));

test('the schema and the check agree on every rule', () => {
  const validate = new Ajv({ allErrors: true }).compile(alertRulesSchema());
  let sound = 0;
  fc.assert(
    fc.property(anyRule, (rule) => {
      const { ok } = checkAlertRules([rule]);
      if (ok) sound++;
      expect(validate([rule]), JSON.stringify(rule)).toBe(ok);
    }),
    { numRuns: 2_000, seed: 5 },
  );
  expect(sound).toBeGreaterThan(200);
});

test('complete rules are rules: written out and read again they are the same', () => {
  fc.assert(
    fc.property(anyRule, (rule) => {
      const checked = checkAlertRules([rule]);
      if (!checked.ok) return;
      expect(rulesOf(JSON.parse(JSON.stringify(checked.value)))).toEqual(checked.value);
    }),
    { numRuns: 1_000 },
  );
});

test('a name made from a rule does not depend on where it stands or how its lists are ordered', () => {
  const one = { kind: 'stale', venues: ['okx', 'binance'] };
  const two = { kind: 'appear', side: 'long' };
  expect(rulesOf([one, two]).map(({ id }) => id)).toEqual(['stale venues=binance,okx', 'appear side=long']);
  expect(messageOf([one, { kind: 'stale', venues: ['binance', 'okx'] }])).toContain('must be unique');
});

test('every kind of rule has the fields its type has, and no other', () => {
  // A compile error here says that table and types have parted.
  const complete = {
    appear: { id: '', cooldownMs: 0, side: 0, minEnergyUsd: 0, minPercentile: 0, venues: 0, distance: 0 },
    move: { id: '', cooldownMs: 0, side: 0, minEnergyUsd: 0, minPercentile: 0, venues: 0, distance: 0 },
    dissolve: { id: '', cooldownMs: 0, side: 0, minEnergyUsd: 0, minPercentile: 0, venues: 0, distance: 0 },
    consume: { id: '', cooldownMs: 0, side: 0, minEnergyUsd: 0, minPercentile: 0, venues: 0, distance: 0 },
    grow: { id: '', cooldownMs: 0, side: 0, minEnergyUsd: 0, minPercentile: 0, venues: 0, distance: 0, growBy: 0 },
    approach: {
      id: '',
      cooldownMs: 0,
      side: 0,
      minEnergyUsd: 0,
      minPercentile: 0,
      venues: 0,
      distance: 0,
      hysteresis: 0,
    },
    setup: { id: '', cooldownMs: 0, side: 0, setups: 0, hysteresis: 0 },
    cascade: { id: '', cooldownMs: 0, side: 0, phases: 0 },
    stale: { id: '', cooldownMs: 0, venues: 0 },
  } satisfies {
    [Kind in AlertRule['kind']]: Record<Exclude<keyof Extract<AlertRule, { kind: Kind }>, 'kind'>, unknown>;
  };
  for (const kind of ALERT_KINDS)
    expect(Object.keys(complete[kind]).sort()).toEqual(Object.keys(RULE_FIELDS[kind]).sort());
});

test('the published schema is the one made from the fields', () => {
  expect(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8'))).toEqual(JSON.parse(JSON.stringify(alertRulesSchema())));
});
