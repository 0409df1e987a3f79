import type { UnixMs } from '@liquidation-heatmap/core';
import { RateBudget } from '../connection/rate-limit.js';
import type { Runtime } from '../runtime/runtime.js';

/**
 * A part of what a host allows, set aside for one purpose. Weight is counted apart from the host's other budget, so that neither eats
 * the other's; what the host says of this machine (a pause, a refusal) is shared, since it counts by IP address.
 */
export class ShareBudget extends RateBudget {
  readonly #host: RateBudget;

  constructor(runtime: Runtime, weightPerMinute: number, host: RateBudget) {
    super(runtime, weightPerMinute);
    this.#host = host;
  }

  override async take(weight: number, signal: AbortSignal): Promise<void> {
    await super.take(weight, signal);
    // Costs the other budget nothing, but waits for a pause that its readers were asked for.
    await this.#host.take(0, signal);
  }

  override block(ms: number): void {
    super.block(ms);
    this.#host.block(ms);
  }

  override isUnavailable(now: UnixMs): boolean {
    return this.#host.isUnavailable(now);
  }

  override markUnavailable(ms: number): void {
    this.#host.markUnavailable(ms);
  }

  override noteAnswer(path: string): void {
    this.#host.noteAnswer(path);
  }

  override noteFailure(path: string): void {
    this.#host.noteFailure(path);
  }

  override isUnreadable(path: string): boolean {
    return this.#host.isUnreadable(path);
  }
}
