import type { Fraction } from '../model/units.js';

/** Touches kept: as many as the archive of clusters keeps outcomes, and those that have not ended yet. */
const KEPT = 600;

/** Remembers how lively the market was when price first came to a cluster: the yardstick of what followed. */
export class TouchRecord {
  #ranges: ReadonlyMap<string, number> = new Map();

  /**
   * Clusters that price comes to just now, and the average true range as a fraction of price. Where no range is known at that
   * moment, what follows cannot be judged: a later range is that of what followed.
   */
  note(reached: readonly string[], range: Fraction | undefined): void {
    if (range === undefined || reached.length === 0) return;
    this.#ranges = new Map([...this.#ranges, ...reached.map((id) => [id, range] as const)].slice(-KEPT));
  }

  /** The range at the touch of a cluster; undefined where none is known. */
  rangeOf(id: string): number | undefined {
    return this.#ranges.get(id);
  }

  /** Everything needed to go on. */
  state(): readonly (readonly [id: string, range: number])[] {
    return [...this.#ranges];
  }

  /** Goes on from what `state` gave, also after JSON. */
  restore(ranges: readonly (readonly [id: string, range: number])[]): void {
    this.#ranges = new Map(ranges);
  }
}
