import type {
  BookHealth,
  Condition,
  ConditionUnit,
  NumberCondition,
  NumberConditionName,
  StateCondition,
  Verdict,
} from '../model/setup.js';
import type { CascadePhase } from '../model/cascade.js';

/** A threshold with its unit, as parameters hold it. */
export interface NumberRule {
  readonly name: NumberConditionName;
  readonly relation: NumberCondition['relation'];
  readonly threshold: number;
  readonly unit: ConditionUnit;
}

/** Compares a value with a rule; what is not a finite number is not known. */
export function numberCondition(rule: NumberRule, value: number | undefined): NumberCondition {
  const known = value !== undefined && Number.isFinite(value) ? value : undefined;
  if (known === undefined) return { ...rule, value: undefined, verdict: 'unknown' };
  return { ...rule, value: known, verdict: holds(rule, known) ? 'pass' : 'fail' };
}

function holds({ relation, threshold }: Pick<NumberRule, 'relation' | 'threshold'>, value: number): boolean {
  if (relation === 'at least') return value >= threshold;
  return relation === 'at most' ? value <= threshold : value < threshold;
}

/** Stale data say nothing about the present: not known, rather than failed. */
export function dataCondition(isStale: boolean): StateCondition {
  const value = isStale ? 'stale' : 'fresh';
  return {
    name: 'data',
    value,
    relation: 'is',
    threshold: 'fresh',
    unit: 'state',
    verdict: isStale ? 'unknown' : 'pass',
  };
}

/** A book with a gap may hide any order: not known, and never passed (S48). */
export function bookCondition(book: BookHealth): StateCondition {
  const verdict = book === 'in-sync' ? 'pass' : 'unknown';
  return { name: 'book', value: book, relation: 'is', threshold: 'in-sync', unit: 'state', verdict };
}

/** Whether a cascade stands in a phase. */
export function phaseCondition(phase: CascadePhase, wanted: CascadePhase): StateCondition {
  const verdict = phase === wanted ? 'pass' : 'fail';
  return { name: 'cascade-phase', value: phase, relation: 'is', threshold: wanted, unit: 'state', verdict };
}

/** The verdict over all conditions: one failure fails, one unknown leaves it open, and none at all says nothing. */
export function overallVerdict(conditions: readonly Condition[]): Verdict {
  if (conditions.some(({ verdict }) => verdict === 'fail')) return 'fail';
  return conditions.length > 0 && conditions.every(({ verdict }) => verdict === 'pass') ? 'pass' : 'unknown';
}

/** True when a condition has failed by more than `margin` times its threshold, so that noise at the threshold is no change. */
export function hasFailedBy(condition: Condition, margin: number): boolean {
  if (condition.verdict !== 'fail' || condition.relation === 'is') return condition.verdict === 'fail';
  if (condition.value === undefined) return false;
  return Math.abs(condition.value - condition.threshold) > margin * Math.abs(condition.threshold);
}
