import type { MarketRandom } from '../random.js';

/** Grid levels behind the best price; with it a side has 100. */
const GRID_LEVELS = 99;
const RING = 128;
/** Grid levels whose size changes each time, on average, beside those that appear and vanish. */
const REFRESHED = 8;

/** One level: price in ticks, whole size steps. */
export interface Level {
  readonly ticks: number;
  readonly size: number;
}

/** Size of a level by its grid index (0 for the best price) and its reach, 0 at the best price and 1 at the far end. */
export type DrawSize = (gridIndex: number, reach: number) => number;

/** One side of a book: the best price, then grid levels at multiples of a spacing. Allocates only what it reports. */
export class BookSide {
  readonly #away: 1 | -1;
  readonly #sizes = new Float64Array(RING);
  #best: Level | undefined;
  /** Distance of the nearest grid level from zero, counted outwards: index x away. */
  #first = Number.NaN;
  #last = Number.NaN;

  constructor(away: 1 | -1) {
    this.#away = away;
  }

  /** Forgets every level and returns them; only then may the spacing change. */
  clear(spacing: number): Level[] {
    const levels = this.levels(spacing);
    this.#best = undefined;
    this.#first = Number.NaN;
    this.#last = Number.NaN;
    return levels;
  }

  /** All levels, nearest first. */
  levels(spacing: number): Level[] {
    if (this.#best === undefined) return [];
    const levels = [this.#best];
    for (let step = this.#first; step <= this.#last; step++) levels.push(this.#level(step, spacing));
    return levels;
  }

  /** Puts the best price where it belongs and returns what changed, nearest first. */
  move(best: number, spacing: number, draw: DrawSize, random: MarketRandom): Level[] {
    const away = this.#away;
    const first = away > 0 ? Math.floor(best / spacing) + 1 : 1 - Math.ceil(best / spacing);
    // Bids end above zero: the outermost index is -1.
    const last = away > 0 ? first + GRID_LEVELS - 1 : Math.min(-1, first + GRID_LEVELS - 1);
    const changed = new Set<number>();
    const changes: Level[] = [];
    for (let step = first; step <= last; step++) {
      if (step >= this.#first && step <= this.#last) continue;
      this.#sizes[step & (RING - 1)] = draw(step, (step - first) / GRID_LEVELS);
      changed.add(step);
    }
    for (let count = random.poisson(REFRESHED); count > 0 && last >= first; count--) {
      const step = first + Math.floor(random.uniform() * (last - first + 1));
      this.#sizes[step & (RING - 1)] = draw(step, (step - first) / GRID_LEVELS);
      changed.add(step);
    }
    this.#reportGone(best, spacing, first, last, changes);
    for (const step of changed) changes.push(this.#level(step, spacing));
    this.#first = first;
    this.#last = last;
    this.#best = { ticks: best, size: draw(1, 0) };
    changes.push(this.#best);
    return changes.sort((a, b) => away * (a.ticks - b.ticks));
  }

  #reportGone(best: number, spacing: number, first: number, last: number, changes: Level[]): void {
    for (let step = this.#first; step <= this.#last; step++) {
      const ticks = step * this.#away * spacing;
      if ((step < first || step > last) && ticks !== best) changes.push({ ticks, size: 0 });
    }
    const old = this.#best?.ticks;
    if (old === undefined || old === best) return;
    const step = (old / spacing) * this.#away;
    const isOnGrid = Number.isInteger(step) && step >= first && step <= last;
    if (!isOnGrid) changes.push({ ticks: old, size: 0 });
  }

  #level(step: number, spacing: number): Level {
    return { ticks: step * this.#away * spacing, size: this.#sizes[step & (RING - 1)]! };
  }
}
