import { malformed, parsed, type DurationMs, type Parsed } from '@liquidation-heatmap/core';
import type { Runtime } from '../runtime/runtime.js';
import type { RestAnswer } from './rest-client.js';

/** What a parser makes of an answer's JSON. */
export function readJson<Value>(answer: Parsed<RestAnswer>, parse: (raw: unknown) => Parsed<Value>): Parsed<Value> {
  if (!answer.ok) return answer;
  let raw: unknown;
  try {
    raw = JSON.parse(answer.value.body);
  } catch {
    return malformed('bad-json', 'body', 'The body of the answer must be JSON');
  }
  return parse(raw);
}

/** Milliseconds a request takes. */
export async function timed(runtime: Runtime, ask: () => Promise<Parsed<unknown>>): Promise<Parsed<DurationMs>> {
  const asked = runtime.now();
  const answer = await ask();
  return answer.ok ? parsed((runtime.now() - asked) as DurationMs) : answer;
}
