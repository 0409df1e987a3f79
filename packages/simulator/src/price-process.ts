import { MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND } from '@liquidation-heatmap/core';
import type { MarketRandom } from './random.js';
import type { World } from './worlds/world.js';

const DAY_MS = 24 * MS_PER_HOUR;
/** Phases of the market: factor on volatility, mean length in hours. Invented. */
const PHASES = [
  { name: 'calm', factor: 0.55, hours: 5 },
  { name: 'usual', factor: 1, hours: 4 },
  { name: 'wild', factor: 2, hours: 0.8 },
] as const;
const FAST_SPREAD = 0.35;
const FAST_MEMORY_MS = 20 * MS_PER_MINUTE;
const SIGNAL_MEMORY_MS = MS_PER_HOUR;
const SNAP_BACK_MEMORY_MS = 3 * MS_PER_MINUTE;
const PRESSURE_MEMORY_MS = MS_PER_MINUTE;
/** Depth falls by this factor per 1 %-depth traded by force within the last minute: books thin out while they are hit. */
const THINNING = 0.6;
/** Cumulative-volume exponent of forced impact: log(drop) = a + 0.875 log(volume / depth), a fit on 639 falls of 21 symbols. */
const IMPACT_EXPONENT = 0.875;
const ONE_PERCENT = 0.01;
/** No single step's forced flow moves the price further than this. */
const MAX_IMPACT = 0.03;

/** Flow of one step in contract units, buys positive. */
export interface Flow {
  /** Forced closes and triggered stops. */
  urgent: number;
  patient: number;
}

interface Run {
  leftMs: number;
  readonly perMs: number;
}

/**
 * Common log price of all venues: stochastic volatility in phases, jumps, runs, drift, and the impact of flow.
 * Part of what forced flow moved comes back within minutes.
 */
export class PriceProcess {
  readonly #world: World;
  readonly #random: MarketRandom;
  readonly #dailyVolatility: number;
  #phase = 1;
  #fast = 0;
  #slow: number;
  #signalBase: number;
  #transient = 0;
  #pressure = 0;
  #runs: Run[] = [];

  constructor(world: World, dailyVolatility: number, random: MarketRandom) {
    this.#world = world;
    this.#random = random;
    this.#dailyVolatility = dailyVolatility * world.volatility;
    this.#slow = 0;
    this.#signalBase = 0;
  }

  /** Natural logarithm of the common price. */
  get logPrice(): number {
    return this.#slow + this.#transient;
  }

  /** Moves the whole path so that it stands at `logPrice` now. */
  moveTo(logPrice: number): void {
    const shift = logPrice - this.logPrice;
    this.#slow += shift;
    this.#signalBase += shift;
  }

  /** Standard deviation of the log return over `stepMs` at this moment. */
  sigma(stepMs: number): number {
    const clustering = Math.exp(this.#fast - (FAST_SPREAD * FAST_SPREAD) / 2);
    return this.#dailyVolatility * PHASES[this.#phase]!.factor * clustering * Math.sqrt(stepMs / DAY_MS);
  }

  /** How busy the market is: 1 on average of phases, more when it moves. */
  get activity(): number {
    const moving = this.#runs.length > 0 ? 1.4 : 1;
    return moving * (0.35 + 0.65 * PHASES[this.#phase]!.factor) * Math.exp(0.6 * this.#fast);
  }

  /** Move since about an hour ago in standard deviations of a usual hour. */
  get surprise(): number {
    return (this.logPrice - this.#signalBase) / (this.#dailyVolatility / Math.sqrt(24));
  }

  /** Share of the usual depth that stands in the book now, 0..1. */
  get bookSurvival(): number {
    return Math.exp(-THINNING * this.#pressure) / Math.sqrt(Math.max(1, PHASES[this.#phase]!.factor));
  }

  /** Plans a run that starts at once. */
  startRun(durationMs: number, logReturn: number): void {
    this.#runs.push({ leftMs: durationMs, perMs: logReturn / durationMs });
  }

  /** Moves on by `stepMs` under the flow of the step before; `depth` is the flow in contract units that moves 1 %. */
  advance(stepMs: number, flow: Flow, depth: number): void {
    this.#changePhase(stepMs);
    const kept = Math.exp(-stepMs / FAST_MEMORY_MS);
    this.#fast = this.#fast * kept + FAST_SPREAD * Math.sqrt(1 - kept * kept) * this.#random.normal();
    this.#slow += this.sigma(stepMs) * this.#random.normal() + (this.#world.driftPerDay * stepMs) / DAY_MS;
    this.#slow += this.#jump(stepMs) + this.#run(stepMs);
    this.#applyFlow(stepMs, flow, depth);
    this.#signalBase += (this.logPrice - this.#signalBase) * (1 - Math.exp(-stepMs / SIGNAL_MEMORY_MS));
  }

  #applyFlow(stepMs: number, flow: Flow, depth: number): void {
    this.#transient *= Math.exp(-stepMs / SNAP_BACK_MEMORY_MS);
    this.#pressure *= Math.exp(-stepMs / PRESSURE_MEMORY_MS);
    if (!(depth > 0)) return;
    const share = Math.abs(flow.urgent) / (depth * this.bookSurvival);
    const size = Math.min(MAX_IMPACT, ONE_PERCENT * share ** IMPACT_EXPONENT);
    const impact = Math.sign(flow.urgent) * size;
    this.#pressure += Math.abs(flow.urgent) / depth;
    this.#transient += impact * this.#world.snapBack;
    this.#slow += impact * (1 - this.#world.snapBack);
    this.#slow += ONE_PERCENT * this.#world.patientImpact * (flow.patient / depth);
  }

  #changePhase(stepMs: number): void {
    const { hours } = PHASES[this.#phase]!;
    if (!this.#random.chance(1 - Math.exp(-stepMs / (hours * MS_PER_HOUR)))) return;
    const toWild = Math.min(0.9, 0.3 * this.#world.wildness);
    if (this.#phase === 1) this.#phase = this.#random.chance(toWild) ? 2 : 0;
    else this.#phase = 1;
  }

  #jump(stepMs: number): number {
    const count = this.#random.poisson((this.#world.jumpsPerDay * stepMs) / DAY_MS);
    let total = 0;
    for (let i = 0; i < count; i++) {
      const sign = this.#random.chance(0.5) ? 1 : -1;
      total += sign * this.#dailyVolatility * this.#random.logNormal(0.18, 0.5);
    }
    return total;
  }

  #run(stepMs: number): number {
    if (this.#random.chance((this.#world.runsPerDay * stepMs) / DAY_MS)) {
      const sign = this.#random.chance(0.5) ? 1 : -1;
      const durationMs = Math.max(10 * MS_PER_SECOND, this.#random.logNormal(25, 0.6) * MS_PER_MINUTE);
      this.startRun(durationMs, sign * this.#dailyVolatility * this.#random.between(0.2, 0.7));
    }
    let total = 0;
    for (const run of this.#runs) {
      total += run.perMs * Math.min(stepMs, run.leftMs);
      run.leftMs -= stepMs;
    }
    if (this.#runs.some(({ leftMs }) => leftMs <= 0)) this.#runs = this.#runs.filter(({ leftMs }) => leftMs > 0);
    return total;
  }
}
