import { MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND, type Fault, type MarketEvent } from '@liquidation-heatmap/core';
import { assetOf } from './assets.js';
import type { SimulatedMarket } from './create-market.js';
import { BarFeed } from './feed/bar-feed.js';
import { listingEvents } from './feed/listing.js';
import { lesserFeed } from './feed/shown-prints.js';
import { LIQUIDATION_FEEDS, type LiquidationFeed, type MarketOptions } from './market-options.js';
import { Market } from './market.js';
import { randomFor } from './random.js';
import type { MarketTruth } from './truth.js';
import { TruthKeeper } from './truth-keeper.js';
import { drawWorld } from './worlds/draw-world.js';
import { SCORE_WORLDS, scoreWorldOf } from './worlds/score-worlds.js';

const DAY_MS = 24 * MS_PER_HOUR;
const MAX_DAYS = 90;
/** Midnight of 2025-01-01; any will do. */
const START_TIME = 1_735_689_600_000;
/** Agents of a scored market unless asked otherwise: three tenths of the demo's, for speed. */
const SCORE_POPULATION = 3_000;
/** Agents for whom the asset's whole open interest is there; fewer share as much less of it, so that brackets treat them alike. Chosen, not measured. */
const AGENTS_OF_ASSET = 20_000;
const SCORE_STEP_MS = 15 * MS_PER_SECOND;
/** Depth of scored markets over the default world's, so that few of their days are one single cascade. Chosen for realism, not measured. */
const SCORE_DEPTH = 1.8;

/** What a scored market is made from. The same options give the same events and the same truth. */
export interface ScoreMarketOptions {
  /** A name of `SCORE_WORLDS`. */
  readonly world: string;
  readonly seed: number | string;
  readonly days: number;
  /** How much of the forced closes the public sees; a venue with a feed of its own shows no more than that. */
  readonly feed: LiquidationFeed;
  /** Default `BTCUSDT`. */
  readonly symbol?: string;
  /** Agents open on average; default 3,000. More agents, smoother truth, slower market. */
  readonly population?: number;
  /** Step of the market: whole seconds that divide a minute; default 15 s. Positions are closed by the marks at its ends. */
  readonly stepMs?: number;
}

/** A market to score an estimate on: little of it is public, in bars, and it runs fast. */
export interface ScoreMarket extends SimulatedMarket {
  /** Unix ms of the first moment. */
  readonly startTime: number;
  /** Unix ms at which its days are over; it can be advanced beyond. */
  readonly endTime: number;
}

/** The first option that breaks its rule; undefined when all are usable. */
export function checkScoreMarketOptions(options: ScoreMarketOptions): Fault | undefined {
  const { world, days, feed, symbol = 'BTCUSDT', population = SCORE_POPULATION, stepMs = SCORE_STEP_MS } = options;
  if (scoreWorldOf(world) === undefined) {
    return broken('world', `A world must be one of ${SCORE_WORLDS.map(({ name }) => name).join(', ')}, was "${world}"`);
  }
  if (!(days > 0 && days <= MAX_DAYS)) return broken('days', `Days must be above 0 and at most 90, was ${days}`);
  if (!LIQUIDATION_FEEDS.includes(feed)) {
    return broken('feed', `A feed must be one of ${LIQUIDATION_FEEDS.join(', ')}, was "${String(feed)}"`);
  }
  if (assetOf(symbol) === undefined) return broken('symbol', `Symbol must be a simulated asset's, was "${symbol}"`);
  return checkDetail(population, stepMs);
}

function checkDetail(population: number, stepMs: number): Fault | undefined {
  if (!(Number.isInteger(population) && population >= 10)) {
    return broken('population', `Population must be a whole number of at least 10, was ${population}`);
  }
  if (!(stepMs > 0 && stepMs % MS_PER_SECOND === 0 && MS_PER_MINUTE % stepMs === 0)) {
    return broken('stepMs', `The step must be whole seconds that divide a minute, was ${stepMs} ms`);
  }
  return undefined;
}

/** Makes a market to be scored on. Throws a RangeError with the rule of `checkScoreMarketOptions` that the options break. */
export function createScoreMarket(options: ScoreMarketOptions): ScoreMarket {
  const fault = checkScoreMarketOptions(options);
  if (fault !== undefined) throw new RangeError(`${fault.field}: ${fault.message}`);
  return new ScoreSimulation(options);
}

/** The hidden market of a score world's seed, and what each venue shows of it. */
export function scoreMarketOptions(options: ScoreMarketOptions): {
  readonly market: MarketOptions;
  readonly feeds: ReadonlyMap<string, LiquidationFeed>;
} {
  const { world, days, feed, symbol = 'BTCUSDT', population = SCORE_POPULATION } = options;
  const row = scoreWorldOf(world);
  if (row === undefined) throw new RangeError(`World must be in the table, was "${world}"`);
  const seed = `score/${world}/${options.seed}`;
  const random = randomFor(seed, 'score-world');
  const usual = drawWorld(seed);
  const base = { ...usual, depthShare: SCORE_DEPTH * usual.depthShare };
  const drawn = row.draw(random, { base, symbol, spanMs: days * DAY_MS });
  const venues = row.venues?.(random, symbol);
  return {
    market: {
      seed,
      symbol,
      startTime: START_TIME,
      ...(venues === undefined ? {} : { venues }),
      world: { ...base, ...drawn, name: world, population, marketScale: population / AGENTS_OF_ASSET },
    },
    feeds: new Map(venues?.map((venue) => [venue.id, lesserFeed(feed, venue.feed)])),
  };
}

class ScoreSimulation implements ScoreMarket {
  readonly startTime = START_TIME;
  readonly liveFrom = START_TIME;
  readonly endTime: number;
  readonly #market: Market;
  readonly #stepMs: number;
  readonly #feed: BarFeed;
  readonly #keeper: TruthKeeper;
  #isListed = false;

  constructor(options: ScoreMarketOptions) {
    const { market, feeds } = scoreMarketOptions(options);
    this.endTime = START_TIME + options.days * DAY_MS;
    this.#stepMs = options.stepMs ?? SCORE_STEP_MS;
    this.#market = new Market(market, START_TIME, START_TIME);
    this.#keeper = new TruthKeeper(this.#market);
    this.#feed = new BarFeed(this.#market, market.seed, ({ spec }) => feeds.get(spec.venue) ?? options.feed);
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
    while (this.time + this.#stepMs <= until) {
      this.#market.step(this.#stepMs);
      this.#keeper.afterStep();
      yield* this.#feed.afterStep(this.#market, this.#stepMs);
    }
  }

  truth(): MarketTruth {
    return this.#keeper.truth();
  }
}

function broken(field: string, message: string): Fault {
  return { code: 'invalid-market-option', field, message };
}
