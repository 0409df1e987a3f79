import type { LiquidationFeed, VenueOptions } from '../market-options.js';
import type { MarketRandom } from '../random.js';
import type { World } from './world.js';

/** A kind of market to score an estimate on. What its seeds draw is hidden from whoever sees its public events only. */
export interface ScoreWorld {
  readonly name: string;
  /** What is special about it. */
  readonly about: string;
  /** The assumption of a cohort estimate that does not hold in it; undefined where none is broken on purpose. */
  readonly breaks: string | undefined;
}

/** A venue of a score world; its own feed shows no more than the kind the market is asked for. */
export interface ScoreVenue extends VenueOptions {
  readonly feed: LiquidationFeed;
}

/** What a draw may look at. */
interface DrawSetting {
  /** What the seed's default world would be. */
  readonly base: World;
  readonly symbol: string;
  readonly spanMs: number;
}

/** A row of the table: a world and the draw of its hidden parameters. */
export interface ScoreWorldRow extends ScoreWorld {
  /** Parameters in place of the default world's. */
  draw(random: MarketRandom, setting: DrawSetting): Partial<World>;
  /** Default: one venue called `simulated` that shows what is asked for. */
  readonly venues?: (random: MarketRandom, symbol: string) => readonly ScoreVenue[];
}
