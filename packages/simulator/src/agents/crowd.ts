import { MS_PER_HOUR, MS_PER_MINUTE } from '@liquidation-heatmap/core';
import type { MarketRandom } from '../random.js';
import type { LeverageTier, World } from '../worlds/world.js';

const DAY_MS = 24 * MS_PER_HOUR;
/** How far a one-sigma hour moves the share of longs among entrants. Invented. */
const TILT = 0.2;
const BIAS_SPREAD = 0.05;
const BIAS_MEMORY_MS = 8 * MS_PER_HOUR;
const MEAN_REGIME_MS = 10 * MS_PER_HOUR;
/** Arrivals during a burst, in multiples of the usual rate. */
const BURST_ARRIVALS = 5;
const BURST_SAME_SIDE = 0.85;

/** What the crowd wants at this moment. */
export interface CrowdMood {
  /** Multiplies the arrival rate. */
  readonly arrivals: number;
  /** Chance that an entrant goes long. */
  readonly longChance: number;
  /** Leverage a burst has in common, if one is on. */
  readonly tier: LeverageTier | undefined;
}

/** The mood of all entrants: an answer to the last hour's move, a slow bias, and bursts of like-minded traders. */
export class Crowd {
  readonly #world: World;
  readonly #random: MarketRandom;
  #sign: number;
  #bias = 0;
  #burstLeftMs = 0;
  #burstLongChance = 0.5;
  #burstTier: LeverageTier | undefined;

  constructor(world: World, random: MarketRandom) {
    this.#world = world;
    this.#random = random;
    this.#sign = world.style === 'contrarian' ? -1 : 1;
  }

  /** Moves on by `stepMs`; `surprise` is the last hour's move in standard deviations. */
  advance(stepMs: number, surprise: number): CrowdMood {
    const random = this.#random;
    const kept = Math.exp(-stepMs / BIAS_MEMORY_MS);
    this.#bias = this.#bias * kept + BIAS_SPREAD * Math.sqrt(1 - kept * kept) * random.normal();
    if (this.#world.style === 'regime-switch' && random.chance(stepMs / MEAN_REGIME_MS)) this.#sign = -this.#sign;
    this.#burstLeftMs -= stepMs;
    if (this.#burstLeftMs <= 0 && random.chance((this.#world.burstsPerDay * stepMs) / DAY_MS))
      this.#startBurst(surprise);
    if (this.#burstLeftMs > 0)
      return { arrivals: BURST_ARRIVALS, longChance: this.#burstLongChance, tier: this.#burstTier };
    const longChance = 0.5 + TILT * Math.tanh(this.#sign * surprise) + this.#bias;
    return { arrivals: 1, longChance: Math.min(0.85, Math.max(0.15, longChance)), tier: undefined };
  }

  #startBurst(surprise: number): void {
    const random = this.#random;
    this.#burstLeftMs = random.between(5, 20) * MS_PER_MINUTE;
    const goesLong = random.chance(0.5 + 0.35 * Math.tanh(this.#sign * surprise));
    this.#burstLongChance = goesLong ? BURST_SAME_SIDE : 1 - BURST_SAME_SIDE;
    const tiers = this.#world.tiers.filter(({ leverage }) => leverage >= 10 && leverage <= 50);
    this.#burstTier = tiers[random.index(tiers.map(({ weight }) => weight))];
  }
}
