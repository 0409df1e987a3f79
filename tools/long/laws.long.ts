import { brokenLaw } from '../laws/engine-laws.js';
import { FEEDS, openMarket, venuesOf, WORLDS } from '../scorecard/open-market.js';
import { runBatches } from './batches.js';
import type { LongTest } from './long-test.js';

const SEEDS = 3;
const DAYS = 2;

function runSeed(seed: number): Readonly<Record<string, number>> {
  let events = 0;
  for (const [index, world] of WORLDS.entries()) {
    const feed = FEEDS[(index + seed) % FEEDS.length]!;
    const market = openMarket({ world, seed, days: DAYS, feed });
    const told = [...market.events(market.endTime)];
    const resolutions = [300_000, 3_600_000] as never;
    const options = { symbol: 'BTCUSDT', venues: venuesOf(market), resolutions };
    const cut = Math.floor(told.length * (0.2 + ((index * 7 + seed) % 60) / 100));
    const broken = brokenLaw({ events: told, options, cut });
    if (broken !== undefined) throw new Error(`${world}, ${feed}, seed ${seed}: ${broken}`);
    events += told.length;
  }
  return { markets: WORLDS.length, events };
}

/** The engine's laws in every world and feed, over two days of each. */
export const longTest: LongTest = {
  name: 'laws',
  law: 'determinism, no repaint, save and restore, conservation and the sum of venues hold in every world of the simulator',
  seed: 11,
  run(context) {
    return runBatches(context, context.count ?? SEEDS, 1, runSeed);
  },
};
