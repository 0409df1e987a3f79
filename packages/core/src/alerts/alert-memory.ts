import type { AlertRule } from '../model/alert.js';
import type { AlertInput } from './alert-input.js';
import { compareText } from '../setups/cluster-reach.js';
import type { Candidate } from './candidate.js';

/** What is known of a cluster outlives it by this long, or by the longest cooldown if that is longer. */
const MIN_RETENTION_MS = 3_600_000;

/** What alerts already told, as plain data: lists in the order of their keys. */
export interface AlertMemoryState {
  readonly lastTime: number | undefined;
  /** When each cluster, and each other subject of a rule, was last told of. */
  readonly told: readonly (readonly [key: string, time: number])[];
  /** Conditions told of and not left since; with the time since which they are away. */
  readonly disarmed: readonly (readonly [key: string, awaySince: number | null])[];
  /** Exposure that growth is measured from. */
  readonly bases: readonly (readonly [key: string, usd: number])[];
  /** When each cluster was last seen. */
  readonly seen: readonly (readonly [clusterId: string, time: number])[];
}

/** Remembers what was told, so that it is not told twice. */
export class AlertMemory {
  readonly #rules: readonly AlertRule[];
  readonly #retentionMs: number;
  #lastTime: number | undefined;
  #told = new Map<string, number>();
  #disarmed = new Map<string, number | undefined>();
  #bases = new Map<string, number>();
  #seen = new Map<string, number>();

  constructor(rules: readonly AlertRule[]) {
    this.#rules = rules;
    this.#retentionMs = Math.max(MIN_RETENTION_MS, ...rules.map((rule) => rule.cooldownMs));
  }

  /** Opens a second; throws when time runs backwards. */
  begin({ seenTime }: AlertInput): void {
    if (!Number.isFinite(seenTime) || seenTime < (this.#lastTime ?? -Infinity))
      throw new RangeError(`seenTime must be finite and not decrease, was ${seenTime} after ${this.#lastTime}`);
    this.#lastTime = seenTime;
  }

  /** Notes the clusters of a second, and where growth starts for those that are new. */
  note({ seenTime, clusters, changes, setups }: AlertInput): void {
    const growing = this.#rules.filter((rule) => rule.kind === 'grow');
    for (const { id, energy } of [...clusters, ...changes.map((change) => change.cluster)]) {
      this.#seen.set(id, seenTime);
      for (const rule of growing) {
        const key = keyOf(rule.id, id);
        if (!this.#bases.has(key)) this.#bases.set(key, energy.p50);
      }
    }
    for (const setup of setups) if (setup.kind !== 'fade') this.#seen.set(setup.clusterId, seenTime);
  }

  /** Exposure that growth is measured from. */
  baseOf(ruleId: string, clusterId: string): number | undefined {
    return this.#bases.get(keyOf(ruleId, clusterId));
  }

  /** The condition has been left by its margin. */
  arm(ruleId: string, subject: string): void {
    this.#disarmed.delete(keyOf(ruleId, subject));
  }

  /** The condition is away; it counts as left once that has lasted. */
  armAfter(ruleId: string, subject: string, time: number, lastsMs: number): void {
    const key = keyOf(ruleId, subject);
    if (!this.#disarmed.has(key)) return;
    const since = this.#disarmed.get(key) ?? time;
    if (time - since >= lastsMs) this.#disarmed.delete(key);
    else this.#disarmed.set(key, since);
  }

  /** The condition is back before it counted as left. */
  holdsAgain(ruleId: string, subject: string): void {
    const key = keyOf(ruleId, subject);
    if (this.#disarmed.has(key)) this.#disarmed.set(key, undefined);
  }

  /**
   * Whether a candidate may be told now; if so it counts as told. A cluster must have been silent for the rule's cooldown,
   * whichever rule spoke of it.
   */
  tell({ rule, subject, clusterId, armedBy, newBase }: Candidate, time: number): boolean {
    if (armedBy !== undefined && this.#disarmed.has(keyOf(rule.id, armedBy))) return false;
    const key = clusterId === undefined ? keyOf(rule.id, subject) : keyOf(clusterId);
    if (time - (this.#told.get(key) ?? -Infinity) < rule.cooldownMs) return false;
    this.#told.set(key, time);
    if (armedBy !== undefined) this.#disarmed.set(keyOf(rule.id, armedBy), undefined);
    if (newBase !== undefined && clusterId !== undefined) this.#bases.set(keyOf(rule.id, clusterId), newBase);
    return true;
  }

  /** Forgets what can no longer matter, so that memory does not grow with time. */
  forget(time: number): void {
    const oldest = time - this.#retentionMs;
    for (const [key, told] of this.#told) if (told < oldest) this.#told.delete(key);
    for (const [clusterId, seen] of this.#seen) {
      if (seen >= oldest) continue;
      this.#seen.delete(clusterId);
      for (const rule of this.#rules) {
        this.#bases.delete(keyOf(rule.id, clusterId));
        for (const subject of [clusterId, `magnet ${clusterId}`, `confluence ${clusterId}`])
          this.#disarmed.delete(keyOf(rule.id, subject));
      }
    }
  }

  /** Everything needed to go on, as plain data. */
  state(): AlertMemoryState {
    return {
      lastTime: this.#lastTime,
      told: sorted(this.#told),
      disarmed: sorted(this.#disarmed).map(([key, since]) => [key, since ?? null] as const),
      bases: sorted(this.#bases),
      seen: sorted(this.#seen),
    };
  }

  /** Goes on from a state as if never interrupted; what belongs to rules that are gone is left behind. */
  static restore(rules: readonly AlertRule[], state: AlertMemoryState): AlertMemory {
    const memory = new AlertMemory(rules);
    memory.#lastTime = state.lastTime;
    const ids = new Set(rules.map((rule) => rule.id));
    const isKept = ([key]: readonly [string, unknown]) => ids.has(ruleIdOf(key));
    memory.#told = new Map(state.told);
    memory.#disarmed = new Map(state.disarmed.filter(isKept).map(([key, since]) => [key, since ?? undefined]));
    memory.#bases = new Map(state.bases.filter(isKept));
    memory.#seen = new Map(state.seen);
    return memory;
  }
}

/** One text for several, which cannot be mistaken whatever they hold. */
function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

function ruleIdOf(key: string): string {
  return String((JSON.parse(key) as readonly unknown[])[0]);
}

function sorted<Value>(map: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] {
  return [...map].sort(([a], [b]) => compareText(a, b));
}
