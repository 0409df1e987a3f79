import { assertNever } from '../model/units.js';
import { ALERT_KINDS, MAX_RULES, RULE_FIELDS, type RuleField } from './alert-rule-fields.js';

/**
 * JSON schema (draft 7) of a list of alert rules, from the same table that the check reads. Ids must also be unique, which a
 * schema cannot say.
 */
export function alertRulesSchema(): Readonly<Record<string, unknown>> {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'alert-rules.schema.json',
    title: 'Alert rules',
    description: 'What a reader wants to be told about. Every field but `kind` may be absent.',
    type: 'array',
    maxItems: MAX_RULES,
    items: { oneOf: ALERT_KINDS.map((kind) => ruleSchema(kind)) },
  };
}

function ruleSchema(kind: (typeof ALERT_KINDS)[number]): Readonly<Record<string, unknown>> {
  const fields = Object.entries(RULE_FIELDS[kind]).map(([name, field]) => [name, fieldSchema(field)]);
  return {
    title: kind,
    type: 'object',
    additionalProperties: false,
    required: ['kind'],
    properties: { kind: { const: kind }, ...Object.fromEntries(fields) },
  };
}

function fieldSchema(field: RuleField): Readonly<Record<string, unknown>> {
  const common = { description: field.says, ...('default' in field ? { default: field.default } : {}) };
  switch (field.type) {
    case 'number':
      return {
        type: 'number',
        ...(field.above === undefined ? {} : { exclusiveMinimum: field.above }),
        ...(field.atLeast === undefined ? {} : { minimum: field.atLeast }),
        maximum: field.atMost,
        ...common,
      };
    case 'choice':
      return { type: 'string', enum: field.choices, ...common };
    case 'list':
      return { type: 'array', minItems: 1, uniqueItems: true, items: { enum: field.choices }, ...common };
    case 'text':
      return { type: 'string', minLength: 1, maxLength: field.maxLength, ...common };
    default:
      return assertNever(field);
  }
}
