import { parsed, type Parsed } from '@liquidation-heatmap/core';
import { broken, isObject, type JsonObject } from '../wire-fields.js';

/** The JSON object a frame stands for; the fault of anything else. */
export function jsonObjectOf(text: string): Parsed<JsonObject> {
  let raw: unknown;
  try {
    raw = JSON.parse(text) as unknown;
  } catch {
    return broken('not-json', 'frame', 'one JSON object', text);
  }
  return isObject(raw) ? parsed(raw) : broken('not-json', 'frame', 'one JSON object', raw);
}
