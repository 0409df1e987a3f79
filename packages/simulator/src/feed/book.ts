import type { DepthLevels } from '@liquidation-heatmap/core';
import type { MarketRandom } from '../random.js';
import { BookSide, type Level } from './book-side.js';

/** Distance of two grid levels in relative price, so that a side's levels reach about 1 %. */
const LEVEL_SPACING = 1e-4;
/** The grid is laid out anew when it fits the price worse than this. */
const SPACING_TOLERANCE = 0.25;
const SIZE_SPREAD = 0.7;
/** Every so many grid levels one holds several times the usual size. */
const WALL_EVERY = 10;
const WALL_FACTOR = 3;

/** Changed levels of both sides, nearest first; absolute sizes, 0 deletes. */
export interface BookChange {
  readonly bids: DepthLevels;
  readonly asks: DepthLevels;
}

/** A book around a moving price: levels keep their price and size until the price passes them or their owners change their minds. */
export class SimulatedBook {
  readonly #random: MarketRandom;
  readonly #stepsPerUnit: number;
  readonly #bids = new BookSide(-1);
  readonly #asks = new BookSide(1);
  #spacing = 0;

  constructor(stepsPerUnit: number, random: MarketRandom) {
    this.#stepsPerUnit = stepsPerUnit;
    this.#random = random;
  }

  /** Moves the book around a last price in ticks; `usualSize` is a level's in size steps. Returns what changed. */
  move(lastTicks: number, usualSize: number): BookChange {
    const fitting = Math.max(1, Math.round(lastTicks * LEVEL_SPACING));
    const isLaidOut = Math.abs(this.#spacing - fitting) <= SPACING_TOLERANCE * fitting;
    const cleared = isLaidOut
      ? undefined
      : { bids: this.#bids.clear(this.#spacing), asks: this.#asks.clear(this.#spacing) };
    if (!isLaidOut) this.#spacing = fitting;
    const draw = (gridIndex: number, reach: number): number => {
      const wall = gridIndex % WALL_EVERY === 0 ? WALL_FACTOR : 1;
      return Math.max(1, Math.round(usualSize * (0.4 + 1.2 * reach) * wall * this.#random.logNormal(1, SIZE_SPREAD)));
    };
    const bids = this.#bids.move(Math.max(1, lastTicks - 1), this.#spacing, draw, this.#random);
    const asks = this.#asks.move(lastTicks + 1, this.#spacing, draw, this.#random);
    return {
      bids: this.#columns(cleared === undefined ? bids : replaced(cleared.bids, bids, -1)),
      asks: this.#columns(cleared === undefined ? asks : replaced(cleared.asks, asks, 1)),
    };
  }

  /** All levels, nearest first. */
  all(): BookChange {
    return {
      bids: this.#columns(this.#bids.levels(this.#spacing)),
      asks: this.#columns(this.#asks.levels(this.#spacing)),
    };
  }

  #columns(levels: readonly Level[]): DepthLevels {
    const ticks = new Float64Array(levels.length);
    const sizes = new Float64Array(levels.length);
    for (let i = 0; i < levels.length; i++) {
      ticks[i] = levels[i]!.ticks;
      sizes[i] = levels[i]!.size / this.#stepsPerUnit;
    }
    return { ticks, sizes };
  }
}

/** New levels and the deletion of every old one that is not among them. */
function replaced(old: readonly Level[], fresh: readonly Level[], away: 1 | -1): Level[] {
  const kept = new Set(fresh.map(({ ticks }) => ticks));
  const gone = old.filter(({ ticks }) => !kept.has(ticks)).map(({ ticks }) => ({ ticks, size: 0 }));
  return [...fresh, ...gone].sort((a, b) => away * (a.ticks - b.ticks));
}
