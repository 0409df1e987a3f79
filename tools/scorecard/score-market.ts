import type { VenueId } from '@liquidation-heatmap/core';
import {
  droppedPrints,
  noisyOpenInterest,
  perturbedModel,
  scoreEdges,
  shiftedMark,
  type ScoreModel,
} from '@liquidation-heatmap/core/score';
import { FlowWindows } from './flow-log.js';
import type { MarketResult, MarketTask } from './market-result.js';
import { createModel, createModels, ENGINE_NAMES } from './model-table.js';
import { openMarket, venuesOf, type ScoreMarket } from './open-market.js';
import { ScoredModel } from './scored-model.js';
import { StepPath } from './step-path.js';
import { trueBins } from './true-bins.js';

/** Events are handed on in steps of this length, so that no more than one step is held. */
const STEP_MS = 300_000;
const SNAPSHOTS = 30;
/** Share of the market that only warms the models up. */
const WARM_UP = 1 / 3;

/** Plays one market to all models and compares them with the truth. */
export function scoreMarket(task: MarketTask, market: ScoreMarket = openMarket(task)): MarketResult {
  const { startTime, endTime } = market;
  const scoring = new Scoring(task, market);
  for (let until = startTime + STEP_MS; until <= endTime; until += STEP_MS) scoring.step(until);
  return scoring.result();
}

class Scoring {
  readonly #task: MarketTask;
  readonly #market: ScoreMarket;
  readonly #models: readonly ScoredModel[];
  readonly #path = new StepPath();
  readonly #flow: FlowWindows;
  readonly #warmUntil: number;
  #snapshots = 0;

  constructor(task: MarketTask, market: ScoreMarket) {
    const { startTime, endTime } = market;
    this.#task = task;
    this.#market = market;
    this.#flow = new FlowWindows(market);
    this.#warmUntil = startTime + WARM_UP * (endTime - startTime);
    const venues = venuesOf(market);
    this.#models = createModels(task.models, venues).map(
      (model) => new ScoredModel(model, task.isRobust ? perturbedEngines(model.name, task.seed, venues) : []),
    );
  }

  step(until: number): void {
    const batch = [...this.#market.events(until)];
    const before = this.#path.price;
    this.#path.startStep();
    for (const event of batch) this.#path.add(event);
    if (this.#flow.isOpen && before > 0) this.#predict(before);
    for (const model of this.#models) model.read(batch);
    if (this.#flow.isDue(until)) this.#flow.close(this.#models.map(({ flow }) => flow));
    else if (!this.#flow.isOpen && until >= this.#warmUntil) this.#flow.start();
    if (this.#dueSnapshots(until) > this.#snapshots) this.#snapshot();
  }

  result(): MarketResult {
    const { world, feed, seed } = this.#task;
    const { startTime, endTime } = this.#market;
    const { bars, prints } = this.#path;
    const counted = bars > 0 ? bars : Math.floor((endTime - startTime) / STEP_MS);
    const models = Object.fromEntries(this.#models.map((one) => [one.model.name, one.result(counted)]));
    return { world, feed, seed, snapshots: this.#snapshots, bars, prints, models };
  }

  /** Models say what they hold on the way that the step took before they hear of it. */
  #predict(price: number): void {
    const { low, high } = this.#path;
    for (const model of this.#models) model.predict(price, low, high);
    this.#flow.addStep(price, low, high);
  }

  #dueSnapshots(time: number): number {
    return Math.floor((SNAPSHOTS * (time - this.#warmUntil)) / (this.#market.endTime - this.#warmUntil) + 1e-9);
  }

  #snapshot(): void {
    const truth = this.#market.truth();
    const price = truth.venues[0]!.mark;
    const edges = scoreEdges(price);
    const bins = trueBins(truth, edges);
    for (const model of this.#models) model.snapshot(bins, edges, price);
    this.#snapshots++;
  }
}

/** The same engine on three slightly worse feeds. */
function perturbedEngines(name: string, seed: number, venues: readonly VenueId[]): readonly ScoreModel[] {
  if (!ENGINE_NAMES.includes(name)) return [];
  return [
    perturbedModel(createModel(name, venues), 'open interest +-1 %', noisyOpenInterest(0.01, seed)),
    perturbedModel(createModel(name, venues), '10 % of prints dropped', droppedPrints(0.1, seed)),
    perturbedModel(createModel(name, venues), 'mark +5 bp', shiftedMark(5)),
  ];
}
