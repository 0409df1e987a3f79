import { MS_PER_HOUR } from '@liquidation-heatmap/core';
import type { MarketRandom } from '../random.js';
import type { OpenInterestReport } from '../worlds/world.js';
import { StreamClock, type EventTimes } from './lateness.js';

const DAY_MS = 24 * MS_PER_HOUR;
/** Relative error of a wrong report. Invented. */
const SPIKE: readonly [number, number] = [0.1, 0.3];

/** Open interest as a venue reports it, perhaps late or wrong; the accounts keep the right one. */
export class OpenInterestReporter {
  readonly #rule: OpenInterestReport;
  readonly #random: MarketRandom;
  readonly #clock: StreamClock;
  readonly #spikeChance: number;
  #lastSeen = 0;

  /** Reports are due every `everyMs`. */
  constructor(rule: OpenInterestReport, everyMs: number, random: MarketRandom) {
    this.#rule = rule;
    this.#spikeChance = (rule.spikesPerDay * everyMs) / DAY_MS;
    this.#random = random;
    this.#clock = new StreamClock('openInterest', random);
  }

  /** What is reported of whole size steps outstanding at `time`, and when it is seen; reports keep their order. */
  report(steps: number, time: number): { readonly steps: number; readonly times: EventTimes } {
    const { lateMs, noise } = this.#rule;
    const random = this.#random;
    const { eventTime, seenTime } = this.#clock.stamp(time);
    const late = lateMs > 0 ? Math.round(lateMs * random.between(0.5, 1.5)) : 0;
    this.#lastSeen = Math.max(this.#lastSeen, seenTime + late);
    let factor = noise > 0 ? Math.exp(noise * random.normal()) : 1;
    if (this.#spikeChance > 0 && random.chance(this.#spikeChance)) {
      factor *= 1 + (random.chance(0.5) ? 1 : -1) * random.between(...SPIKE);
    }
    const times = { eventTime, seenTime: this.#lastSeen as EventTimes['seenTime'] };
    return { steps: Math.max(1, Math.round(steps * factor)), times };
  }
}
