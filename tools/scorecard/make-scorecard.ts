import type { MarketResult, MarketTask } from './market-result.js';
import type { RealPrints } from './real-prints.js';
import { runTasks } from './run-tasks.js';
import type { ScorecardRequest } from './scorecard-request.js';
import { currentVersion, keyOf, type ScorecardVersion, type StateFile } from './state-file.js';
import { summarizeFeed, type FeedSummary } from './summarize.js';

/** Everything `npm run scorecard` says. */
export interface Scorecard {
  readonly schema: 'scorecard/1';
  /** Every figure below comes from simulated markets, except those in `real`. */
  readonly origin: 'simulated';
  readonly version: ScorecardVersion;
  readonly request: Pick<ScorecardRequest, 'seeds' | 'worlds' | 'feeds' | 'days' | 'models'>;
  readonly feeds: Readonly<Record<string, FeedSummary>>;
  readonly markets: readonly MarketResult[];
  readonly real: RealPrints;
}

/** Scores all markets of a request; what the state file holds already is not run again. */
export async function makeScorecard(
  request: ScorecardRequest,
  state: StateFile,
  real: RealPrints,
  tell: (text: string) => void,
): Promise<Scorecard> {
  const { seeds, worlds, feeds, days, models, jobs, isRobust } = request;
  const version = currentVersion();
  const tasks: MarketTask[] = feeds.flatMap((feed) =>
    worlds.flatMap((world) => seeds.map((seed) => ({ world, feed, seed, days, models, isRobust }))),
  );
  const open = tasks.filter((task) => state.get(keyOf(task, version)) === undefined);
  if (open.length < tasks.length) tell(`${tasks.length - open.length} of ${tasks.length} markets are known already.`);
  let done = tasks.length - open.length;
  await runTasks(open, jobs, (task, result) => {
    state.add(keyOf(task, version), result);
    tell(`${++done}/${tasks.length} ${task.world}, ${task.feed}, seed ${task.seed}`);
  });
  const markets = tasks.flatMap((task) => state.get(keyOf(task, version)) ?? []);
  return {
    schema: 'scorecard/1',
    origin: 'simulated',
    version,
    request: { seeds, worlds, feeds, days, models },
    feeds: Object.fromEntries(feeds.map((feed) => [feed, summarizeFeed(markets.filter((one) => one.feed === feed))])),
    markets,
    real,
  };
}
