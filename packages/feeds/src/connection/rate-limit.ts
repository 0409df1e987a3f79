import type { UnixMs } from '@liquidation-heatmap/core';
import type { Runtime } from '../runtime/runtime.js';

const WINDOW_MS = 60_000;

/** What a host allows one IP address, counted in its own weights over a sliding minute. */
export class RateBudget {
  readonly #runtime: Runtime;
  readonly #weightPerMinute: number;
  #spent: { readonly time: UnixMs; readonly weight: number }[] = [];
  #blockedUntil = 0 as UnixMs;
  #unavailableUntil = 0 as UnixMs;
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
