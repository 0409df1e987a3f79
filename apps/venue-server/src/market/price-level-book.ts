import type { Chance } from './chance.js';
import { Ladder, type Level } from './ladder.js';

/** Distance of two grid levels in relative price: 1,000 levels reach 2.5 % where the tick size allows it. Invented. */
const LEVEL_SPACING = 2.5e-5;
/** Levels a side is filled up to, and the number below which it is filled: more than the 1,000 of Binance's largest snapshot. */
const FULL_LEVELS = 1_400;
const FEW_LEVELS = 1_200;
/** Mean distance from the best price, in levels, at which owners change their minds. */
const BUSY_LEVELS = 40;
/** Share of the places on the grid that nobody quotes. */
const WITHDRAWN = 0.12;
const WALL_EVERY = 10;
const WALL_FACTOR = 3;
const SIZE_SPREAD = 0.7;

/** Changed levels of both sides, each price once: absolute sizes in size steps, 0 deletes. */
export interface BookChange {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

/** A full book around a moving price, invented but consistent: never crossed, sizes positive, the same for the same chance. */
export class PriceLevelBook {
  readonly bids = new Ladder(-1);
  readonly asks = new Ladder(1);
  readonly #usualSize: number;
  readonly #changesPerStep: number;
  readonly #chance: Chance;
  readonly #spacing: number;

  /** `usualSize` is a level's in size steps; `changesPerStep` is a mean for both sides together. */
  constructor(lastTicks: number, usualSize: number, changesPerStep: number, chance: Chance) {
    this.#usualSize = usualSize;
    this.#changesPerStep = changesPerStep;
    this.#chance = chance;
    this.#spacing = Math.max(1, Math.round(lastTicks * LEVEL_SPACING));
    this.move(lastTicks - 1, lastTicks);
  }

  /** Moves the best prices to where they belong, lets some owners change their minds, and returns what changed. */
  move(bestBid: number, bestAsk: number): BookChange {
    if (!(bestBid < bestAsk)) throw new RangeError(`Best bid must be below best ask, was ${bestBid} and ${bestAsk}`);
    return { bids: this.#moveSide(this.bids, Math.max(1, bestBid)), asks: this.#moveSide(this.asks, bestAsk) };
  }

  #moveSide(side: Ladder, best: number): Level[] {
    const changed = new Set<number>();
    const before = side.best;
    for (const ticks of side.dropBetterThan(best)) changed.add(ticks);
    if (side.best !== best) {
      this.#put(side, best, changed);
      this.#fillBetween(side, best, before, changed);
    }
    for (let count = this.#countOfChanges(); count > 0; count--) this.#changeOne(side, changed);
    this.#keepDepth(side, changed);
    const levels = [...changed].map((ticks) => ({ ticks, size: side.sizeOf(ticks) }));
    return levels.sort((a, b) => (a.ticks - b.ticks) * side.away);
  }

  /** Levels on the grid between a new best price and the one before, which the price came away from. */
  #fillBetween(side: Ladder, best: number, before: number | undefined, changed: Set<number>): void {
    if (before === undefined || (before - best) * side.away <= 0) return;
    for (let ticks = this.#nextOnGrid(best, side.away); (before - ticks) * side.away > 0;) {
      this.#put(side, ticks, changed);
      ticks += this.#spacing * side.away;
    }
  }

  /** Half of the changes look for a level, which is refreshed or leaves a price that nobody else quotes; half for a place on the grid. */
  #changeOne(side: Ladder, changed: Set<number>): void {
    const index = Math.floor(this.#chance.exponential(BUSY_LEVELS));
    if (index >= side.length) return;
    if (this.#chance.uniform() < 0.5) {
      const ticks = side.ticksAt(index);
      // The best price stays: it is where the last trade was.
      if (index > 0 && ticks % this.#spacing !== 0) this.#withdraw(side, ticks, changed);
      else this.#put(side, ticks, changed);
      return;
    }
    const ticks = this.#nextOnGrid(side.ticksAt(0), side.away) + index * this.#spacing * side.away;
    if (ticks < 1) return;
    if (this.#chance.uniform() < WITHDRAWN) this.#withdraw(side, ticks, changed);
    else this.#put(side, ticks, changed);
  }

  #withdraw(side: Ladder, ticks: number, changed: Set<number>): void {
    if (side.sizeOf(ticks) === 0) return;
    side.set(ticks, 0);
    changed.add(ticks);
  }

  #keepDepth(side: Ladder, changed: Set<number>): void {
    if (side.length > FULL_LEVELS + FEW_LEVELS) for (const ticks of side.dropBehind(FULL_LEVELS)) changed.add(ticks);
    if (side.length >= FEW_LEVELS) return;
    while (side.length < FULL_LEVELS) {
      const ticks = this.#nextOnGrid(side.last ?? 0, side.away);
      if (ticks < 1) return;
      this.#put(side, ticks, changed);
    }
  }

  #put(side: Ladder, ticks: number, changed: Set<number>): void {
    const wall = Math.round(ticks / this.#spacing) % WALL_EVERY === 0 ? WALL_FACTOR : 1;
    side.set(ticks, Math.max(1, Math.round(this.#usualSize * wall * this.#chance.logNormal(1, SIZE_SPREAD))));
    changed.add(ticks);
  }

  #nextOnGrid(ticks: number, away: 1 | -1): number {
    const spacing = this.#spacing;
    return away > 0 ? (Math.floor(ticks / spacing) + 1) * spacing : (Math.ceil(ticks / spacing) - 1) * spacing;
  }

  /** A whole number whose mean is half of both sides' changes a step. */
  #countOfChanges(): number {
    const mean = this.#changesPerStep / 2;
    return Math.floor(mean) + (this.#chance.uniform() < mean % 1 ? 1 : 0);
  }
}
