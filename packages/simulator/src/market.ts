import { MS_PER_HOUR } from '@liquidation-heatmap/core';
import { Crowd, type CrowdMood } from './agents/crowd.js';
import { drawEntrant, otherLegOf } from './agents/entrant.js';
import { ExitLaw } from './agents/exit-law.js';
import { assetOf, type Asset } from './assets.js';
import { runPast, settlePopulation } from './initial-population.js';
import { DEFAULT_VENUES, type MarketOptions } from './market-options.js';
import { PriceProcess, type Flow } from './price-process.js';
import { randomFor, type MarketRandom } from './random.js';
import { VenueMarket, type ForcedClose, type Order } from './venue-market.js';
import { drawWorld } from './worlds/draw-world.js';
import type { World } from './worlds/world.js';

const DAY_MS = 24 * MS_PER_HOUR;
/** Heaps are rid of stale entries this often. */
const TIDY_EVERY_STEPS = 600;
/** Spread of fast traders' volume from step to step of a second. */
const CHURN_SPREAD = 0.8;
/** Stops press on the price half as hard as forced orders. */
const STOP_URGENCY = 0.5;
/** Entrants come faster when there are fewer than usual, by this power. */
const REFILL_POWER = 0.7;

interface TimedShock {
  readonly at: number;
  readonly durationMs: number;
  readonly logReturn: number;
  readonly panicShare: number;
}

/** The market itself: steps of any length, whole accounts, no public view of it. */
export class Market {
  readonly world: World;
  readonly asset: Asset;
  readonly venues: readonly VenueMarket[];
  readonly price: PriceProcess;
  time: number;
  /** Forced closes of the step just made. */
  forced: { readonly venue: VenueMarket; readonly forced: ForcedClose }[] = [];
  readonly #random: MarketRandom;
  readonly #crowd: Crowd;
  readonly #exitLaw: ExitLaw;
  readonly #meanNotional: number;
  /** Falls only when frightened owners leave for good. */
  #usualAgents: number;
  readonly #shocks: readonly TimedShock[];
  #flow: Flow = { urgent: 0, patient: 0 };
  #steps = 0;

