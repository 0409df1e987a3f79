import type { TouchedCluster } from '../clusters/track-clusters.js';
import type { Fraction } from '../model/units.js';

/** Touches kept: as many as the archive of clusters keeps outcomes, and those that have not ended yet. */
const KEPT = 600;

/** Remembers how lively the market was when price first came to a cluster: the yardstick of what followed. */
export class TouchRecord {
  #ranges: ReadonlyMap<string, number> = new Map();

  /** Clusters that price has come to, and the average true range now as a fraction of price. */
  note(touched: readonly TouchedCluster[], range: Fraction | undefined): void {
    if (range === undefined) return;
    const fresh = touched.filter(({ id }) => !this.#ranges.has(id));
    if (fresh.length === 0) return;
    this.#ranges = new Map([...this.#ranges, ...fresh.map(({ id }) => [id, range] as const)].slice(-KEPT));
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
