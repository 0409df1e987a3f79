import type { Alert, AlertRule } from '../model/alert.js';
import { assertNever } from '../model/units.js';
import { rankRows, type DensityRanks } from '../setups/cluster-reach.js';
import { isSuspended, type AlertInput } from './alert-input.js';
import { AlertMemory, type AlertMemoryState } from './alert-memory.js';
import { compareCandidates, type Candidate } from './candidate.js';
import { approachCandidates, changeCandidates } from './cluster-candidates.js';
import { cascadeCandidates, setupCandidates, staleCandidates } from './state-candidates.js';

/** What an `AlertEvaluator` needs to go on. */
export type AlertEvaluatorState = AlertMemoryState;

/** Judges rules once a second. The same seconds give the same alerts, whatever the order of the rules. */
export class AlertEvaluator {
  readonly #rules: readonly AlertRule[];
  #memory: AlertMemory;

  constructor(rules: readonly AlertRule[]) {
    if (new Set(rules.map((rule) => rule.id)).size < rules.length) throw new Error('Ids of alert rules must be unique');
    this.#rules = [...rules];
    this.#memory = new AlertMemory(this.#rules);
  }

  /**
   * Alerts of one second, the most urgent first. While data are stale only `stale` speaks: the picture says nothing of the
   * present, and what changes meanwhile is not told later as if it were new.
   */
  step(input: AlertInput): readonly Alert[] {
    this.#memory.begin(input);
    const isSilent = isSuspended(input.freshness);
    if (!isSilent) this.#memory.note(input);
    const ranks = isSilent || input.rows === undefined ? undefined : rankRows(input.rows);
    const candidates = this.#rules.flatMap((rule) =>
      isSilent && rule.kind !== 'stale' ? [] : candidatesOf(rule, input, ranks, this.#memory),
    );
    const told = [...candidates]
      .sort(compareCandidates)
      .filter((candidate) => this.#memory.tell(candidate, input.seenTime))
      .map((candidate) => alertOf(candidate, input));
    this.#memory.forget(input.seenTime);
    return told;
  }

  /** Everything needed to go on, as plain data. */
  state(): AlertEvaluatorState {
    return this.#memory.state();
  }

  /** Goes on from a state as if never interrupted; with other rules, those that stayed go on. */
  static restore(rules: readonly AlertRule[], state: AlertEvaluatorState): AlertEvaluator {
    const evaluator = new AlertEvaluator(rules);
    evaluator.#memory = AlertMemory.restore(evaluator.#rules, state);
    return evaluator;
  }
}

function candidatesOf(
  rule: AlertRule,
  input: AlertInput,
  ranks: DensityRanks | undefined,
  memory: AlertMemory,
): readonly Candidate[] {
  switch (rule.kind) {
    case 'appear':
    case 'grow':
    case 'move':
    case 'dissolve':
    case 'consume':
      return changeCandidates(rule, input, ranks, memory);
    case 'approach':
      return approachCandidates(rule, input, ranks, memory);
    case 'setup':
      return setupCandidates(rule, input, memory);
    case 'cascade':
      return cascadeCandidates(rule, input, memory);
    case 'stale':
      return staleCandidates(rule, input, memory);
    default:
      return assertNever(rule);
  }
}

function alertOf({ rule, clusterId, values, place }: Candidate, { seenTime }: AlertInput): Alert {
  return { ruleId: rule.id, kind: rule.kind, seenTime, clusterId, values, deepLink: { time: seenTime, ...place } };
}
