import { AlertEvaluator, type AlertEvaluatorState } from '../alerts/alert-evaluator.js';
import type { AlertInput } from '../alerts/alert-input.js';
import type { Alert, AlertRule } from '../model/alert.js';
import type { UnixMs } from '../model/units.js';

/** Alerts kept: rules with cooldowns tell a handful an hour. */
const KEPT = 200;

interface Records {
  readonly since: number | null;
  readonly evaluator: AlertEvaluatorState;
  readonly told: readonly Alert[];
}

/** Judges the host's rules once a live second, and keeps what was told. */
export class AlertWatch {
  readonly #rules: readonly AlertRule[];
  #evaluator: AlertEvaluator;
  #told: readonly Alert[] = [];
  /** Changes up to here have been judged. */
  #since = Number.NEGATIVE_INFINITY as UnixMs;

  constructor(rules: readonly AlertRule[]) {
    this.#rules = rules;
    this.#evaluator = new AlertEvaluator(rules);
  }

  /** Whether there is anything to judge. */
  get isIdle(): boolean {
    return this.#rules.length === 0;
  }

  /** Alerts told after `since`, oldest first; at most the last 200. */
  alerts(since: UnixMs): readonly Alert[] {
    return this.#told.filter(({ seenTime }) => seenTime > since);
  }

  /** The past is being filled in: what changes then is not told as if it were new. */
  idle(time: UnixMs): void {
    this.#since = time;
  }

  /** Judges one second; `changesAfter` gives what clusters reported since. */
  judge(second: Omit<AlertInput, 'changes'>, changesAfter: (since: UnixMs) => AlertInput['changes']): void {
    const told = this.#evaluator.step({ ...second, changes: changesAfter(this.#since) });
    this.#since = second.seenTime;
    if (told.length > 0) this.#told = [...this.#told, ...told].slice(-KEPT);
  }

  /** What a checkpoint holds, JSON text. */
  state(): string {
    const since = Number.isFinite(this.#since) ? this.#since : null;
    return JSON.stringify({ since, evaluator: this.#evaluator.state(), told: this.#told } satisfies Records);
  }

  /** Goes on from what `state` gave; with other rules, those that stayed go on. */
  restore(text: string): void {
    const { since, evaluator, told } = JSON.parse(text) as Records;
    this.#since = (since ?? Number.NEGATIVE_INFINITY) as UnixMs;
    this.#evaluator = AlertEvaluator.restore(this.#rules, evaluator);
    this.#told = told;
  }
}
