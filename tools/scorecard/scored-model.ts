import type { MarketEvent } from '@liquidation-heatmap/core';
import {
  addCounts,
  bothSides,
  clusterShift,
  meanOf,
  medianOf,
  SCORE_BIN_COUNT,
  SCORE_HALF_WIDTH,
  scoreFlow,
  scoreSnapshot,
  SNAPSHOT_METRICS,
  type ModelDensity,
  type ScoreModel,
  type SideBins,
  type SnapshotMetric,
  type SnapshotScore,
} from '@liquidation-heatmap/core/score';
import { FlowLog, sweptEdges } from './flow-log.js';
import type { ModelResult } from './market-result.js';
import type { RunningModel } from './model-table.js';

const BIN_PERCENT = (200 * SCORE_HALF_WIDTH) / SCORE_BIN_COUNT;

/** A model with everything measured of it so far. */
export class ScoredModel {
  readonly model: RunningModel;
  readonly snapshots: SnapshotScore[] = [];
  readonly flow = new FlowLog();
  readonly perturbed: readonly ScoreModel[];
  readonly shifts = new Map<string, number[]>();
  conservationError = Number.NaN;
  /** One entry a step. */
  readonly readMs: number[] = [];

  constructor(model: RunningModel, perturbed: readonly ScoreModel[]) {
    this.model = model;
    this.perturbed = perturbed;
  }

  read(batch: readonly MarketEvent[]): void {
    const before = performance.now();
    for (const event of batch) this.model.apply(event);
    this.readMs.push(performance.now() - before);
    for (const model of this.perturbed) for (const event of batch) model.apply(event);
  }

  predict(price: number, low: number, high: number): void {
    const edges = sweptEdges(price, low, high);
    if (edges.length === 0) return;
    const { long, short } = this.model.density(edges, price);
    this.flow.addStep({ long: low < price ? long[0]! : 0, short: high > price ? short.at(-1)! : 0 });
  }

  snapshot(truth: SideBins, edges: Float64Array, price: number): void {
    const density = this.model.density(edges, price);
    this.snapshots.push(scoreSnapshot(density, truth, price));
    const error = this.model.conservationError();
    if (!(error <= this.conservationError)) this.conservationError = error;
    for (const model of this.perturbed) this.#noteShift(model, density, edges);
  }

  result(bars: number): ModelResult {
    const names = Object.keys(SNAPSHOT_METRICS) as SnapshotMetric[];
    const mean = (values: readonly number[]) => orNull(meanOf(values.filter((value) => !Number.isNaN(value))));
    const { windows, ratioMedian, logError, devianceSkill, pitDistance } = scoreFlow(this.flow.windows);
    return {
      metrics: Object.fromEntries(
        names.map((name) => [name, mean(this.snapshots.map(({ metrics }) => metrics[name]))]),
      ) as Record<SnapshotMetric, number | null>,
      flow: {
        windows,
        ratioMedian: orNull(ratioMedian),
        logError: orNull(logError),
        devianceSkill: orNull(devianceSkill),
        pitDistance: orNull(pitDistance),
      },
      near: addCounts(this.snapshots.flatMap(({ near }) => near ?? [])),
      far: addCounts(this.snapshots.flatMap(({ far }) => far ?? [])),
      conservationError: orNull(this.conservationError),
      msPerBar: (medianOf(this.readMs) * this.readMs.length) / bars,
      clusterShift: Object.fromEntries([...this.shifts].map(([name, shifts]) => [name, mean(shifts)])),
    };
  }

  #noteShift(model: ScoreModel, density: ModelDensity, edges: Float64Array): void {
    const shift = BIN_PERCENT * clusterShift(bothSides(density), bothSides(model.density(edges)));
    this.shifts.set(model.name, [...(this.shifts.get(model.name) ?? []), shift]);
  }
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
