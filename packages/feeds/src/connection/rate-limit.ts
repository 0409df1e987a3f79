import type { UnixMs } from '@liquidation-heatmap/core';
import type { Runtime } from '../runtime/runtime.js';

const WINDOW_MS = 60_000;
/** So long a path that fails while its host answers others is not asked for again. */
const UNREADABLE_MS = 300_000;

/** What a host allows one IP address, counted in its own weights over a sliding minute. */
export class RateBudget {
  readonly #runtime: Runtime;
  readonly #weightPerMinute: number;
  #spent: { readonly time: UnixMs; readonly weight: number }[] = [];
  #blockedUntil = 0 as UnixMs;
  #unavailableUntil = 0 as UnixMs;
  #answeredAt = Number.NEGATIVE_INFINITY;
  /** Until when a path is left alone, by path. */
  readonly #unreadable = new Map<string, number>();
  /** Paths that have answered: their failures are the network's. */
  readonly #readable = new Set<string>();
  #turn: Promise<void> = Promise.resolve();

  constructor(runtime: Runtime, weightPerMinute: number) {
    this.#runtime = runtime;
    this.#weightPerMinute = weightPerMinute;
  }

  /** No request before this time: what a Retry-After said. */
  get blockedUntil(): UnixMs {
    return this.#blockedUntil;
  }

  /** True while the host is known to refuse this region or network. */
  isUnavailable(now: UnixMs): boolean {
    return now < this.#unavailableUntil;
  }

  /** Waits for its turn and until the weight fits, then spends it. Requests are served in the order they came. */
  take(weight: number, signal: AbortSignal): Promise<void> {
    const turn = this.#turn.then(() => this.#wait(weight, signal));
    this.#turn = turn;
    return turn;
  }

  /** The host asked for a pause; an earlier, longer one stays. */
  block(ms: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, this.#runtime.now() + ms) as UnixMs;
  }

  /** The host refuses this region or network: nobody asks again for `ms`. */
  markUnavailable(ms: number): void {
    this.#unavailableUntil = (this.#runtime.now() + ms) as UnixMs;
  }

  /** The host answered on a path, whatever it was. */
  noteAnswer(path: string): void {
    this.#readable.add(path);
    this.#answeredAt = this.#runtime.now();
  }

  /**
   * No answer came. A page is not told why: where the host answers other paths, this one most likely lacks the header that would let a
   * page read it, and asking again helps nobody.
   */
  noteFailure(path: string): void {
    const now = this.#runtime.now();
    if (now - this.#answeredAt < WINDOW_MS && !this.#readable.has(path)) this.markUnreadable(path);
  }

  /** A path is refused: nobody asks for it again for five minutes. */
  markUnreadable(path: string): void {
    this.#unreadable.set(path, this.#runtime.now() + UNREADABLE_MS);
  }

  /** A path that failed while its host answered others. */
  isUnreadable(path: string): boolean {
    return this.#runtime.now() < (this.#unreadable.get(path) ?? 0);
  }

  /** The host's own count of the running minute, where a header tells it: other tabs and programs share the address. */
  observe(weightUsed: number): void {
    const now = this.#runtime.now();
    const missing = weightUsed - this.#sum(now);
    if (missing > 0) this.#spent.push({ time: now, weight: missing });
  }

  async #wait(weight: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const now = this.#runtime.now();
      const waitMs = Math.max(this.#blockedUntil - now, this.#fitsIn(weight, now));
      if (waitMs <= 0) {
        this.#spent.push({ time: now, weight });
        return;
      }
      await this.#runtime.sleep(waitMs, signal);
    }
  }

  /** Milliseconds until the weight fits. */
  #fitsIn(weight: number, now: UnixMs): number {
    let excess = this.#sum(now) + weight - this.#weightPerMinute;
    for (const entry of this.#spent) {
      if (excess <= 0) return 0;
      excess -= entry.weight;
      if (excess <= 0) return entry.time + WINDOW_MS - now;
    }
    return 0;
  }

  #sum(now: UnixMs): number {
    this.#spent = this.#spent.filter((entry) => entry.time + WINDOW_MS > now);
    return this.#spent.reduce((sum, entry) => sum + entry.weight, 0);
  }
}

const BUDGETS = new WeakMap<Runtime, Map<string, RateBudget>>();

/** The one budget of a host: everything on a runtime shares it, because the host counts by IP address. */
export function budgetOf(runtime: Runtime, host: string, weightPerMinute: number): RateBudget {
  const hosts = BUDGETS.get(runtime) ?? new Map<string, RateBudget>();
  BUDGETS.set(runtime, hosts);
  const budget = hosts.get(host) ?? new RateBudget(runtime, weightPerMinute);
  hosts.set(host, budget);
  return budget;
}
