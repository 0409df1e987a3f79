import type { AlertPhase, CascadeRule, SetupRule, StaleRule } from '../model/alert.js';
import type { CascadeState } from '../model/cascade.js';
import type { Setup } from '../model/setup.js';
import { hasFailedBy } from '../setups/condition.js';
import { isStaleState, type AlertFreshness, type AlertInput } from './alert-input.js';
import type { AlertMemory } from './alert-memory.js';
import type { Candidate } from './candidate.js';

/** A state without a number has its margin in time: it counts as left when it was away this long. Chosen, not measured. */
const SETTLE_MS = 60_000;

const NOWHERE = { side: undefined, low: undefined, high: undefined };

/** Setups all of whose conditions pass; those of which one has failed by the margin are waited for anew. */
export function setupCandidates(rule: SetupRule, input: AlertInput, memory: AlertMemory): readonly Candidate[] {
  return input.setups.flatMap((setup): readonly Candidate[] => {
    if (!rule.setups.includes(setup.kind) || (rule.side !== undefined && rule.side !== setup.side)) return [];
    const clusterId = setup.kind === 'fade' ? undefined : setup.clusterId;
    const subject = `${setup.kind} ${clusterId ?? setup.side}`;
    if (setup.conditions.some((condition) => hasFailedBy(condition, rule.hysteresis))) memory.arm(rule.id, subject);
    if (setup.verdict !== 'pass') return [];
    return [{ rule, subject, clusterId, armedBy: subject, values: valuesOf(setup), place: placeOf(setup) }];
  });
}

function valuesOf(setup: Setup): Readonly<Record<string, number | string>> {
  const values: Record<string, number | string> = { setup: setup.kind };
  for (const { name, value } of setup.conditions) if (value !== undefined) values[name] = value;
  return values;
}

function placeOf(setup: Setup): Candidate['place'] {
  if (setup.kind !== 'fade') return { side: setup.side, ...setup.band };
  return { side: setup.side, ...bandOf(setup.startPrice, setup.invalidation) };
}

/** Cascades in a phase that is waited for, once a run. */
export function cascadeCandidates(rule: CascadeRule, input: AlertInput, memory: AlertMemory): readonly Candidate[] {
  const candidates: Candidate[] = [];
  for (const side of ['long', 'short'] as const) {
    if (rule.side !== undefined && rule.side !== side) continue;
    const cascade = input.cascades.find((candidate) => candidate.side === side);
    for (const phase of rule.phases) {
      const subject = `cascade ${side} ${phase}`;
      if (isOver(cascade, phase)) memory.armAfter(rule.id, subject, input.seenTime, SETTLE_MS);
      else memory.holdsAgain(rule.id, subject);
      if (cascade?.phase !== phase) continue;
      const place = { side, ...bandOf(cascade.startPrice, cascade.extremePrice) };
      candidates.push({ rule, subject, clusterId: undefined, armedBy: subject, values: figuresOf(cascade), place });
    }
  }
  return candidates;
}

/** Whether a run is past the phase for good: a phase that comes and goes within a run is told once. */
function isOver(cascade: CascadeState | undefined, phase: AlertPhase): boolean {
  if (cascade === undefined || cascade.phase === 'idle') return true;
  return phase === 'done' ? cascade.phase !== 'done' : cascade.phase === 'done';
}

function figuresOf(cascade: CascadeState): Readonly<Record<string, number | string>> {
  return {
    phase: cascade.phase,
    printedUsd: cascade.printed,
    isLowerBound: cascade.isLowerBound ? 'yes' : 'no',
    printRate: cascade.printRate,
    ...(cascade.remaining === undefined ? {} : { remainingUsd: cascade.remaining.p50 }),
  };
}

/** Data that no longer come; told again only after they came for a minute. */
export function staleCandidates(
  rule: StaleRule,
  { freshness, seenTime }: AlertInput,
  memory: AlertMemory,
): readonly Candidate[] {
  return subjectsOf(rule, freshness).flatMap(({ subject, state }): readonly Candidate[] => {
    const isStale = state !== undefined && isStaleState(state);
    if (!isStale) {
      memory.armAfter(rule.id, subject, seenTime, SETTLE_MS);
      return [];
    }
    memory.holdsAgain(rule.id, subject);
    return [{ rule, subject, clusterId: undefined, armedBy: subject, values: { of: subject, state }, place: NOWHERE }];
  });
}

function subjectsOf({ venues }: StaleRule, { state, venues: known }: AlertFreshness) {
  if (venues === undefined) return [{ subject: 'picture', state }];
  return venues.map((venue) => ({
    subject: venue,
    state: known.find((candidate) => candidate.venue === venue)?.state,
  }));
}

function bandOf<Value extends number>(a: Value | undefined, b: Value | undefined) {
  if (a === undefined || b === undefined) return { low: a ?? b, high: a ?? b };
  return a < b ? { low: a, high: b } : { low: b, high: a };
}
