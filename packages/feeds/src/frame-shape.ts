import { parsed, type Parsed } from '@liquidation-heatmap/core';
import { broken, isObject, type JsonObject } from './wire-fields.js';

/** The fault of something that should be an object. */
export function objectFault(field: string, raw: unknown): Extract<Parsed<never>, { ok: false }> {
  return broken('bad-payload', field, 'an object', raw) as Extract<Parsed<never>, { ok: false }>;
}

/** A list of objects. */
export function listField(field: string, raw: unknown): Parsed<readonly JsonObject[]> {
  if (!Array.isArray(raw)) return broken('bad-payload', field, 'a list of objects', raw);
  const items = raw as readonly unknown[];
  const bad = items.findIndex((item) => !isObject(item));
  return bad < 0
    ? parsed(items as readonly JsonObject[])
    : broken('bad-payload', `${field}[${bad}]`, 'an object', items[bad]);
}
