import { RingBuffer } from '@liquidation-heatmap/core';
import type { Market } from './market.js';
import { truthOfForcedClose, truthOfVenue, type MarketTruth, type TrueForcedClose } from './truth.js';

/** Forced closes the truth lists; older ones are only counted. */
const FORCED_CLOSES_KEPT = 20_000;

/** Collects what a market's steps close by force, and copies its truth. */
export class TruthKeeper {
  readonly #market: Market;
  readonly #forced = new RingBuffer<TrueForcedClose>(FORCED_CLOSES_KEPT);
  #forcedCount = 0;

  constructor(market: Market) {
    this.#market = market;
    this.afterStep();
  }

  /** Takes the market's last step in. */
  afterStep(): void {
    for (const { venue, forced } of this.#market.forced) {
      this.#forced.push(truthOfForcedClose(venue, forced));
      this.#forcedCount++;
    }
  }

  /** What really stands at this moment. */
  truth(): MarketTruth {
    const { time, world, venues } = this.#market;
    return {
      time,
      world,
      venues: venues.map((venue) => truthOfVenue(venue, time)),
      forcedCloses: [...this.#forced],
      forcedCount: this.#forcedCount,
    };
  }
}
