import { assertNever, malformed, parsed, type Parsed, type UnixMs } from '@liquidation-heatmap/core';
import { isObject, isPlausibleTime, shown } from '../wire-fields.js';

/** One line of a recording: what a socket or a REST call brought or sent, and when the recorder saw it. */
export type RecordedMessage =
  | { readonly kind: 'open'; readonly time: UnixMs; readonly url: string }
  | { readonly kind: 'out'; readonly time: UnixMs; readonly url: string; readonly text: string }
  | { readonly kind: 'in'; readonly time: UnixMs; readonly text: string }
  | { readonly kind: 'rest'; readonly time: UnixMs; readonly url: string; readonly text: string }
  /** A socket ended, and why. */
  | { readonly kind: 'close'; readonly time: UnixMs; readonly url: string; readonly text: string }
  /** A server frame that was binary, as base64 of its bytes. */
  | { readonly kind: 'in-binary'; readonly time: UnixMs; readonly base64: string };

/**
 * Reads one line `{t, k, url, d, b64}`: `t` receive time in ms, `k` one of open, out, in, rest, close, `url` on all
 * but in, `d` the text of a frame or body or the reason of a close, `b64` instead of `d` for a binary frame. `line` counts from 1 and stands in the fault.
 */
export function parseRecordedLine(text: string, line: number): Parsed<RecordedMessage> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return badLine(line, '', 'one complete JSON object', text);
  }
  if (!isObject(raw)) return badLine(line, '', 'one complete JSON object', raw);
  const { t, k, url, d, b64 } = raw;
  if (!isPlausibleTime(t)) return badLine(line, 't', 'a receive time in milliseconds', t);
  const time = t as UnixMs;
  if (k === 'in') {
    if (typeof d === 'string') return parsed({ kind: 'in', time, text: d });
    if (typeof b64 === 'string') return parsed({ kind: 'in-binary', time, base64: b64 });
    return badLine(line, 'd', 'the text of the frame, or b64 its bytes', d);
  }
  if (!isKindWithUrl(k)) return badLine(line, 'k', 'open, out, in, rest or close', k);
  if (typeof url !== 'string') return badLine(line, 'url', 'an address', url);
  if (k === 'open') return parsed({ kind: 'open', time, url });
  if (typeof d !== 'string') return badLine(line, 'd', 'the text of the frame or body', d);
  return parsed({ kind: k, time, url, text: d });
}

/** The line of a message, as `parseRecordedLine` reads it. */
export function recordedLine(message: RecordedMessage): string {
  const { time: t, kind } = message;
  switch (kind) {
    case 'in':
      return JSON.stringify({ t, k: 'in', d: message.text });
    case 'in-binary':
      return JSON.stringify({ t, k: 'in', b64: message.base64 });
    case 'open':
      return JSON.stringify({ t, k: 'open', url: message.url });
    case 'out':
    case 'rest':
    case 'close':
      return JSON.stringify({ t, k: kind, url: message.url, d: message.text });
    default:
      return assertNever(message);
  }
}

function isKindWithUrl(k: unknown): k is 'open' | 'out' | 'rest' | 'close' {
  return k === 'open' || k === 'out' || k === 'rest' || k === 'close';
}

function badLine(line: number, field: string, rule: string, raw: unknown): Parsed<never> {
  const place = field === '' ? `line ${line}` : `line ${line}, ${field}`;
  return malformed('bad-line', place, `${place} must be ${rule}, was ${shown(raw)}`);
}
