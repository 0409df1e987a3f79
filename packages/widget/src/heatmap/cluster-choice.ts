import type { Cluster, HeatmapFrame } from '@liquidation-heatmap/core';
import { clusterCard, nextCluster, type ClusterCard, type ClusterCardWords } from '@liquidation-heatmap/picture';

/** Which cluster is chosen. */
export class ClusterChoice {
  readonly #onChange: (cluster: Cluster | null) => void;
  #id: string | undefined;

  constructor(onChange: (cluster: Cluster | null) => void) {
    this.#onChange = onChange;
  }

  /** Chooses a cluster by its id, or none. */
  choose(frame: HeatmapFrame | undefined, id: string | undefined): void {
    if (id === this.#id) return;
    this.#id = id;
    this.#onChange(frame?.facts.clusters.find((candidate) => candidate.id === id) ?? null);
  }

  /** Chooses the next one at a higher (1) or lower (-1) price; false beyond the last. */
  step(frame: HeatmapFrame | undefined, step: 1 | -1): boolean {
    const next = frame === undefined ? undefined : nextCluster(frame, this.#id, step);
    if (next !== undefined) this.choose(frame, next.id);
    return next !== undefined;
  }

  /** The card of the chosen one; undefined once it stands no more. */
  card(frame: HeatmapFrame | undefined, words: ClusterCardWords): ClusterCard | undefined {
    return frame === undefined || this.#id === undefined ? undefined : clusterCard(frame, this.#id, words);
  }
}
