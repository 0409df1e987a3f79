import { malformed, parsed, type Fault, type Parsed } from '@liquidation-heatmap/core';
import { stepOf } from '../market/decimal.js';
import { SYMBOLS, VENUE_NAMES, isSymbolName, isVenueName } from '../market/venue-name.js';
import type { WireChannel } from '../venues/venue-server.js';
import { FAULT_KINDS, type FaultEvent, type FaultKind, type FaultScript } from './fault-script.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const CHANNELS: readonly WireChannel[] = [
  ...(['book', 'trades', 'bars', 'mark', 'index', 'ticker', 'open-interest', 'funding', 'liquidations'] as const),
];

/** What a field must be, what it is where the script does not say, and how the rule reads. */
interface FieldRule {
  readonly usual?: unknown;
  readonly isOptional?: true;
  readonly holds: (value: unknown) => boolean;
  readonly rule: string;
}

const duration = (usual?: number): FieldRule => ({ usual, holds: isAbove(0), rule: 'must be milliseconds above 0' });
const openEnded: FieldRule = { isOptional: true, holds: isAbove(0), rule: 'must be milliseconds above 0, or absent' };
const count: FieldRule = {
  usual: 1,
  holds: (value) => Number.isInteger(value) && Number(value) >= 1,
  rule: 'must be a whole number of at least 1',
};
const symbol: FieldRule = { usual: 'BTCUSDT', holds: isSymbolName, rule: `must be one of ${SYMBOLS.join(', ')}` };
const oneOf = (values: readonly unknown[], usual: unknown): FieldRule => ({
  usual,
  holds: (value) => values.includes(value),
  rule: `must be one of ${values.join(', ')}`,
});
const number = (usual: number, least: number): FieldRule => ({
  usual,
  holds: (value) => typeof value === 'number' && Number.isFinite(value) && value >= least,
  rule: `must be a number of at least ${String(least)}`,
});

/** Fields of each kind beside `at`, `venue` and `kind`. */
const FIELDS: Readonly<Record<FaultKind, Readonly<Record<string, FieldRule>>>> = {
  'cut': { code: { usual: 1006, holds: isCloseCode, rule: 'must be a WebSocket close code, 1000 to 4999' } },
  'stall': { durationMs: openEnded },
  'silent-subscription': { channel: oneOf(CHANNELS, 'book'), durationMs: duration(MINUTE_MS) },
  'gap': { symbol, count },
  'duplicate': { symbol, count },
  'reorder': { symbol, count },
  'truncated-frame': { count },
  'slow-snapshot': { delayMs: duration(3_000), durationMs: duration(MINUTE_MS) },
  'rate-limit': { status: oneOf([429, 418], 429), retryAfterS: number(30, 1), durationMs: duration(MINUTE_MS) },
  'region': { answer: oneOf([451, 403, 'silent'], 451), durationMs: duration(HOUR_MS) },
  'clock-skew': { skewMs: number(-1_273, Number.NEGATIVE_INFINITY), durationMs: openEnded },
  'burst': { symbol, framesPerSecond: number(2_500, 1), durationMs: duration(1_000) },
  'down': { durationMs: duration(HOUR_MS) },
  'listing-change': { symbol, tickSize: { holds: isStep, rule: 'must be a positive decimal such as "0.50"' } },
};

/** Reads a script from data and fills in what it leaves out; a fault names the field that broke which rule. */
export function checkFaults(input: unknown): Parsed<FaultScript> {
  if (!Array.isArray(input)) return broken('faults', `A fault script must be a list, was ${typeof input}`);
  const events: FaultEvent[] = [];
  for (const [index, item] of (input as unknown[]).entries()) {
    const at = `faults[${String(index)}]`;
    if (typeof item !== 'object' || item === null) return broken(at, `A fault must be an object, was ${String(item)}`);
    const checked = checkOne(item as Readonly<Record<string, unknown>>, at);
    if ('code' in checked) return { ok: false, fault: checked };
    events.push(checked.event);
  }
  return parsed(events.sort((a, b) => a.at - b.at));
}

function checkOne(item: Readonly<Record<string, unknown>>, place: string): Fault | { readonly event: FaultEvent } {
  const { at, venue, kind } = item;
  if (typeof at !== 'number' || !(at >= 0)) return fault(`${place}.at`, 'must be milliseconds of at least 0', at);
  if (!isVenueName(venue)) return fault(`${place}.venue`, `must be one of ${VENUE_NAMES.join(', ')}`, venue);
  if (!FAULT_KINDS.some((known) => known === kind))
    return fault(`${place}.kind`, `must be one of ${FAULT_KINDS.join(', ')}`, kind);
  const rules = FIELDS[kind as FaultKind];
  const unknown = Object.keys(item).find((name) => !['at', 'venue', 'kind'].includes(name) && !(name in rules));
  if (unknown !== undefined)
    return fault(`${place}.${unknown}`, `is no field of ${String(kind)}, which must have only its own`, item[unknown]);
  const fields: Record<string, unknown> = {};
  for (const [name, rule] of Object.entries(rules)) {
    const value = item[name] ?? rule.usual;
    const isLeftOut = value === undefined && rule.isOptional === true;
    if (!isLeftOut && !rule.holds(value)) return fault(`${place}.${name}`, rule.rule, value);
    fields[name] = value;
  }
  return { event: { at, venue, kind, ...fields } as FaultEvent };
}

function isAbove(least: number): (value: unknown) => boolean {
  return (value) => typeof value === 'number' && Number.isFinite(value) && value > least;
}

function isCloseCode(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 1000 && Number(value) <= 4999;
}

function isStep(value: unknown): boolean {
  return typeof value === 'string' && stepOf(value) !== undefined;
}

function fault(field: string, rule: string, found: unknown): Fault {
  return { code: 'invalid-fault', field, message: `${field} ${rule}, was ${JSON.stringify(found) ?? 'absent'}` };
}

function broken(field: string, message: string): Parsed<never> {
  return malformed('invalid-fault', field, message);
}
