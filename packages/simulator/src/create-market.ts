import type { MarketEvent } from '@liquidation-heatmap/core';
import { HistoryFeed } from './feed/history-feed.js';
import { listingEvents } from './feed/listing.js';
import { LiveFeed } from './feed/live-feed.js';
import { BAR_MS, HISTORY_STEP_MS, LIVE_STEP_MS, checkMarketOptions, type MarketOptions } from './market-options.js';
import { Market } from './market.js';
import { randomFor } from './random.js';
import type { MarketTruth } from './truth.js';
import { TruthKeeper } from './truth-keeper.js';

/** A market to be watched from outside, and the truth beside it. */
export interface SimulatedMarket {
  /** Unix ms the market has reached. */
  readonly time: number;
  /** Unix ms at which the live part begins. */
  readonly liveFrom: number;
  /** Moves the market on by whole steps as far as `until` and returns what the public has seen by then, in order of `seenTime`. */
  advance(until: number): MarketEvent[];
  /** The same one step at a time, for long spans. */
  events(until: number): Generator<MarketEvent, void, undefined>;
  /** What really stands at this moment. */
  truth(): MarketTruth;
}

/** Makes a market. Throws a RangeError with the rule of `checkMarketOptions` that the options break. */
export function createMarket(options: MarketOptions): SimulatedMarket {
  const fault = checkMarketOptions(options);
  if (fault !== undefined) throw new RangeError(`${fault.field}: ${fault.message}`);
  return new Simulation(options);
}

class Simulation implements SimulatedMarket {
  readonly liveFrom: number;
  readonly #market: Market;
  readonly #historyStepMs: number;
  readonly #history: HistoryFeed;
  readonly #live: LiveFeed;
  readonly #keeper: TruthKeeper;
  #isListed = false;

  constructor(options: MarketOptions) {
    const { history, startTime, seed } = options;
    const unit = history === undefined ? LIVE_STEP_MS : BAR_MS;
    this.liveFrom = Math.floor(startTime / unit) * unit;
    const begin = Math.max(0, this.liveFrom - Math.floor((history?.durationMs ?? 0) / BAR_MS) * BAR_MS);
    this.#historyStepMs = history?.stepMs ?? HISTORY_STEP_MS;
    this.#market = new Market(options, begin, this.liveFrom);
    this.#history = new HistoryFeed(randomFor(seed, 'history'));
    this.#live = new LiveFeed(this.#market, options);
    this.#keeper = new TruthKeeper(this.#market);
  }

  get time(): number {
    return this.#market.time;
  }

  advance(until: number): MarketEvent[] {
    return [...this.events(until)];
  }

  *events(until: number): Generator<MarketEvent, void, undefined> {
    if (!this.#isListed && until >= this.time) {
      this.#isListed = true;
      yield* listingEvents(this.#market.venues, this.time);
    }
    while (this.time + this.#stepMs() <= until) yield* this.#step(this.#stepMs());
  }

  truth(): MarketTruth {
    return this.#keeper.truth();
  }

  #stepMs(): number {
    return this.time < this.liveFrom ? this.#historyStepMs : LIVE_STEP_MS;
  }

  #step(stepMs: number): MarketEvent[] {
    const isLive = this.time >= this.liveFrom;
    this.#market.step(stepMs);
    this.#keeper.afterStep();
    return isLive ? this.#live.afterStep(this.#market, stepMs) : this.#history.afterStep(this.#market, stepMs);
  }
}
