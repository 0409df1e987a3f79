import type { AlertKind, AlertRule } from '../model/alert.js';
import { malformed, parsed, type Fault, type Parsed } from '../model/parsed.js';
import { assertNever } from '../model/units.js';
import { ALERT_KINDS, MAX_RULES, RULE_FIELDS, type NumberField, type RuleField } from './alert-rule-fields.js';

type Values = Record<string, number | string | readonly string[] | undefined>;

/** Reads rules from outside: complete rules with defaults filled in, or the first fault with its path. */
export function checkAlertRules(json: unknown): Parsed<readonly AlertRule[]> {
  if (!Array.isArray(json)) return failed('alertRules', `must be a list, was ${show(json)}`);
  if (json.length > MAX_RULES) return failed('alertRules', `must have at most ${MAX_RULES} rules, had ${json.length}`);
  const rules: AlertRule[] = [];
  const places = new Map<string, number>();
  for (let i = 0; i < json.length; i++) {
    const rule = checkRule(json[i], `alertRules[${i}]`);
    if (!rule.ok) return rule;
    const earlier = places.get(rule.value.id);
    if (earlier !== undefined)
      return failed(`alertRules[${i}].id`, `must be unique, was the same as that of alertRules[${earlier}]`);
    places.set(rule.value.id, i);
    rules.push(rule.value);
  }
  return parsed(rules);
}

function checkRule(json: unknown, path: string): Parsed<AlertRule> {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return failed(path, `must be an object, was ${show(json)}`);
  const given = json as Readonly<Record<string, unknown>>;
  const kind = given['kind'];
  if (!isKind(kind)) return failed(`${path}.kind`, `must be one of ${ALERT_KINDS.join(', ')}, was ${show(kind)}`);
  const fields = RULE_FIELDS[kind];
  for (const name of Object.keys(given)) {
    if (name !== 'kind' && !Object.hasOwn(fields, name))
      return failed(`${path}.${name}`, `is no field of this kind; ${kind} has ${Object.keys(fields).join(', ')}`);
  }
  const values = readFields(given, fields, path);
  if (!values.ok) return values;
  const id = values.value['id'] ?? nameOf(kind, values.value);
  // The table of fields and the types of rules say the same; a test holds them together.
  return parsed({ ...values.value, kind, id } as unknown as AlertRule);
}

function readFields(
  given: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, RuleField>>,
  path: string,
): Parsed<Values> {
  const values: Values = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    const fault = value === undefined ? undefined : faultOf(value, field, `${path}.${name}`);
    if (fault !== undefined) return { ok: false, fault };
    values[name] = value === undefined ? defaultOf(field) : complete(value, field);
  }
  return parsed(values);
}

function isKind(kind: unknown): kind is AlertKind {
  return (ALERT_KINDS as readonly unknown[]).includes(kind);
}

function defaultOf(field: RuleField): Values[string] {
  return 'default' in field ? field.default : undefined;
}

/** Lists are kept in the order of their choices, so that the order in which they were written is no difference. */
function complete(value: unknown, field: RuleField): Values[string] {
  if (field.type !== 'list') return value as number | string;
  return field.choices.filter((choice) => (value as readonly unknown[]).includes(choice));
}

function faultOf(value: unknown, field: RuleField, path: string): Fault | undefined {
  switch (field.type) {
    case 'number':
      return isWithin(value, field) ? undefined : fault(path, `must be ${limitsOf(field)}, was ${show(value)}`);
    case 'choice':
      return typeof value === 'string' && field.choices.includes(value)
        ? undefined
        : fault(path, `must be one of ${field.choices.join(', ')}, was ${show(value)}`);
    case 'text': {
      const length = typeof value === 'string' ? [...value].length : 0;
      return length > 0 && length <= field.maxLength
        ? undefined
        : fault(path, `must be a text of 1 to ${field.maxLength} characters, was ${show(value)}`);
    }
    case 'list':
      return listFault(value, field.choices, path);
    default:
      return assertNever(field);
  }
}

function listFault(value: unknown, choices: readonly string[], path: string): Fault | undefined {
  if (!Array.isArray(value) || value.length === 0)
    return fault(path, `must be a list with at least one of ${choices.join(', ')}, was ${show(value)}`);
  const wrong = value.findIndex((item: unknown) => typeof item !== 'string' || !choices.includes(item));
  if (wrong >= 0) return fault(`${path}[${wrong}]`, `must be one of ${choices.join(', ')}, was ${show(value[wrong])}`);
  const twice = value.findIndex((item: unknown, i) => value.indexOf(item) !== i);
  return twice < 0 ? undefined : fault(`${path}[${twice}]`, `must not be named twice, was ${show(value[twice])}`);
}

function isWithin(value: unknown, { above, atLeast, atMost }: NumberField): boolean {
  return (
    typeof value === 'number' && value > (above ?? -Infinity) && value >= (atLeast ?? -Infinity) && value <= atMost
  );
}

function limitsOf({ above, atLeast, atMost }: NumberField): string {
  return above === undefined ? `at least ${atLeast} and at most ${atMost}` : `above ${above} and at most ${atMost}`;
}

/** A name made from all that is not default, so that it does not depend on where a rule stands. */
function nameOf(kind: AlertKind, values: Values): string {
  const parts = Object.entries(RULE_FIELDS[kind]).flatMap(([name, field]) => {
    const value = values[name];
    return value === undefined || String(value) === String(defaultOf(field)) ? [] : [`${name}=${String(value)}`];
  });
  return [kind, ...parts].join(' ');
}

/** A short look at a value of any kind; never throws, whatever a host has put there. */
function show(value: unknown): string {
  const MAX_SHOWN = 60;
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return JSON.stringify(value.slice(0, MAX_SHOWN));
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}

function fault(field: string, rule: string): Fault {
  return { code: 'bad-alert-rule', field, message: `${field} ${rule}` };
}

function failed(field: string, rule: string): Parsed<never> {
  const { code, message } = fault(field, rule);
  return malformed(code, field, message);
}