  constructor(options: MarketOptions, time: number, liveFrom: number) {
    const known = assetOf(options.symbol);
    if (known === undefined) throw new RangeError(`Symbol must be one of the simulated assets, was ${options.symbol}`);
    const startPrice = options.startPrice ?? known.startPrice;
    this.world = { ...drawWorld(options.seed), ...options.world };
    const openInterest = ((known.openInterest * known.startPrice) / startPrice) * this.world.marketScale;
    this.asset = { ...known, startPrice, openInterest };
    this.time = time;
    this.#random = randomFor(options.seed, 'market');
    this.#exitLaw = new ExitLaw(this.world.exitExponent, this.world.meanHoldingMs);
    this.#crowd = new Crowd(this.world, randomFor(options.seed, 'crowd'));
    this.price = new PriceProcess(this.world, this.asset.dailyVolatility, randomFor(options.seed, 'price'));
    this.#shocks = this.world.shocks.map(({ afterMs, ...shock }) => ({
      panicShare: 0,
      ...shock,
      at: liveFrom + afterMs,
    }));
    const list = options.venues ?? DEFAULT_VENUES;
    const shares = list.reduce((sum, { share }) => sum + share, 0);
    const hedged = this.asset.openInterest * this.world.hedgedShare;
    this.venues = list.map(
      (venue) => new VenueMarket(venue, venue.share / shares, this.asset, (hedged * venue.share) / shares, this.world),
    );
    // One-sided: what the hedgers' own share leaves is half of all agents' size, which are long and short.
    this.#meanNotional = (2 * (this.asset.openInterest - hedged) * startPrice) / this.world.population;
    this.#settle(Math.log(startPrice));
    this.#usualAgents = this.venues.reduce((sum, { positions }) => sum + positions.count, 0);
  }

  /** Moves the market on by one step. */
  step(stepMs: number): void {
    const from = this.time;
    this.time += stepMs;
    this.forced = [];
    for (const { at, durationMs, logReturn } of this.#shocks) {
      if (at > from && at <= this.time) this.price.startRun(durationMs, logReturn);
    }
    this.price.advance(stepMs, this.#flow, this.#depth());
    this.#flow = { urgent: 0, patient: 0 };
    const mood = this.#crowd.advance(stepMs, this.price.surprise);
    const stayShare = this.#stayShare(from, stepMs);
    this.#usualAgents *= stayShare;
    for (const venue of this.venues) if (stayShare < 1) this.#panic(venue, 1 - stayShare);
    for (const venue of this.venues) this.#stepVenue(venue, mood, from, stepMs);
    if (++this.#steps % TIDY_EVERY_STEPS === 0) for (const { positions } of this.venues) positions.tidy();
  }

  #stepVenue(venue: VenueMarket, mood: CrowdMood, from: number, stepMs: number): void {
    venue.orders = venue.pending;
    venue.pending = [];
    venue.reprice(this.price.logPrice, stepMs, this.#random);
    this.#enter(venue, mood, from, stepMs);
    this.#leave(venue, from, stepMs);
    for (const { takerSide, size, forced } of venue.orders) {
      if (forced === undefined) this.#flow.patient += (takerSide === 'buy' ? 1 : -1) * venue.coins(size);
    }
    this.#trigger(venue);
    for (const forced of venue.liquidate(this.time, this.#random)) {
      if (forced.reachesBook) this.#flow.urgent += (forced.side === 'long' ? -1 : 1) * venue.coins(forced.size);
      this.forced.push({ venue, forced });
    }
    if (this.world.topUps !== undefined) venue.topUp(this.world.topUps, this.#random);
    this.#churn(venue, stepMs);
  }

  #enter(venue: VenueMarket, mood: CrowdMood, from: number, stepMs: number): void {
    const { world } = this;
    const agents = this.venues.reduce((sum, { positions }) => sum + positions.count, 0);
    const refill = Math.min(4, (this.#usualAgents / Math.max(1, agents)) ** REFILL_POWER);
    const accounts = this.#usualAgents / (1 + world.nettedShare);
    const rate = (accounts / world.meanHoldingMs) * refill * this.price.activity * mood.arrivals;
    const count = this.#random.poisson(rate * venue.share * stepMs);
    if (count === 0) return;
    const setting = venue.setting(world, this.#exitLaw, this.asset, this.#meanNotional);
    for (let i = 0; i < count; i++) {
      const moment = this.#random.uniform();
      const price = venue.lastBefore + (venue.last - venue.lastBefore) * moment;
      const drawn = drawEntrant(this.#random, setting, mood, { price, time: from + moment * stepMs });
      venue.open(drawn, moment);
      if (drawn.isNetted) venue.open(otherLegOf(drawn), moment);
    }
  }

  /** Owners whose time has come leave; losers stay more often, which is thinning of the exit law by their ratio. */
  #leave(venue: VenueMarket, from: number, stepMs: number): void {
    const { positions } = venue;
    for (let slot = positions.nextExit(this.time); slot >= 0; slot = positions.nextExit(this.time)) {
      const position = positions.at(slot);
      const isLosing = position.side === 'long' ? venue.last < position.entryPrice : venue.last > position.entryPrice;
      if (isLosing && !position.isNetted && !this.#random.chance(this.world.loserExitRatio)) {
        const remaining = this.#exitLaw.drawRemaining(this.#random, position.exitAt - position.openedAt);
        positions.postpone(slot, position.exitAt + Math.max(1, remaining));
        continue;
      }
      const moment = Math.min(1, Math.max(0, (position.exitAt - from) / stepMs));
      venue.orders.push({ ...venue.close(slot, position), moment });
    }
  }

  /** Share of owners who stay through a step of the shocks that are on. */
  #stayShare(from: number, stepMs: number): number {
    let share = 1;
    for (const { at, durationMs, panicShare } of this.#shocks) {
      const within = Math.min(at + durationMs, from + stepMs) - Math.max(at, from);
      if (within > 0) share *= (1 - panicShare) ** (within / durationMs);
    }
    return share;
  }

  /** A share of all owners leave in fright, accounts that net apart; they trade within this step. */
  #panic(venue: VenueMarket, share: number): void {
    const { positions } = venue;
    for (const slot of positions.slots()) {
      const position = positions.at(slot);
      if (position.isNetted || !this.#random.chance(share)) continue;
      venue.pending.push({ ...venue.close(slot, position), moment: this.#random.uniform() });
    }
  }

  /** Stops and take-profits the last price has reached; they trade in the next step. */
  #trigger(venue: VenueMarket): void {
    const { positions } = venue;
    for (let slot = positions.nextTriggered(venue.last); slot >= 0; slot = positions.nextTriggered(venue.last)) {
      const position = positions.at(slot);
      const order: Order = { ...venue.close(slot, position), moment: this.#random.uniform() };
      const isStop = position.side === 'long' ? venue.last < position.entryPrice : venue.last > position.entryPrice;
      const sign = order.takerSide === 'buy' ? 1 : -1;
      if (isStop) this.#flow.urgent += STOP_URGENCY * sign * venue.coins(order.size);
      venue.pending.push(order);
    }
  }

  #churn(venue: VenueMarket, stepMs: number): void {
    const mean = (this.world.churnPerDay * venue.ledger.openInterest * stepMs) / DAY_MS;
    const spread = CHURN_SPREAD / Math.sqrt(1 + stepMs / 5_000);
    const total = mean * this.price.activity * this.#random.logNormal(Math.exp(-(spread * spread) / 2), spread);
    const drift = Math.log(venue.last / venue.lastBefore) / Math.max(1e-9, this.price.sigma(stepMs));
    const buyShare = Math.min(0.95, Math.max(0.05, 0.5 + 0.12 * drift + 0.08 * this.#random.normal()));
    const bought = Math.round(total * buyShare);
    venue.churn = { bought, sold: Math.max(0, Math.round(total) - bought) };
  }

  /** Coins of forced flow that move the price by 1 %, of the venues together. */
  #depth(): number {
    const outstanding = this.venues.reduce((sum, venue) => sum + venue.coins(venue.ledger.openInterest), 0);
    return this.world.depthShare * outstanding;
  }

  #settle(logPrice: number): void {
    const path = runPast(this.price, logPrice);
    for (const venue of this.venues) {
      const whole = { ...venue.setting(this.world, this.#exitLaw, this.asset, this.#meanNotional) };
      const openInterest = this.asset.openInterest * venue.share * venue.stepsPerUnit;
      settlePopulation(
        venue,
        (this.world.population * venue.share) / (1 + this.world.nettedShare),
        { ...whole, openInterest },
        path,
        this.#random,
        this.time,
      );
      venue.orders = [];
      venue.reprice(this.price.logPrice, 1, this.#random);
      for (const forced of venue.liquidate(this.time, this.#random)) this.forced.push({ venue, forced });
    }
  }
}
