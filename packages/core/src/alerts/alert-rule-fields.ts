import type { AlertKind } from '../model/alert.js';
import { VENUE_IDS } from '../model/venue.js';

/** A number and its limits; `above` excludes its end, `atLeast` and `atMost` include theirs. */
export interface NumberField {
  readonly type: 'number';
  readonly above?: number;
  readonly atLeast?: number;
  readonly atMost: number;
  readonly default?: number;
  readonly says: string;
}

/** One of a few words. */
export interface ChoiceField {
  readonly type: 'choice';
  readonly choices: readonly string[];
  readonly says: string;
}

/** Some of a few words, at least one and none twice. */
export interface ListField {
  readonly type: 'list';
  readonly choices: readonly string[];
  readonly default?: readonly string[];
  readonly says: string;
}

/** A text of limited length. */
export interface TextField {
  readonly type: 'text';
  readonly maxLength: number;
  readonly says: string;
}

/** What a field of a rule may hold. */
export type RuleField = NumberField | ChoiceField | ListField | TextField;

/** Rules a reader may have at once: more than a screen can edit, few enough to be judged every second. */
export const MAX_RULES = 64;

const id: RuleField = { type: 'text', maxLength: 400, says: 'Unique name; made from the rule where absent.' };
const cooldownMs: RuleField = {
  type: 'number',
  atLeast: 0,
  atMost: 604_800_000,
  // As often as the requirement asks a reader to look (S45): every 15 minutes.
  default: 900_000,
  says: 'Milliseconds for which the same cluster, cascade or venue must have been silent.',
};
const side: RuleField = { type: 'choice', choices: ['long', 'short'], says: 'Whose positions are closed by force.' };
const minEnergyUsd: RuleField = {
  type: 'number',
  atLeast: 0,
  atMost: 1e15,
  default: 0,
  says: 'Smallest exposure of the cluster in USD (P50).',
};
const minPercentile: RuleField = {
  type: 'number',
  atLeast: 0,
  atMost: 1,
  // The densest tenth of the rows: small clusters are noise to most readers (S64).
  default: 0.9,
  says: 'Rank of the density of the cluster among the rows of its side; 0 lets all through.',
};
const venues: RuleField = {
  type: 'list',
  choices: [...VENUE_IDS, 'simulated'],
  says: 'At least half of the cluster must be of these venues; for stale data, any of them.',
};
const within: RuleField = {
  type: 'number',
  above: 0,
  atMost: 0.5,
  says: 'Largest distance as a fraction of the price.',
};
const phases: RuleField = {
  type: 'list',
  choices: ['armed', 'running', 'exhausted', 'done'],
  default: ['running'],
  says: 'Phases of a cascade.',
};
const setups: RuleField = {
  type: 'list',
  choices: ['magnet', 'fade', 'confluence'],
  default: ['magnet', 'fade', 'confluence'],
  says: 'Kinds of setups.',
};
// Chosen, not measured: half again as much is a change one sees at once.
const growBy: RuleField = {
  type: 'number',
  above: 0,
  atMost: 100,
  default: 0.5,
  says: 'Growth since first seen or last told; 0.5 = by half.',
};
// Half of the reach of the setups.
const distance: RuleField = { ...within, default: 0.015 };
// Chosen, not measured: at the default distance 0.3 % of the price, many times what it moves from second to second.
const hysteresis: RuleField = {
  type: 'number',
  atLeast: 0,
  atMost: 1,
  default: 0.2,
  says: 'How far a condition must be left, as a share of its threshold, before it can be told again.',
};

const ofCluster = { id, cooldownMs, side, minEnergyUsd, minPercentile, venues };
const ofChange = { ...ofCluster, distance: within };

/** The fields of each kind of rule besides `kind`; what is not here is refused. */
export const RULE_FIELDS: Readonly<Record<AlertKind, Readonly<Record<string, RuleField>>>> = {
  appear: ofChange,
  grow: { ...ofChange, growBy },
  move: ofChange,
  dissolve: ofChange,
  consume: ofChange,
  approach: { ...ofCluster, distance, hysteresis },
  setup: { id, cooldownMs, side, setups, hysteresis },
  cascade: { id, cooldownMs, side, phases },
  stale: { id, cooldownMs, venues },
};

/** All kinds of rules. */
export const ALERT_KINDS = Object.keys(RULE_FIELDS) as readonly AlertKind[];
