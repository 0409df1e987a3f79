import type { AlertDeepLink, AlertKind, AlertRule } from '../model/alert.js';
import { compareText } from '../setups/cluster-reach.js';

/** An alert that a rule asks for, before cooldowns are looked at. */
export interface Candidate {
  readonly rule: AlertRule;
  /** What it is about, for the cooldown of alerts without a cluster. */
  readonly subject: string;
  readonly clusterId: string | undefined;
  readonly values: Readonly<Record<string, number | string>>;
  readonly place: Omit<AlertDeepLink, 'time'>;
  /** Condition that is told once until it has been left; absent for changes, which happen once by nature. */
  readonly armedBy?: string;
  /** Exposure that later growth is measured from. */
  readonly newBase?: number;
}

/** Of alerts about one cluster in one second the first kind here is told; what cannot be seen any more comes before what can. */
const URGENCY: readonly AlertKind[] = [
  'stale',
  'cascade',
  'consume',
  'setup',
  'approach',
  'grow',
  'move',
  'appear',
  'dissolve',
];

/** The order in which alerts of one second are told: by urgency, rule and subject, whatever the order of the rules. */
export function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    URGENCY.indexOf(a.rule.kind) - URGENCY.indexOf(b.rule.kind) ||
    compareText(a.rule.id, b.rule.id) ||
    compareText(a.subject, b.subject)
  );
}
