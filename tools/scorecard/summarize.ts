import {
  addCounts,
  compareWorlds,
  coverageOf,
  deviationOf,
  meanOf,
  medianOf,
  SNAPSHOT_METRICS,
  type Better,
  type MarketValues,
  type SnapshotMetric,
  type WorldsComparison,
} from '@liquidation-heatmap/core/score';
import type { MarketResult, ModelResult } from './market-result.js';
import { BASELINE_NAMES, ENGINE_NAMES } from './model-table.js';

/** Mean and spread over markets; null where no market has a value. */
export interface Spread {
  readonly mean: number | null;
  readonly sd: number | null;
  readonly n: number;
}

/** What is said of one model on one feed. */
export interface ModelSummary {
  readonly metrics: Readonly<Record<SnapshotMetric, Spread>>;
  readonly flowRatioMedian: number | null;
  readonly flowLogError: Spread;
  readonly flowSkill: Spread;
  readonly pitDistance: Spread;
  readonly coverageNear: number | null;
  readonly coverageFar: number | null;
  readonly conservationError: number | null;
  readonly msPerBar: number;
  readonly clusterShift: Readonly<Record<string, Spread>>;
}

/** Everything of one feed. */
export interface FeedSummary {
  readonly markets: number;
  readonly snapshots: number;
  readonly models: Readonly<Record<string, ModelSummary>>;
  /** Each engine in each world on its own: a mean over worlds hides the one in which it is wrong. */
  readonly worlds: Readonly<Record<string, Readonly<Record<string, ModelSummary>>>>;
  /** Each engine against the best baseline of each world, by metric. */
  readonly comparisons: Readonly<Record<string, Readonly<Record<SnapshotMetric, WorldsComparison>>>>;
}

const METRICS = Object.entries(SNAPSHOT_METRICS) as readonly (readonly [SnapshotMetric, Better])[];

/** Sums up the markets of one feed. */
export function summarizeFeed(results: readonly MarketResult[]): FeedSummary {
  const names = [...new Set(results.flatMap(({ models }) => Object.keys(models)))];
  const engines = names.filter((name) => ENGINE_NAMES.includes(name));
  return {
    markets: results.length,
    snapshots: results.reduce((sum, { snapshots }) => sum + snapshots, 0),
    models: Object.fromEntries(
      names.map((name) => [name, summarizeModel(results.flatMap((of) => of.models[name] ?? []))]),
    ),
    worlds: Object.fromEntries(
      [...new Set(results.map(({ world }) => world))].map((world) => {
        const own = results.filter((of) => of.world === world);
        const ofEngine = (name: string) => summarizeModel(own.flatMap(({ models }) => models[name] ?? []));
        return [world, Object.fromEntries(engines.map((name) => [name, ofEngine(name)]))];
      }),
    ),
    comparisons: Object.fromEntries(
      engines.map((engine) => [
        engine,
        Object.fromEntries(
          METRICS.map(([metric, better]) => {
            const baselines = names.filter((name) => BASELINE_NAMES.includes(name));
            return [metric, compareWorlds(valuesOf(results, metric), engine, baselines, better)];
          }),
        ) as Record<SnapshotMetric, WorldsComparison>,
      ]),
    ),
  };
}

function valuesOf(results: readonly MarketResult[], metric: SnapshotMetric): readonly MarketValues[] {
  return results.map(({ world, models }) => ({
    world,
    values: Object.fromEntries(Object.entries(models).map(([name, of]) => [name, of.metrics[metric] ?? Number.NaN])),
  }));
}

function summarizeModel(results: readonly ModelResult[]): ModelSummary {
  const flow = (read: (of: ModelResult['flow']) => number | null) => spreadOf(results.map((of) => read(of.flow)));
  const errors = results.flatMap(({ conservationError }) => conservationError ?? []);
  const shifts = [...new Set(results.flatMap(({ clusterShift }) => Object.keys(clusterShift)))];
  return {
    metrics: Object.fromEntries(
      METRICS.map(([metric]) => [metric, spreadOf(results.map(({ metrics }) => metrics[metric]))]),
    ) as Record<SnapshotMetric, Spread>,
    flowRatioMedian: orNull(medianOf(results.map((of) => of.flow.ratioMedian ?? Number.NaN))),
    flowLogError: flow((of) => of.logError),
    flowSkill: flow((of) => of.devianceSkill),
    pitDistance: flow((of) => of.pitDistance),
    coverageNear: orNull(coverageOf(addCounts(results.map(({ near }) => near)))),
    coverageFar: orNull(coverageOf(addCounts(results.map(({ far }) => far)))),
    conservationError: errors.length === 0 ? null : Math.max(...errors),
    msPerBar: meanOf(results.map(({ msPerBar }) => msPerBar)),
    clusterShift: Object.fromEntries(
      shifts.map((name) => [name, spreadOf(results.map(({ clusterShift }) => clusterShift[name] ?? null))]),
    ),
  };
}

function spreadOf(values: readonly (number | null)[]): Spread {
  const known = values.filter((value) => value !== null);
  return { mean: orNull(meanOf(known)), sd: orNull(deviationOf(known)), n: known.length };
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
