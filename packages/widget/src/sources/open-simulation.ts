import { MS_PER_MINUTE, type UnixMs } from '@liquidation-heatmap/core';
import { ASSETS, assetOf, simulatedEvents } from '@liquidation-heatmap/simulator';
import type { EventFeed } from './event-feed.js';
import type { Job } from './job.js';
import { createPacer } from './pacer.js';
import { unknownSymbol } from './unknown-symbol.js';
import { WARM_UP_MS } from './warm-up.js';

/** History of a simulated market comes in bars of 5 minutes; finer columns need its second-by-second part. */
const BAR_MS = 5 * MS_PER_MINUTE;

/** A seeded market with the history of the range, then live on the wall clock; or as of `at`, where it ends. */
export function openSimulation({ request, speed }: Job, seed: string): EventFeed {
  const { symbol, rangeMs, intervalMs, at } = request;
  if (assetOf(symbol) === undefined) {
    throw unknownSymbol(
      symbol,
      'the simulator',
      ASSETS.map((asset) => asset.symbol),
    );
  }
  const now = at ?? Date.now();
  const isCoarse = intervalMs >= BAR_MS;
  const startTime = isCoarse ? now : now - rangeMs;
  const historyMs = isCoarse ? rangeMs + WARM_UP_MS : WARM_UP_MS;
  return {
    events: simulatedEvents({ seed, symbol, startTime }, { historyMs }),
    venues: ['simulated'],
    pacer: createPacer(now, speed),
    historyUntil: now as UnixMs,
    waiting: 'Simulating the market up to now',
  };
}
