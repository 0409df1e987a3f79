import type { MarketTask } from './market-result.js';
import { scoreMarket } from './score-market.js';

/** A worker process: a task comes in, its result goes out, until the parent lets go. */
process.on('message', (task: MarketTask) => {
  process.send?.(scoreMarket(task));
});
